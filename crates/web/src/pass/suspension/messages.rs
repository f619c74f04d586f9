//! What is said of a suspension and of a closure: why not, from when, what someone else did meanwhile.

use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_app::pass::suspensions::{SuspensionRow, Suspensions};
use iae_domain::ids::OrganisationId;
use iae_domain::pass::closure::NotClosable;
use iae_domain::pass::suspension::{
    LiftMistake, NotSuspendable, SuspensionMistake, SuspensionRefused, TermsMistake,
};

use crate::forms::FieldErrors;
use crate::french;
use crate::pass::words::{self, suspended_over, suspended_until};

/// A reason of other capacities, or of nobody.
pub(super) const REASON_NOT_OFFERED: &str = "Choisissez un motif de la liste.";

/// What can be mended in the form, each beside its field; none for what cannot.
pub(super) fn mistakes(refused: &SuspensionRefused) -> Option<FieldErrors> {
    match refused {
        SuspensionRefused::Terms(mistakes) => {
            let mut errors = FieldErrors::default();
            for mistake in mistakes {
                match mistake {
                    TermsMistake::ReasonNotOffered => errors.add("reason", REASON_NOT_OFFERED),
                    TermsMistake::Days(mistake) => add_day(&mut errors, *mistake),
                }
            }
            Some(errors)
        }
        SuspensionRefused::Return(mistake) => Some(FieldErrors::one("back_on", no_such_return(*mistake))),
        SuspensionRefused::AnotherHired { .. }
        | SuspensionRefused::ContractRuns { .. }
        | SuspensionRefused::NotTheirs { .. }
        | SuspensionRefused::ContractStarts { .. }
        | SuspensionRefused::NotSuspendable(_)
        | SuspensionRefused::NothingRuns
        | SuspensionRefused::EndMoved { .. } => None,
    }
}

/// What is wrong with the days of a suspension, beside the field that says it.
pub(in crate::pass) fn add_day(errors: &mut FieldErrors, mistake: SuspensionMistake) {
    let (field, message) = match mistake {
        SuspensionMistake::StartsLater => {
            ("starts_on", "Une suspension commence aujourd’hui au plus tard.".to_owned())
        }
        SuspensionMistake::StartsTooEarly { earliest } => {
            ("starts_on", format!("La suspension ne peut pas commencer avant le {}.", french::date(earliest)))
        }
        SuspensionMistake::EndsBeforeStart => {
            ("ends_on", "Le dernier jour de la suspension ne peut pas précéder le premier.".to_owned())
        }
        SuspensionMistake::TooLong { latest } => {
            ("ends_on", format!("Une suspension dure trois ans au plus : jusqu’au {}.", french::date(latest)))
        }
        SuspensionMistake::Overlaps { other } => (
            "starts_on",
            format!(
                "Ces jours sont en partie ceux d’une autre suspension, {}.",
                french::period(other.start, other.end)
            ),
        ),
    };
    errors.add(field, message);
}

fn no_such_return(mistake: LiftMistake) -> String {
    match mistake {
        LiftMistake::TooEarly { earliest } => format!(
            "Le retour a lieu le {} au plus tôt, lendemain du premier jour de la suspension. Si elle n’a pas eu lieu d’être, \
             supprimez-la.",
            french::date(earliest)
        ),
        LiftMistake::TooLate { latest } => format!(
            "La suspension prend fin d’elle-même : pour l’arrêter avant, le retour a lieu le {} au plus tard.",
            french::date(latest)
        ),
    }
}

