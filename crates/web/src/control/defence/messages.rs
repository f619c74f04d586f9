//! What is said to an SIAE of its control: where it stands, what is missing, why something cannot be done.

use chrono::NaiveDate;
use iae_app::control::controls::queries::defence::{Defence, MoveOf, defence};
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::control::{Badge, ControlledHire, DefenceMove, FinalState, HireState, NotNow, Told};
use iae_domain::eligibility::CriteriaConflict;
use iae_domain::ids::ControlId;

use super::{badge, colleague};
use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::error::{PageError, PageResult};
use crate::french::{self, spaced};
use crate::paths::ControlPath;

/// The badge of a control.
pub(super) const fn state(told: Told) -> StateBadge {
    match told {
        Told::Certified | Told::Result(FinalState::Accepted) => of_control(Badge::Positive),
        Told::Result(FinalState::Refused) => of_control(Badge::Negative),
        Told::Open => badge::TO_DO,
        Told::Submitted(_) => of_control(Badge::Sent),
        Told::Frozen(_) => badge::FROZEN,
    }
}

/// Where a control stands, and until when.
pub(super) fn situation(defence: &Defence, today: NaiveDate) -> String {
    let (until, is_adversarial) = (defence.days.until(), defence.days.is_adversarial());
    let deadline = || format!("{} ({})", french::date(until), french::age(until, today));
    let said = match defence.told {
        Told::Certified => {
            "Les services de l’État ont certifié les critères de toutes ces embauches : le contrôle est validé d’office, rien ne vous \
             est demandé."
                .to_owned()
        }
        Told::Result(FinalState::Accepted) => {
            "Ce contrôle est terminé, avec un résultat positif : vous n’avez plus rien à faire.".to_owned()
        }
        Told::Result(FinalState::Refused) => match defence.control.notified_at {
            Some(at) => format!(
                "Ce contrôle est terminé, avec un résultat négatif. La DDETS vous a notifié sa décision le {}{}.",
                french::date_time(at),
                after_appeal(defence)
            ),
            None => "Ce contrôle est terminé, avec un résultat négatif : une auto-prescription au moins n’est pas justifiée. La DDETS \
                     vous notifiera sa décision."
                .to_owned(),
        },
        Told::Open if today > until => format!(
            "La date limite, le {}, est passée. Vous pouvez encore transmettre vos justificatifs tant que les transmissions ne sont pas \
             bloquées : faites-le sans attendre.",
            french::date(until)
        ),
        Told::Open if is_adversarial => format!(
            "La phase contradictoire est ouverte : vous avez jusqu’au {} pour répondre à la DDETS, avec de nouveaux justificatifs.",
            deadline()
        ),
        Told::Open => format!(
            "Vous avez jusqu’au {} pour choisir les critères que vous justifiez, déposer un justificatif pour chacun, puis transmettre \
             le tout à la DDETS.",
            deadline()
        ),
        Told::Submitted(at) => {
            format!(
                "Vos justificatifs ont été transmis à la DDETS le {}. {}",
                french::date_time(at),
                next_phase(defence)
            )
        }
        Told::Frozen(at) => format!(
            "Les transmissions sont bloquées depuis le {}. {}",
            french::date_time(at),
            next_phase(defence)
        ),
    };
    spaced(&said)
}

/// What became of the decision that was notified.
fn after_appeal(defence: &Defence) -> String {
    let made = defence.decisions.after_appeal();
    let said = made.map(|made| {
        format!(", puis l’a {} le {}, après un recours", made.what.done(), french::date_time(made.at))
    });
    said.unwrap_or_default()
}

/// What is waited for.
fn next_phase(defence: &Defence) -> String {
    if defence.days.is_adversarial() {
        return "Rien ne peut plus être changé : vous connaîtrez le résultat à la fin de la campagne."
            .to_owned();
    }
    let from = french::date(defence.days.calendar.adversarial_from);
    match defence.told {
        Told::Frozen(_) => format!(
            "Rien ne peut être changé avant la phase contradictoire, prévue à partir du {from} : vous pourrez alors répondre."
        ),
        Told::Certified | Told::Result(_) | Told::Open | Told::Submitted(_) => format!(
            "Rien ne peut être changé avant la phase contradictoire, prévue à partir du {from} : vous connaîtrez alors le résultat."
        ),
    }
}

