//! What is said of campaigns: where they stand, when a step is planned, why it is not done.

use chrono::NaiveDate;
use iae_app::control::campaigns::queries::done_acts;
use iae_app::{App, Error};
use iae_domain::actor::StaffActor;
use iae_domain::control::{CampaignPhase, StepRefused, policy};
use iae_domain::ids::ControlCampaignId;
use iae_domain::text::{Message, MessageRefused};

use crate::applications::state_badge::StateBadge;
use crate::error::{PageError, PageResult};
use crate::forms::FieldErrors;
use crate::french;
use crate::paths::ControlCampaignPath;

/// Longest name of a public value, and longest value, in characters.
pub(super) const VALUE_MAX_CHARS: usize = 200;

/// The badge of a phase.
pub(super) const fn of_phase(phase: CampaignPhase) -> StateBadge {
    let (tone, icon) = match phase {
        CampaignPhase::Sampling => ("info", "chart"),
        CampaignPhase::ListFrozen => ("info", "lock"),
        CampaignPhase::Amicable => ("warning", "hourglass"),
        CampaignPhase::Adversarial => ("accent", "scale"),
        CampaignPhase::Ended => ("neutral", "archive"),
    };
    StateBadge { label: phase.label(), tone, icon }
}

/// « Prévu le 3 mars 2026, dans 12 jours », « Prévu aujourd’hui », « Prévu le 3 mars 2026 : en retard de 2 jours ».
pub(super) fn planned(on: NaiveDate, today: NaiveDate) -> String {
    let late = (today - on).num_days();
    match late {
        0 => "Prévu aujourd’hui".to_owned(),
        1.. => {
            format!("Prévu le {}\u{a0}: en retard de {}", french::date(on), french::days(late.unsigned_abs()))
        }
        ..0 => format!("Prévu le {}, {}", french::date(on), french::age(on, today)),
    }
}

/// The public value of a draw or its name, as it is typed: on one line, since whoever draws again types it too.
pub(super) fn public_text(
    field: &'static str,
    text: &str,
    blank: &str,
) -> Result<Message<VALUE_MAX_CHARS>, FieldErrors> {
    let mut errors = FieldErrors::default();
    match Message::parse(text) {
        Ok(message) if !message.as_str().contains('\n') => return Ok(message),
        Ok(_) => errors.add(field, "Écrivez-le sur une seule ligne."),
        Err(MessageRefused::Blank) => errors.add(field, blank),
        Err(MessageRefused::TooLong(_)) => errors.check_length(field, text, VALUE_MAX_CHARS),
    }
    Err(errors)
}

/// Why a step is not done.
pub(super) const fn why(refused: StepRefused) -> &'static str {
    match refused {
        StepRefused::Done => "Cette étape est déjà faite\u{a0}: rien n’a changé.",
        StepRefused::TooEarly => "Une autre étape vient avant celle-ci\u{a0}: rien n’a changé.",
        StepRefused::ListTampered => {
            "La liste gardée n’est plus celle dont l’empreinte a été publiée\u{a0}: rien n’est tiré au sort. Prévenez qui exploite la plateforme."
        }
        StepRefused::Overlap => {
            "Une autre campagne de cette DDETS contrôle déjà une partie de ces embauches\u{a0}: rien n’a changé."
        }
        StepRefused::OtherDays => {
            "D’autres campagnes de cette période ont été ouvertes entre-temps, avec d’autres jours\u{a0}: rien n’a changé."
        }
    }
}

/// The page that says why a step was not done, and what was done last, by whom and when (D32).
pub(super) async fn not_done(
    app: &App,
    id: ControlCampaignId,
    refused: StepRefused,
) -> PageResult<PageError> {
    if refused == StepRefused::ListTampered {
        tracing::error!(campaign = %id, "the frozen list of a campaign of control is not the one that was published");
    }
    let last = done_acts(&app.db, id).await?.pop().map(|act| {
        let by = act.by.map(|by| format!(", par {by}")).unwrap_or_default();
        format!(" Dernière étape faite\u{a0}: {}, le {}{by}.", act.what, french::date_time(act.at))
    });
    Ok(PageError::Conflict {
        message: format!("{}{}", why(refused), last.unwrap_or_default()),
        link: Some(("Revoir la campagne".to_owned(), ControlCampaignPath { id }.to_string())),
    })
}

/// Whoever may not turn campaigns is told so before anything is read of what they sent.
pub(super) fn ensure_may_turn(actor: &StaffActor) -> Result<(), PageError> {
    policy::turn(actor).map_err(|denied| Error::from(denied).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_planned_today_or_late() {
        let day = |text: &str| text.parse().unwrap();
        let said = |on: &str| planned(day(on), day("2026-03-05")).replace('\u{a0}', " ");
        assert_eq!(said("2026-03-05"), "Prévu aujourd’hui");
        assert_eq!(said("2026-03-04"), "Prévu le 4 mars 2026 : en retard de 1 jour");
        assert_eq!(said("2026-03-17"), "Prévu le 17 mars 2026, dans 12 jours");
    }

    #[test]
    fn a_public_value_is_on_one_line_and_not_too_long() {
        let refused = |text: &str| public_text("value", text, "Vide.").is_err();
        assert!(refused("  ") && refused("4\n8") && refused(&"4".repeat(VALUE_MAX_CHARS + 1)));
        assert_eq!(public_text("value", " 4-8-15 ", "Vide.").unwrap().as_str(), "4-8-15");
    }
}
