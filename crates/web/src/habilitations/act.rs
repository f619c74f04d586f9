//! What the pages that act on a request share: whether it may be instructed, and what is said when nothing was done.

use iae_app::habilitations::queries::{HabilitationDetail, detail};
use iae_app::{App, Ctx, Failure};
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{HabilitationRefused, HabilitationState, NotNeeded};
use iae_domain::ids::HabilitationId;

use super::words;
use crate::error::{PageError, PageResult};
use crate::forms::FieldErrors;
use crate::french::{date, date_time, spaced};
use crate::paths::HabilitationReviewPath;

/// A request that whoever reads it instructs, whatever its state: the team acts where nobody of the DDETS can, and nowhere else.
pub(super) async fn to_instruct(
    app: &App,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
) -> PageResult<HabilitationDetail> {
    let of = detail(app, ctx, id).await?;
    if of.may_instruct {
        Ok(of)
    } else {
        Err(PageError::Forbidden { reserved_for: "à la DDETS du département" })
    }
}

/// Who changed it, when, and where it stands (D32). The last change of a request that waits for its instruction was to be submitted, or
/// an opinion.
pub(super) fn news(of: &HabilitationDetail) -> String {
    let (who, at) = &of.changed;
    let (who, at) = (who.as_deref().unwrap_or("Quelqu’un"), date_time(*at));
    let one = &of.habilitation;
    let said = match one.state {
        HabilitationState::Submitted if one.submitted_at == Some(one.changed_at) => {
            format!("{who} a transmis cette demande le {at}.")
        }
        HabilitationState::Submitted => {
            let given = words::opinion(one).map(|(given, _)| format!(" : {given}")).unwrap_or_default();
            format!("{who} a enregistré l’avis de la commission le {at}{given}.")
        }
        HabilitationState::Draft
        | HabilitationState::Completing
        | HabilitationState::Granted
        | HabilitationState::Refused
        | HabilitationState::Revoked => {
            format!("{who} a agi sur cette demande le {at}. Son statut : « {} ».", one.state.label())
        }
    };
    spaced(&format!("{said} Ce que vous venez d’envoyer n’a pas été enregistré."))
}

/// The page that says it, when what was sent may not be done any more.
pub(super) fn conflict(of: &HabilitationDetail) -> PageError {
    PageError::Conflict {
        message: news(of),
        link: Some((
            "Revoir la demande".to_owned(),
            HabilitationReviewPath { id: of.habilitation.id }.to_string(),
        )),
    }
}

/// What is said on the form that was sent when the rules refuse it; or the page that says who was faster.
pub(super) async fn not_done(
    app: &App,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
    failure: Failure<HabilitationRefused>,
) -> PageResult<FieldErrors> {
    let refused = match failure {
        Failure::Refused(refused) => refused,
        Failure::App(error) => return Err(error.into()),
    };
    Ok(match refused {
        HabilitationRefused::Overtaken | HabilitationRefused::NotNow(_) => {
            return Err(conflict(&detail(app, ctx, id).await?));
        }
        HabilitationRefused::NoOpinion => {
            FieldErrors::of_form("Enregistrez d’abord l’avis de la commission, même s’il n’a pas été rendu.")
        }
        HabilitationRefused::OpinionInTheFuture => {
            FieldErrors::one("opinion_on", "Cette date n’est pas encore passée.")
        }
        HabilitationRefused::OpinionTooEarly { from } => FieldErrors::one(
            "opinion_on",
            format!("La commission ne s’est pas prononcée avant la demande : le {} au plus tôt.", date(from)),
        ),
        HabilitationRefused::SameSiret => FieldErrors::of_form(
            "Une autre organisation de ce SIRET est déjà habilitée par le préfet : une seule peut l’être.",
        ),
        HabilitationRefused::NotNeeded(NotNeeded::Authorised) => FieldErrors::of_form(
            "Cette organisation est déjà habilitée par l’arrêté du 1er septembre 2021 : elle n’a pas besoin de l’être par le préfet.",
        ),
        HabilitationRefused::AlreadyEntered => FieldErrors::one("order_number", words::ALREADY_ENTERED),
        HabilitationRefused::NotNeeded(why) => FieldErrors::of_form(words::not_needed(why)),
        HabilitationRefused::Lacks(missing) => words::lacking(&missing),
    })
}
