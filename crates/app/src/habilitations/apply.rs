//! An organisation writes its request, gives its pieces, takes them back, submits it to the DDETS of its département.

use chrono::{DateTime, Utc};
use iae_domain::actor::PrescriberActor;
use iae_domain::budget::Budget;
use iae_domain::documents::{About, DocumentKind, DocumentRefused, Owner};
use iae_domain::habilitations::{
    Habilitation, HabilitationRefused, NotNeeded, Piece, Written, may_apply, policy,
};
use iae_domain::ids::{HabilitationId, HabilitationPieceId};

use super::store;
use crate::budgets::spend;
use crate::documents::{self, Kept, ReceivedFile};
use crate::error::Error;
use crate::{App, Ctx, Failure, Work};

/// What is sent of a request.
#[derive(Debug)]
pub struct Request {
    /// When the draft that was read changed last; none when there was none (D32).
    pub seen: Option<DateTime<Utc>>,
    /// What was written.
    pub written: Written,
    /// A file that comes with it.
    pub piece: Option<NewPiece>,
    /// A piece that is taken back.
    pub removes: Option<HabilitationPieceId>,
    /// Whether it is kept only if it lacks nothing: it is to be read again, then submitted.
    pub is_whole: bool,
}

/// A file that is given.
#[derive(Debug)]
pub struct NewPiece {
    /// What it is.
    pub label: String,
    /// Its content.
    pub file: ReceivedFile,
}

/// Why nothing is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefused {
    /// The request cannot be so.
    #[error(transparent)]
    Habilitation(#[from] HabilitationRefused),
    /// The file is not taken.
    #[error(transparent)]
    Document(#[from] DocumentRefused),
}

/// Keeps a request, with what comes with it: all of it or nothing. The file is checked before anything is locked.
pub async fn request(
    app: &App,
    ctx: &Ctx<PrescriberActor>,
    request: Request,
) -> Result<(), Failure<RequestRefused>> {
    let Request { seen, written, piece, removes, is_whole } = request;
    let Some(NewPiece { label, file }) = piece else {
        return record(app, ctx, (seen, written, removes, is_whole), None).await.map_err(Failure::within);
    };
    spend(app, &ctx.any(), Budget::Upload).await?;
    let kept =
        documents::keep(app, DocumentKind::HabilitationPiece, vec![file]).await.map_err(Failure::within)?;
    let recorded = record(app, ctx, (seen, written, removes, is_whole), Some((label, &kept))).await;
    kept.settle_ruled(app, recorded).await.map_err(Failure::within)
}

/// Says whether a file would be taken, when the rest of its form is to be mended first. It counts as a file that is sent.
pub async fn check_piece(
    app: &App,
    ctx: &Ctx<PrescriberActor>,
    file: ReceivedFile,
) -> Result<(), Failure<DocumentRefused>> {
    spend(app, &ctx.any(), Budget::Upload).await?;
    documents::check(app, DocumentKind::HabilitationPiece, vec![file]).await
}

async fn record(
    app: &App,
    ctx: &Ctx<PrescriberActor>,
    (seen, written, removes, is_whole): (Option<DateTime<Utc>>, Written, Option<HabilitationPieceId>, bool),
    piece: Option<(String, &Kept)>,
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let (mut current, mut seen) = open(&mut work, ctx, seen).await?;
    if let Some(piece) = removes {
        current = take_back(&mut work, current, seen, piece).await?;
        seen = Some(current.changed_at);
    }
    let now = work.now();
    let pieces = current.pieces + usize::from(piece.is_some());
    let (id, organisation) = (current.id, current.organisation);
    let changed = current.write(seen, written, pieces, now)?;
    let lacks = if is_whole { changed.value().lacks() } else { vec![] };
    if !lacks.is_empty() {
        return Err(Failure::Refused(HabilitationRefused::Lacks(lacks)));
    }
    if let Some((label, kept)) = piece {
        let piece = Piece { id: HabilitationPieceId::at(now), label, given_at: now };
        store::save_with_piece(&mut work, changed, &piece, ctx.actor.user).await?;
        let whose = (Owner::HabilitationPiece(piece.id), About::Habilitation(id, organisation));
        documents::replace(&mut work, whose, DocumentKind::HabilitationPiece, Some(kept)).await?;
    } else {
        store::save(&mut work, changed).await?;
    }
    work.commit().await?;
    Ok(())
}

/// The request that is being written; begun when there is none. With what the form must have seen of it.
async fn open(
    work: &mut Work<'_>,
    ctx: &Ctx<PrescriberActor>,
    seen: Option<DateTime<Utc>>,
) -> Result<(Habilitation, Option<DateTime<Utc>>), Failure<HabilitationRefused>> {
    let organisation = policy::apply(&ctx.actor);
    let applicant = store::lock(work, organisation).await?.ok_or(Error::NotFound)?;
    let asked = may_apply(&applicant.authorisation, work.today());
    let all = store::read(work.db(), None, Some(organisation)).await?;
    if let Some(current) = all.into_iter().find(|one| !one.state.is_decided()) {
        return Ok((current.as_of_today(asked).map_err(HabilitationRefused::from)?, seen));
    }
    if seen.is_some() {
        return Err(Failure::Refused(HabilitationRefused::Overtaken));
    }
    let asked = asked.map_err(HabilitationRefused::from)?;
    let department = applicant.department.ok_or(HabilitationRefused::NotNeeded(NotNeeded::NoDepartment))?;
    let now = work.now();
    let whose = (organisation, department, applicant.ddets);
    let begun = Habilitation::begin(HabilitationId::at(now), whose, asked, now);
    let begun = store::save(work, begun).await?;
    let seen = Some(begun.changed_at);
    Ok((begun, seen))
}

/// Takes a piece back, its file with it, as long as the request is written; one of another request does not exist.
async fn take_back(
    work: &mut Work<'_>,
    current: Habilitation,
    seen: Option<DateTime<Utc>>,
    piece: HabilitationPieceId,
) -> Result<Habilitation, Failure<HabilitationRefused>> {
    let (id, organisation, now) = (current.id, current.organisation, work.now());
    let (written, pieces) = (current.written.clone(), current.pieces.saturating_sub(1));
    let changed = current.write(seen, written, pieces, now)?;
    if store::lock_piece(work, organisation, piece).await? != Some(id) {
        return Err(Failure::App(Error::NotFound));
    }
    documents::delete_all(work, Owner::HabilitationPiece(piece)).await?;
    store::save_without_piece(work, changed, piece).await
}

/// Submits the request to the DDETS, as it was read again (D32).
pub async fn transmit(
    app: &App,
    ctx: &Ctx<PrescriberActor>,
    seen: Option<DateTime<Utc>>,
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let organisation = policy::apply(&ctx.actor);
    let applicant = store::lock(&mut work, organisation).await?.ok_or(Error::NotFound)?;
    let asked = may_apply(&applicant.authorisation, work.today());
    let all = store::read(work.db(), None, Some(organisation)).await?;
    let current = all.into_iter().find(|one| !one.state.is_decided());
    let current = current.ok_or(HabilitationRefused::Overtaken)?;
    let current = current.as_of_today(asked).map_err(HabilitationRefused::from)?;
    let now = work.now();
    store::save(&mut work, current.submit(seen, now)?).await?;
    work.commit().await?;
    Ok(())
}
