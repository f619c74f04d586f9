//! What an organisation reads of its own right and requests.

use chrono::{DateTime, Utc};
use iae_domain::actor::PrescriberActor;
use iae_domain::habilitations::policy;
use iae_domain::habilitations::{
    Assessment, Authorisation, Habilitation, HabilitationState, MayApply, NotNeeded, Piece, may_apply,
};

use super::{assessment, pieces};
use crate::error::{Error, Result};
use crate::habilitations::store;
use crate::{App, Ctx};

/// The right of an organisation, and its requests.
#[derive(Debug, Clone)]
pub struct OwnHabilitation {
    /// Whether it is authorised, and until when.
    pub authorisation: Authorisation,
    /// When that was decided last.
    pub decided_at: Option<DateTime<Utc>>,
    /// Whether it may ask for the right, or for its renewal.
    pub may_apply: Result<MayApply, NotNeeded>,
    /// The request that is not decided; a draft only as long as it may be asked for.
    pub open: Option<Habilitation>,
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Those that were decided, and orders that were entered, the latest first.
    pub past: Vec<Habilitation>,
    /// What was done under the right that is renewed.
    pub assessment: Option<Assessment>,
}

impl OwnHabilitation {
    /// Whether what is asked for is a renewal.
    pub fn is_renewal(&self) -> bool {
        match &self.open {
            Some(open) => open.is_renewal,
            None => self.may_apply == Ok(MayApply::Renewal),
        }
    }
}

/// The right of the organisation of whoever asks.
pub async fn own(app: &App, ctx: &Ctx<PrescriberActor>) -> Result<OwnHabilitation> {
    let organisation = policy::apply(&ctx.actor);
    let applicant = store::applicant(&app.db, organisation).await?.ok_or(Error::NotFound)?;
    let asked = may_apply(&applicant.authorisation, ctx.today());
    let may_apply = if applicant.department.is_some() { asked } else { Err(NotNeeded::NoDepartment) };
    let all = store::read(&app.db, None, Some(organisation)).await?;
    let (past, open): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.state.is_decided());
    let open = open.into_iter().next().and_then(|open| open.as_of_today(asked).ok());
    let pieces = match &open {
        Some(open) => pieces(&app.db, open.id).await?,
        None => vec![],
    };
    let own = OwnHabilitation {
        authorisation: applicant.authorisation,
        decided_at: applicant.decided_at,
        may_apply,
        open,
        pieces,
        past,
        assessment: None,
    };
    if !own.is_renewal() {
        return Ok(own);
    }
    let granted = own.past.iter().find(|one| one.state == HabilitationState::Granted);
    let right = granted.and_then(|one| one.order.as_ref()).map(|order| order.period);
    let period = Assessment::period(right, ctx.today());
    Ok(OwnHabilitation { assessment: Some(assessment(&app.db, organisation, period).await?), ..own })
}