/// What is missing, when not everything can be submitted.
pub(super) fn missing(defence: &Defence) -> String {
    let hires = &defence.control.hires;
    let to_choose = hires.iter().filter(|hire| hire.state() == HireState::Pending).count();
    let proofs = hires.iter().flat_map(ControlledHire::defended);
    let to_give = proofs.filter(|one| !one.is_certified && !one.has_proof).count();
    let count = |count: usize| i64::try_from(count).unwrap_or_default();
    let choose = french::plural(count(to_choose), "auto-prescription", "auto-prescriptions");
    let give = french::plural(count(to_give), "justificatif", "justificatifs");
    let said = match (to_choose, to_give) {
        (0, 0) => {
            "Déposez d’abord un nouveau justificatif à la place de l’un de ceux que la DDETS n’a pas admis."
                .to_owned()
        }
        (0, _) => format!("Il reste à déposer {give}."),
        (_, 0) => format!("Il reste à choisir les critères de {choose}."),
        (_, _) => format!("Il reste à choisir les critères de {choose}, et à déposer {give}."),
    };
    spaced(&format!("{said} Tout est transmis en une seule fois."))
}

/// Why the criteria of a hire cannot be chosen.
pub(super) fn choice_closed(defence: &Defence, hire: &ControlledHire, today: NaiveDate) -> String {
    if hire.criteria.iter().any(|one| one.defended.is_certified) {
        return spaced(
            "Les services de l’État ont certifié cette auto-prescription : aucun critère n’est à justifier.",
        );
    }
    if defence.told != Told::Open {
        return situation(defence, today);
    }
    spaced(
        "Pendant la phase contradictoire, un choix de critères enregistré ne change plus. Vous pouvez déposer d’autres justificatifs \
         pour les critères choisis.",
    )
}

/// Why nothing can be submitted.
pub(super) fn submission_closed(defence: &Defence, today: NaiveDate) -> String {
    if defence.told == Told::Open { missing(defence) } else { situation(defence, today) }
}

/// The page that says what happened since the page was read, and who did it (D32): nothing was done. What is over has no form.
pub(super) async fn meanwhile(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ControlId,
    why: NotNow,
) -> PageResult<PageError> {
    let defence = defence(app, ctx, id).await?;
    let happened = match (why, defence.told) {
        (NotNow::Ended, _) => return Ok(PageError::NotFound),
        (NotNow::Frozen | NotNow::Settled, Told::Open) => {
            let acted = colleague::last(app, ctx, id, &colleague::CHANGES, MoveOf::Control).await?;
            let last = |acted: colleague::Acted| {
                format!(" Dernier changement de ce contrôle\u{a0}: {}", acted.said())
            };
            format!(
                "Les critères ou les justificatifs de cette auto-prescription ont changé depuis que vous avez ouvert la page.{}",
                acted.map(last).unwrap_or_default()
            )
        }
        (NotNow::Frozen | NotNow::Settled, Told::Submitted(_)) => {
            let submitted = [DefenceMove::Submitted];
            let acted = colleague::last(app, ctx, id, &submitted, MoveOf::Control).await?;
            acted.map_or_else(
                || situation(&defence, ctx.today()),
                |acted| spaced(&format!("{} {}", acted.said(), next_phase(&defence))),
            )
        }
        (NotNow::Frozen | NotNow::Settled, _) => situation(&defence, ctx.today()),
    };
    Ok(PageError::Conflict {
        message: format!("{happened} Ce que vous venez d’envoyer n’a pas été enregistré."),
        link: Some(("Revoir le contrôle".to_owned(), ControlPath { id }.to_string())),
    })
}

/// Two criteria that nobody meets at once (ELI-2).
pub(super) fn criteria_conflict(CriteriaConflict(one, other): CriteriaConflict) -> String {
    format!(
        "«\u{a0}{}\u{a0}» et «\u{a0}{}\u{a0}» s’excluent\u{a0}: gardez celui qui convient.",
        one.label(),
        other.label()
    )
}
