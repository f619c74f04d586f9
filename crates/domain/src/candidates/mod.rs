//! Candidates: identifiers, profile, what is shared about them.

mod birth_date;
mod complete;
pub mod consent;
mod consistency;
mod country;
mod create;
mod data_transfer;
mod details;
mod education_level;
mod event;
mod file;
mod france_travail_id;
mod identification;
mod look_up;
mod name;
mod nir;
mod nir_correction;
pub mod policy;
mod profile;
mod relation;
pub mod situation;
mod title;
mod update;

pub use birth_date::{AgeRefused, BirthDate};
pub use complete::{Complete, CompleteRefused};
pub use consistency::{Inconsistency, check_consistency};
pub use country::{Country, FRANCE};
pub use create::{CreateFacts, CreateRefused, create};
pub use data_transfer::{
    AskTransfer, DataTransfer, DataTransferRefused, FileParts, TransferFacts, TransferPart, transfer,
};
pub use details::{Certifier, Details, Field, FieldChange, Locks};
pub use education_level::EducationLevel;
pub use event::{CandidateChange, CandidateEvent, LookUpKey, file_opened, searched_for};
pub use file::{CandidateFile, Missing, Part};
pub use france_travail_id::{FranceTravailAnswer, FranceTravailId, FranceTravailIdMissingReason};
pub use identification::Identification;
pub use look_up::{Account, LookUpRefused, LookedUp, look_up};
pub use name::{PersonName, ShownName};
pub use nir::{Nir, NirAnswer, NirMissingReason, NirRefused};
pub use nir_correction::{
    AskCorrection, CorrectionFacts, CorrectionRefused, CorrectionVerdict, NirCorrection,
    NirCorrectionDecided, RATIONALE_MAX_CHARS, RATIONALE_MIN_CHARS, decide_correction,
};
pub use profile::{Address, BirthPlace, BirthPlaceRefused, NewCandidate, NewCandidateCommand};
pub use relation::{Relation, RelationOrigin, relate};
pub use situation::{Assessment, PointRefused, SituationPoint, Topic, TopicGroup};
pub use title::Title;
pub use update::{Author, FileVersion, RecordedFile, UpdateFacts, UpdateRefused, UpdatedFile, rebased};
