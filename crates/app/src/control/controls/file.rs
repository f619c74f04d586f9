//! The whole file of a control, to be taken away: how it was drawn, what was done, written and decided, the proofs as they were given,
//! and the SHA-256 of each (rule book 05 C11). The DDETS takes it once the SIAE were drawn, and of proofs those that were submitted; the
//! SIAE takes it once the campaign is over (rule book 04 §1.19), without what the DDETS alone reads.

mod chronology;
mod decisions;
mod draw;
mod hires;
mod mails;
mod piece;
mod said;
mod zipped;

use std::io;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::stream::BoxStream;
use iae_domain::Actor;
use iae_domain::candidates::file_opened;
use iae_domain::control::{
    Campaign, Control, ControlledCriterion, DecisionReader, Sirets, is_control_in_view, policy,
};
use iae_domain::documents::downloaded;
use iae_domain::ids::{
    CandidateId, ControlCriterionId, ControlHireId, ControlId, DocumentId, OrganisationId,
};
use iae_domain::policy::Denied;
use iae_domain::time::Period;

pub use piece::Piece;

use super::queries::file::{CriterionRow, EventRow, FileRow, HireRow, ProofRow, gather};
use super::store::{self, Only};
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// The name of the table of contents, which whoever sends the file makes of the rest of it.
const CONTENTS: &str = "01-sommaire.pdf";
/// The name of the SHA-256 of every piece, as `sha256sum -c` reads them.
const SUMS: &str = "SHA256SUMS";
/// What an SIAE does before it submits, as the trail names it.
const PREPARED: [&str; 2] = ["control.criteria_chosen", "control.proof_given"];

/// The file of a control, for who takes it away.
pub struct ControlFile {
    /// The SIAE.
    pub company: String,
    /// Its SIRET.
    pub sirets: Sirets,
    /// The DDETS that controls.
    pub ddets: String,
    /// Which contracts are controlled, by their first day.
    pub hired: Period,
    /// When the last thing that it says happened.
    pub as_of: DateTime<Utc>,
    /// Whether it is the copy of the DDETS, rather than that of the SIAE.
    pub is_of_ddets: bool,
    /// What it holds besides its table of contents, in order.
    pub pieces: Vec<Piece>,
    control: Control,
    /// The proofs inside, and whom each is about.
    proofs: Vec<(CandidateId, DocumentId)>,
    /// Those of these people whose file the reader opens by it (D34).
    opened: Vec<CandidateId>,
}

/// Who takes the file away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The SIAE.
    Company,
    /// The DDETS.
    Ddets,
}

impl Side {
    /// As whom it reads the decisions.
    const fn reader(self) -> DecisionReader {
        match self {
            Self::Company => DecisionReader::Company,
            Self::Ddets => DecisionReader::Ddets,
        }
    }
}

/// What the pieces are made of, and for whom.
struct Facts {
    control: Control,
    row: FileRow,
    actor: Actor,
    side: Side,
    today: NaiveDate,
}

impl Facts {
    /// The organisation of who takes the file away.
    const fn own(&self) -> OrganisationId {
        match self.side {
            Side::Company => self.control.answering,
            Side::Ddets => self.control.institution,
        }
    }

    fn drawn(&self, id: ControlHireId) -> Option<&HireRow> {
        self.row.hires.0.iter().find(|hire| hire.id == id)
    }

    fn criterion(&self, id: ControlCriterionId) -> Option<&CriterionRow> {
        self.row.criteria.0.iter().find(|criterion| criterion.id == id)
    }

    /// Whether the reader reads the proof of a criterion (§1.19): what the control said, read before, may be of another proof.
    fn reads(&self, row: &CriterionRow) -> bool {
        let parties = (self.control.answering, self.control.institution);
        policy::read_proof(&self.actor, parties, row.submitted_at.is_some())
    }

    /// The proof of a criterion, when it has one that the reader reads.
    fn proof(&self, one: ControlledCriterion) -> Option<&ProofRow> {
        let row = self.criterion(one.id)?;
        row.proof.as_ref().filter(|_| self.reads(row))
    }

    /// What happened, as far as the reader is told: of what the SIAE prepares, the DDETS reads what is submitted alone.
    fn events(&self) -> impl Iterator<Item = &EventRow> {
        let is_told = move |event: &&EventRow| match self.side {
            Side::Company => true,
            Side::Ddets => !PREPARED.contains(&event.action.as_str()),
        };
        self.row.events.0.iter().filter(is_told)
    }

    /// When the last thing happened that the file says.
    fn as_of(&self) -> DateTime<Utc> {
        let row = &self.row;
        let turns = [Some(row.launched_at), row.adversarial_at, row.ended_at].into_iter().flatten();
        let events = self.events().map(|event| event.at);
        let decisions = row.decisions.0.iter().map(|decision| decision.at);
        turns.chain(events).chain(decisions).max().unwrap_or(row.launched_at)
    }
}

