//! An order made before the platform, or without it, is entered with its dates and its scan (D15, PRE-6).

use iae_domain::budget::Budget;
use iae_domain::documents::{About, DocumentKind, DocumentRefused, Owner};
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{
    Habilitation, HabilitationRefused, HabilitationState, Order, Piece, may_be_given_an_order,
};
use iae_domain::ids::{HabilitationId, HabilitationPieceId, OrganisationId, UserId};
use iae_domain::organisations::PrescriberKind;

use super::store;
use crate::budgets::spend;
use crate::documents::{self, Kept, ReceivedFile};
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// An order to enter.
#[derive(Debug)]
pub struct Recorded {
    /// Whom it authorises.
    pub organisation: OrganisationId,
    /// The order.
    pub order: Order,
    /// Its scan.
    pub scan: ReceivedFile,
}

/// Why it is not entered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordRefused {
    /// The organisation cannot take it.
    #[error(transparent)]
    Habilitation(#[from] HabilitationRefused),
    /// The file is not taken.
    #[error(transparent)]
    Document(#[from] DocumentRefused),
}

/// What the scan of an order is called among the pieces.
const SCAN: &str = "Arrêté préfectoral";

/// Enters an order: the organisation is an OHPD for its days. Answers the habilitation it is.
pub async fn record(
    app: &App,
    ctx: &Ctx<Instructor>,
    recorded: Recorded,
) -> Result<HabilitationId, Failure<RecordRefused>> {
    ctx.actor.records()?;
    let Recorded { organisation, order, scan } = recorded;
    spend(app, &ctx.any(), Budget::Upload).await?;
    let kept =
        documents::keep(app, DocumentKind::HabilitationPiece, vec![scan]).await.map_err(Failure::within)?;
    let id = HabilitationId::at(ctx.now);
    let entered = enter(app, ctx, (id, organisation), order, &kept).await;
    kept.settle_ruled(app, entered).await.map_err(Failure::within)?;
    Ok(id)
}

async fn enter(
    app: &App,
    ctx: &Ctx<Instructor>,
    (id, organisation): (HabilitationId, OrganisationId),
    order: Order,
    kept: &Kept,
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let by: UserId = work.by.user.ok_or(Error::NotFound)?;
    let applicant = store::lock(&mut work, organisation).await?.ok_or(Error::NotFound)?;
    let department = applicant.department.filter(|own| ctx.actor.reads(own)).ok_or(Error::NotFound)?;
    let is_ohpd = applicant.authorisation.kind == PrescriberKind::Ohpd;
    may_be_given_an_order(&applicant.authorisation, work.today()).map_err(HabilitationRefused::from)?;
    let all = store::read(work.db(), None, Some(organisation)).await?;
    if let Some(open) = all.iter().find(|one| one.state.is_instructed()) {
        return Err(Failure::Refused(HabilitationRefused::NotNow(open.state)));
    }
    // Sent twice, or by two colleagues: one order is one right. One whose kind changed since is entered again (PRE-9).
    let is_same = |one: &Habilitation| one.order.as_ref().is_some_and(|kept| kept.number == order.number);
    let mut granted = all.iter().filter(|one| one.state == HabilitationState::Granted);
    if applicant.authorisation.rests_on_orders() && granted.any(is_same) {
        return Err(Failure::Refused(HabilitationRefused::AlreadyEntered));
    }
    let now = work.now();
    let whose = (organisation, department, applicant.ddets);
    let piece = Piece { id: HabilitationPieceId::at(now), label: SCAN.to_owned(), given_at: now };
    store::save_with_piece(&mut work, Habilitation::record(id, whose, is_ohpd, order, now), &piece, by)
        .await?;
    let about = (Owner::HabilitationPiece(piece.id), About::Habilitation(id, organisation));
    documents::replace(&mut work, about, DocumentKind::HabilitationPiece, Some(kept)).await?;
    store::authorise(&mut work, organisation).await?;
    work.commit().await?;
    Ok(())
}
