//! The weekly flow of the paying agency: structures, conventions and annexes, three files read together (rule book 01,
//! CMP-8 to CMP-15). What it changes is decided by `iae_domain::organisations::sync`.

mod annex;
mod convention;
mod file;
mod queries;
mod store;
mod structure;
mod words;

use std::collections::HashMap;
use std::hash::Hash;
use std::io::Read;

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::actor::StaffActor;
use iae_domain::ids::ImportId;
use iae_domain::imports::{Import, ImportCount, ImportKind, ImportOutcome, ImportedFile};
use iae_domain::organisations::sync::{
    FiledAnnex, FiledConvention, FiledStructure, Files, Moment, Plan, Remark, Stop, may_confirm, plan,
};

use super::kept::{Hashed, KeptRemark, NamedFile};
use super::record::Record;
use super::{ImportError, Reason, store as imports};
use crate::{App, Ctx, Work};
use file::Parsed;
use structure::{Places, Structure};

pub(super) use annex::{COLUMNS as ANNEX_COLUMNS, annex};
pub(super) use convention::{COLUMNS as CONVENTION_COLUMNS, convention};
pub(super) use structure::{COLUMNS as STRUCTURE_COLUMNS, structure};

/// The three files of the flow.
#[derive(Debug)]
pub struct Flow<S, C, A> {
    /// Structures, with their names and addresses.
    pub structures: NamedFile<S>,
    /// Conventions.
    pub conventions: NamedFile<C>,
    /// Financial annexes.
    pub annexes: NamedFile<A>,
}

/// What is asked of an import of the flow.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The day annexes are compared with.
    pub as_of: NaiveDate,
    /// How many conventions may fall, when the safety stop asked.
    pub confirmed: Option<usize>,
    /// Whether nothing is to be written.
    pub is_trial: bool,
}

/// What an import of the flow did, or would do.
#[derive(Debug)]
pub struct FlowReport {
    /// The import, as it is kept.
    pub import: Import,
    /// Lines rejected, and what was left as it was.
    pub remarks: Vec<KeptRemark>,
}

/// What was read of the three files.
struct ReadFlow {
    files: Files,
    rows: HashMap<u64, Structure>,
    imported: Vec<ImportedFile>,
    remarks: Vec<KeptRemark>,
    rejected: u64,
    prison: u64,
}

/// Imports the flow in one transaction, or says what importing it would do. When the safety stop asks for a confirmation,
/// only that is kept.
pub async fn import_structures(
    app: &App,
    ctx: &Ctx<Actor>,
    flow: Flow<impl Read, impl Read, impl Read>,
    asked: Asked,
) -> Result<FlowReport, ImportError> {
    if asked.as_of > ctx.today() {
        return Err(ImportError::Future);
    }
    if asked.confirmed.is_some() {
        let staff = StaffActor::try_from(ctx.actor.clone()).map_err(|_| ImportError::NotAllowed)?;
        may_confirm(&staff).map_err(|_| ImportError::NotAllowed)?;
    }
    let mut work = app.begin(ctx).await?;
    imports::take_turn(work.db()).await?;
    let places = Places::open(work.db()).await?;
    let mut read = read(flow, &places)?;
    let base = queries::base(&mut work).await?;
    let moment = Moment { now: work.now(), today: asked.as_of };
    let plan = plan(&base, &read.files, moment, asked.confirmed);
    let mut import = report(&work, &read, &plan, asked);
    read.remarks.extend(plan.remarks.iter().map(|remark| words::remark(remark, &read.imported)));
    if plan.stop == Stop::ToConfirm {
        work.rollback().await?;
        work = app.begin(ctx).await?;
    } else {
        let staying = store::write(&mut work, plan, &read.rows).await?;
        import = import
            .less(ImportCount::CompaniesDeleted, staying.companies.len())
            .less(ImportCount::ConventionsDeleted, staying.conventions);
        let held = staying.companies.into_iter();
        let held = held.map(|one| Remark::StillHeld { siret: one.siret, kind: one.kind });
        read.remarks.extend(held.map(|remark| words::remark(&remark, &read.imported)));
    }
    if asked.is_trial {
        work.rollback().await?;
    } else {
        imports::keep(&mut work, import.clone().kept(), &read.remarks).await?;
        work.commit().await?;
    }
    Ok(FlowReport { import, remarks: read.remarks })
}

/// Reads the three files. What is rejected is told with its file and its line.
fn read(flow: Flow<impl Read, impl Read, impl Read>, places: &Places) -> Result<ReadFlow, ImportError> {
    let structures =
        one(flow.structures, STRUCTURE_COLUMNS, |r| places.structure(r), |row: &Structure| row.key)?;
    let conventions = one(flow.conventions, CONVENTION_COLUMNS, convention, |row: &FiledConvention| row.key)?;
    let annexes = one(flow.annexes, ANNEX_COLUMNS, annex, |row: &FiledAnnex| row.annex.number.clone())?;
    let mut remarks = structures.remarks();
    remarks.extend(conventions.remarks());
    remarks.extend(annexes.remarks());
    let prison = structures.prison + conventions.prison + annexes.prison;
    let rejected = u64::try_from(remarks.len()).unwrap_or(u64::MAX);
    let imported = vec![structures.file, conventions.file, annexes.file];
    let filed = |(line, row): &(u64, Structure)| {
        let (siret, auth_email) = (row.siret.clone(), row.auth_email.clone());
        FiledStructure { line: *line, key: row.key, siret, auth_email }
    };
    let files = Files {
        structures: structures.rows.iter().map(filed).collect(),
        conventions: conventions
            .rows
            .into_iter()
            .map(|(line, row): (u64, FiledConvention)| FiledConvention { line, ..row })
            .collect(),
        annexes: annexes.rows.into_iter().map(|(_, row): (u64, FiledAnnex)| row).collect(),
        unread_annexes: annexes.unread,
        has_unreadable_annex: annexes.has_unreadable,
    };
    let rows = structures.rows.into_iter().collect();
    Ok(ReadFlow { files, rows, imported, remarks, rejected, prison })
}

/// Reads one file to its end, and what its bytes come to.
fn one<R: Read, T, K: Eq + Hash>(
    file: NamedFile<R>,
    columns: &[&'static str],
    row: impl Fn(&Record<'_>) -> Result<T, Reason>,
    key: impl Fn(&T) -> K,
) -> Result<Parsed<T>, ImportError> {
    let NamedFile { name, source } = file;
    let mut source = Hashed::of(source);
    let mut parsed = Parsed::read(&mut source, columns, row, key)?;
    if parsed.rows.is_empty() {
        return Err(ImportError::Empty(name));
    }
    parsed.file.name = name;
    parsed.file.sha256 = source.digest()?;
    Ok(parsed)
}

/// What is kept of the import.
fn report(work: &Work<'_>, read: &ReadFlow, plan: &Plan, asked: Asked) -> Import {
    let outcome = match plan.stop {
        Stop::Allowed => ImportOutcome::Done,
        Stop::HeldBack => ImportOutcome::HeldBack,
        Stop::ToConfirm => ImportOutcome::Refused,
    };
    let of_files = [(ImportCount::Prison, read.prison), (ImportCount::Rejected, read.rejected)];
    let counts = plan.counts.iter().copied().chain(of_files).filter(|(_, number)| *number > 0);
    Import {
        id: ImportId::at(work.now()),
        kind: ImportKind::Structures,
        outcome,
        by: work.by.user,
        at: work.now(),
        as_of: asked.as_of,
        files: read.imported.clone(),
        counts: counts.collect(),
    }
}