/// The file, made but for its table of contents. It does not exist for who may not take it away, nor out of view.
pub async fn open(app: &App, ctx: &Ctx<Actor>, id: ControlId) -> Result<ControlFile> {
    let only = Only { control: Some(id), ..Only::default() };
    let control = store::read(&app.db, only).await?.pop().ok_or(Error::NotFound)?;
    let parties = (control.answering, control.institution);
    if !policy::read_file(&ctx.actor, parties, control.phase == Campaign::Ended) {
        return Err(Error::NotFound);
    }
    let row = gather(&app.db, ctx, id).await?;
    app.db.rest();
    let hired = Period { start: row.hired_from, end: row.hired_to };
    if !is_control_in_view(hired, row.ended_at, row.withdrawal(), ctx.today()) {
        return Err(Error::NotFound);
    }
    let side = if matches!(ctx.actor, Actor::Employer(_)) { Side::Company } else { Side::Ddets };
    let facts = Facts { control, row, actor: ctx.actor.clone(), side, today: ctx.today() };
    let pieces = pieces(&facts).map_err(|error| Error::internal("file of a control", error))?;
    let (proofs, opened) = people(&facts);
    Ok(ControlFile {
        pieces,
        proofs,
        opened,
        hired,
        as_of: facts.as_of(),
        is_of_ddets: side == Side::Ddets,
        sirets: facts.row.sirets(),
        company: facts.row.company,
        ddets: facts.row.ddets,
        control: facts.control,
    })
}

/// Every piece, in the order in which it is sent.
fn pieces(facts: &Facts) -> io::Result<Vec<Piece>> {
    let as_of = facts.as_of();
    let mut pieces = vec![
        Piece::made("02-tirage.txt", "Tirage au sort", facts.row.launched_at, draw::text(facts)),
        Piece::made("03-chronologie.csv", "Ce qui s’est passé", as_of, chronology::values(facts)?),
        Piece::made(
            "04-auto-prescriptions.csv",
            "Auto-prescriptions contrôlées, critère par critère",
            as_of,
            hires::values(facts)?,
        ),
    ];
    pieces.extend(mails::pieces(facts));
    pieces.extend(decisions::pieces(facts));
    pieces.extend(hires::proofs(facts));
    Ok(pieces)
}

/// The proofs inside, and those of the people they are about that nothing is kept of today.
fn people(facts: &Facts) -> (Vec<(CandidateId, DocumentId)>, Vec<CandidateId>) {
    let (mut proofs, mut opened) = (vec![], vec![]);
    for hire in &facts.control.hires {
        let of_hire = hire.criteria.iter().filter_map(|one| facts.proof(*one));
        let before = proofs.len();
        proofs.extend(of_hire.map(|proof| (hire.candidate, proof.document)));
        let is_new = facts.drawn(hire.id).is_some_and(|drawn| !drawn.is_opened);
        if proofs.len() > before && is_new && !opened.contains(&hire.candidate) {
            opened.push(hire.candidate);
        }
    }
    (proofs, opened)
}

impl ControlFile {
    /// The file as it is made, `contents` being its table of contents, once it is kept that it was taken, each of its proofs downloaded
    /// (ACL-3) and who they are about read (D34). None while the account takes another file away.
    pub async fn take(
        self,
        app: &App,
        ctx: &Ctx<Actor>,
        contents: Vec<u8>,
    ) -> Result<Option<BoxStream<'static, io::Result<Bytes>>>> {
        let Self { control, proofs, opened, as_of, pieces, .. } = self;
        let user = ctx.actor_record().user.ok_or(Denied::Role)?;
        let Some(running) = app.running_exports.begin(user) else { return Ok(None) };
        let mut work = app.begin(ctx).await?;
        let taken = proofs.len();
        for candidate in opened {
            work.keep(file_opened(candidate));
        }
        for (candidate, document) in proofs {
            work.keep(downloaded(candidate.into(), document));
        }
        work.keep(control.take_file(taken));
        work.commit().await?;
        // What follows is read in the store alone, for as long as it takes.
        app.db.rest();
        let mut all = vec![Piece::made(CONTENTS, "Sommaire", as_of, contents)];
        all.extend(pieces);
        let sums: Vec<_> = all.iter().map(|piece| format!("{}  {}\n", piece.sha256, piece.name)).collect();
        all.push(Piece::made(SUMS, "Empreintes", as_of, sums.concat()));
        Ok(Some(zipped::stream(app.files.clone(), all, running)))
    }
}
