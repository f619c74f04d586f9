//! The team moves what a file holds to another file of the same person (rule book 01 §13). The file it leaves is kept, emptied of it.

mod queries;
pub mod references;
mod store;

use iae_domain::actor::StaffActor;
use iae_domain::candidates::{AskTransfer, DataTransferRefused, Nir, TransferFacts, transfer as rule};
use iae_domain::ids::{CandidateId, CandidateTransferId, UserId};
use iae_domain::staff::{StaffRight, ensure};
use iae_domain::text::Email;

use super::{note_opening, note_opening_in};
use crate::error::Error;
use crate::staff::remarks;
use crate::{App, Ctx, Failure, Result};

pub use queries::{FileCard, PastTransfer};

/// What the other file is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Its id.
    Id(CandidateId),
    /// The address of its account.
    Email(Email),
    /// Its NIR.
    Nir(Nir),
}

/// Two files, and what may go from the first to the second.
#[derive(Debug, Clone)]
pub struct TransferPreview {
    /// The file that would be emptied.
    pub from: FileCard,
    /// The file that would receive.
    pub to: FileCard,
    /// What each holds.
    pub facts: TransferFacts,
    /// The id of the transfer, if it is made: the form carries it.
    pub id: CandidateTransferId,
}

impl TransferPreview {
    /// Whether both files tell two people: it has to be said that they are one.
    pub fn is_doubtful(&self) -> bool {
        self.from.is_of_another_than(&self.to)
    }
}

/// The file, and what went to it or left it before; not found when there is none.
pub async fn card(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: CandidateId,
) -> Result<(FileCard, Vec<PastTransfer>)> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let cards = queries::cards(&mut *app.db.acquire().await?, [id, id]).await?;
    let card = cards.into_iter().next().ok_or(Error::NotFound)?;
    note_opening(app, &ctx.any(), id).await?;
    let past = queries::past(&app.db, id).await?;
    Ok((card, past))
}

/// The file beside the one that is sought; none when there is no such file.
pub async fn preview_with(
    app: &App,
    ctx: &Ctx<StaffActor>,
    from: CandidateId,
    sought: &Sought,
) -> Result<Option<TransferPreview>, Failure<DataTransferRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    match queries::find(&app.db, sought).await? {
        Some(to) => preview(app, ctx, from, to).await.map(Some),
        None => Ok(None),
    }
}

/// Both files, with what each holds. That both were read is kept (D34).
pub async fn preview(
    app: &App,
    ctx: &Ctx<StaffActor>,
    from: CandidateId,
    to: CandidateId,
) -> Result<TransferPreview, Failure<DataTransferRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    if from == to {
        return Err(DataTransferRefused::SameFile.into());
    }
    let mut work = app.begin(ctx).await?;
    let (from_card, to_card) = queries::both(work.db(), from, to).await?;
    let facts = queries::facts(work.db(), from, to).await?;
    for file in [from, to] {
        note_opening_in(&mut work, &ctx.any(), file).await?;
    }
    work.commit().await?;
    Ok(TransferPreview { from: from_card, to: to_card, facts, id: CandidateTransferId::at(ctx.now) })
}

/// Moves the chosen parts. Its form sent twice is one transfer.
pub async fn transfer(
    app: &App,
    ctx: &Ctx<StaffActor>,
    asked: AskTransfer,
) -> Result<(), Failure<DataTransferRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let mut work = app.begin(ctx).await?;
    let (from, to) = (asked.from, asked.to);
    if !store::lock(&mut work, from, to).await? {
        return Err(Error::NotFound.into());
    }
    if store::is_done(&mut work, asked.id, (from, to), &asked.parts).await? {
        return Ok(());
    }
    let (from_card, to_card) = queries::both(work.db(), from, to).await?;
    if from_card.is_of_another_than(&to_card) && !asked.is_same_person {
        return Err(DataTransferRefused::NotSaidSame.into());
    }
    let facts = queries::facts(work.db(), from, to).await?;
    let transfer = rule(asked, &facts, work.now())?;
    let remark = transfer.value().remark.clone();
    store::save(&mut work, transfer).await?;
    remarks::keep(&mut work, UserId(from.0), "candidate.data_sent", &remark).await?;
    remarks::keep(&mut work, UserId(to.0), "candidate.data_received", &remark).await?;
    work.commit().await?;
    Ok(())
}
