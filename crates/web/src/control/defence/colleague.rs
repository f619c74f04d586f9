//! Who acted for the SIAE since a page was read, by name, for whoever comes after (D32).

use chrono::{DateTime, Utc};
use iae_app::control::controls::queries::defence::{Defence, MoveOf, last_defence};
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::control::DefenceMove;
use iae_domain::ids::{ControlCriterionId, ControlId};

use crate::error::PageResult;
use crate::french::date_time;

/// What changes the proofs that will be submitted.
pub(super) const CHANGES: [DefenceMove; 2] = [DefenceMove::CriteriaChosen, DefenceMove::ProofGiven];

/// What a colleague did.
pub(super) struct Acted {
    /// « Prénom NOM ».
    pub who: String,
    what: DefenceMove,
    /// When.
    pub at: String,
}

impl Acted {
    /// « Adèle THIRY a déposé un justificatif le 4 mai 2026 à 10 h 00. »
    pub(super) fn said(&self) -> String {
        format!("{} {} le {}.", self.who, self.what.label(), self.at)
    }
}

/// The last of these moves, as far as the trail still says who made it.
pub(super) async fn last(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ControlId,
    moves: &[DefenceMove],
    about: MoveOf,
) -> PageResult<Option<Acted>> {
    let last = last_defence(app, id, moves, about).await?;
    Ok(last.and_then(|last| {
        let who = last.named_to(ctx.actor.organisation)?.to_owned();
        Some(Acted { who, what: last.what, at: date_time(last.at) })
    }))
}

/// Who gave the proof that a criterion has, when it is not the one that was seen.
pub(super) async fn given_since(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    defence: &Defence,
    id: ControlCriterionId,
    seen: Option<DateTime<Utc>>,
) -> PageResult<Option<Acted>> {
    match defence.control.criterion(id) {
        Some((hire, one)) if one.given_at.is_some() && one.given_at != seen => {
            let about = MoveOf::Criterion(hire.id, one.criterion);
            last(app, ctx, defence.control.id, &[DefenceMove::ProofGiven], about).await
        }
        Some(_) | None => Ok(None),
    }
}

/// That another proof was given since the page was read, by whom and when.
pub(super) fn given_by(acted: Option<&Acted>) -> String {
    let by = acted.map(|acted| format!(" par {}, le {},", acted.who, acted.at)).unwrap_or_default();
    format!("Un autre justificatif a été déposé pour ce critère{by} depuis que vous avez ouvert la page")
}