/// Why nothing can be done, who decides and from when; with the status of the page that says it.
pub(super) fn why_not(
    refused: &SuspensionRefused,
    pass: &PassDetail,
    suspensions: &Suspensions,
) -> (StatusCode, String) {
    let sentence = match refused {
        SuspensionRefused::AnotherHired { company, starts_on } => format!(
            "{} a embauché cette personne depuis, pour un contrat à partir du {} : c’est à cette structure de décider de la \
             suspension.",
            employer(pass, *company),
            french::date(*starts_on)
        ),
        SuspensionRefused::ContractRuns { company, until } => format!(
            "Un contrat est en cours chez {}{} : tant qu’il court, c’est à cette structure de décider de la suspension.",
            employer(pass, *company),
            until.map(|day| format!(", jusqu’au {}", french::date(day))).unwrap_or_default()
        ),
        SuspensionRefused::NotTheirs { organisation } => format!(
            "{} a enregistré cette suspension : elle peut la modifier ou la lever, ainsi que la structure de la dernière \
             embauche.",
            recorder(suspensions, *organisation)
        ),
        SuspensionRefused::ContractStarts { from } => format!(
            "Le dernier contrat commence le {} : une suspension sera possible à partir de ce jour.",
            french::date(*from)
        ),
        SuspensionRefused::NotSuspendable(NotSuspendable::Expired) => {
            "Ce PASS IAE est terminé : il ne peut plus être suspendu.".to_owned()
        }
        SuspensionRefused::NotSuspendable(NotSuspendable::NotStarted { from }) => format!(
            "Ce PASS IAE commence le {} : il pourra être suspendu à partir de ce jour.",
            french::date(*from)
        ),
        SuspensionRefused::NotSuspendable(NotSuspendable::Suspended { until }) => format!(
            "Ce PASS IAE est déjà suspendu, {}. {}",
            pass.parcours().suspended_on(*until).map(suspended_until).unwrap_or_default(),
            recorded(suspensions, *until).unwrap_or_default()
        ),
        SuspensionRefused::NothingRuns => {
            "Aucune suspension ne court aujourd’hui : il n’y a rien à modifier ni à lever.".to_owned()
        }
        SuspensionRefused::EndMoved { .. } | SuspensionRefused::Terms(_) | SuspensionRefused::Return(_) => {
            words::moved(pass.period().end, None)
        }
    };
    let status = match refused {
        SuspensionRefused::AnotherHired { .. }
        | SuspensionRefused::ContractRuns { .. }
        | SuspensionRefused::NotTheirs { .. } => StatusCode::FORBIDDEN,
        SuspensionRefused::ContractStarts { .. }
        | SuspensionRefused::NotSuspendable(_)
        | SuspensionRefused::NothingRuns
        | SuspensionRefused::EndMoved { .. }
        | SuspensionRefused::Terms(_)
        | SuspensionRefused::Return(_) => StatusCode::CONFLICT,
    };
    (status, sentence.trim_end().to_owned())
}

/// Why the PASS cannot be closed, and from when.
pub(super) fn not_closable(refused: NotClosable) -> String {
    match refused {
        NotClosable::Over => "Ce PASS IAE est terminé.".to_owned(),
        NotClosable::NotStarted { from } => {
            format!("Ce PASS IAE commence le {} : il ne peut pas être clôturé avant.", french::date(from))
        }
        NotClosable::NotSuspendedLongEnough { from: Some(from) } => format!(
            "Un PASS IAE peut être clôturé après plus de douze mois de suspension : à partir du {} si la suspension dure \
             jusque-là.",
            french::date(from)
        ),
        NotClosable::NotSuspendedLongEnough { from: None } => {
            "Un PASS IAE peut être clôturé après plus de douze mois de suspension, si personne n’a embauché depuis."
                .to_owned()
        }
        NotClosable::EndMoved { end } => {
            format!("Ce PASS IAE se termine maintenant le {}.", french::date(end))
        }
    }
}

/// Who recorded the suspension that lasts until this day, or changed it last, and when.
fn recorded(suspensions: &Suspensions, until: NaiveDate) -> Option<String> {
    let row = suspensions.rows.iter().find(|row| row.period().end == until)?;
    let SuspensionRow { by, organisation_name, .. } = row;
    let (days, at) = (suspended_over(row.period()), french::date_time(row.updated_at));
    Some(if row.is_untouched {
        format!("{by} ({organisation_name}) l’a suspendu {days}, le {at}.")
    } else {
        format!("{by} a modifié sa suspension le {at} : elle va désormais {days}.")
    })
}

fn employer(pass: &PassDetail, company: OrganisationId) -> String {
    let contract = pass.contracts.iter().find(|contract| contract.company == company);
    contract
        .map_or_else(|| "Un autre employeur solidaire".to_owned(), |contract| contract.company_name.clone())
}

fn recorder(suspensions: &Suspensions, organisation: OrganisationId) -> String {
    let row = suspensions.rows.iter().find(|row| row.organisation == organisation);
    row.map_or_else(|| "Une autre structure".to_owned(), |row| row.organisation_name.clone())
}
