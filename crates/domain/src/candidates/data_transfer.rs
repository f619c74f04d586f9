//! What one file holds goes to another file of the same person (rule book 01 §13): chosen part by part, and refused when the
//! parts that go and those that stay would no longer agree (rule book 03 §8).

use chrono::{DateTime, Utc};

use super::event::{CandidateChange, CandidateEvent};
use crate::Changed;
use crate::code::code;
use crate::ids::{CandidateId, CandidateTransferId};
use crate::staff::REMARK_MAX_CHARS;
use crate::text::Message;
use crate::time::Period;

code! {
    /// What may go from a file to another. There are neither diagnoses of GEIQ nor referrals here (D16).
    TransferPart {
        Passes = "passes", "PASS IAE";
        Diagnoses = "diagnoses", "Diagnostics d’éligibilité";
        Applications = "applications", "Candidatures et embauches";
        Accompaniments = "accompaniments", "Accompagnements";
    }
}

/// How much a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileParts {
    /// The days of its PASS.
    pub passes: Vec<Period>,
    /// PASS that were cancelled, whose archive goes with the others.
    pub cancelled_passes: u32,
    /// Its diagnoses.
    pub diagnoses: u32,
    /// Proofs that SIAE keep of its criteria, which go with the diagnoses.
    pub proofs: u32,
    /// Its applications, whatever their state.
    pub applications: u32,
    /// Those of them that rest on a PASS.
    pub hires_under_passes: u32,
    /// Those of them that rest on a diagnosis.
    pub hires_on_diagnoses: u32,
    /// Professionals who accompany the person, or looked them up.
    pub accompaniments: u32,
}

impl FileParts {
    /// How many there are of a part.
    pub fn count(&self, part: TransferPart) -> u32 {
        match part {
            TransferPart::Passes => {
                u32::try_from(self.passes.len()).unwrap_or(u32::MAX).saturating_add(self.cancelled_passes)
            }
            TransferPart::Diagnoses => self.diagnoses.saturating_add(self.proofs),
            TransferPart::Applications => self.applications,
            TransferPart::Accompaniments => self.accompaniments,
        }
    }

    /// Whether it holds nothing that may go.
    pub fn is_empty(&self) -> bool {
        TransferPart::ALL.iter().all(|part| self.count(*part) == 0)
    }

    fn said(&self) -> String {
        let days = self.passes.iter().map(|days| format!("{}_{}", days.start, days.end));
        let counts = [
            self.cancelled_passes,
            self.diagnoses,
            self.proofs,
            self.applications,
            self.hires_under_passes,
            self.hires_on_diagnoses,
            self.accompaniments,
        ];
        days.chain(counts.iter().map(ToString::to_string)).collect::<Vec<_>>().join(".")
    }
}

/// The two files, as they are under the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferFacts {
    /// What the file that is emptied holds.
    pub from: FileParts,
    /// What the other one holds already.
    pub to: FileParts,
}

impl TransferFacts {
    /// The state that a form saw (D32).
    pub fn seen(&self) -> String {
        format!("{}-{}", self.from.said(), self.to.said())
    }
}

/// What the team asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskTransfer {
    /// Given with the form, so that a second sending of it is the same transfer.
    pub id: CandidateTransferId,
    /// The file that is emptied of what goes.
    pub from: CandidateId,
    /// The file that receives it.
    pub to: CandidateId,
    /// What goes.
    pub parts: Vec<TransferPart>,
    /// The state that was seen (D32).
    pub seen: String,
    /// Whether it is said that both are of one person, when the files tell two.
    pub is_same_person: bool,
    /// Why, kept with both files.
    pub remark: Message<REMARK_MAX_CHARS>,
}

/// What goes from a file to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataTransfer {
    /// Its id.
    pub id: CandidateTransferId,
    /// From this file.
    pub from: CandidateId,
    /// To this one.
    pub to: CandidateId,
    /// What goes.
    pub parts: Vec<TransferPart>,
    /// Why.
    pub remark: Message<REMARK_MAX_CHARS>,
    /// When.
    pub at: DateTime<Utc>,
}

impl DataTransfer {
    /// Whether a part goes.
    pub fn takes(&self, part: TransferPart) -> bool {
        self.parts.contains(&part)
    }
}

/// Why nothing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DataTransferRefused {
    /// The two are one file.
    #[error("the two are the same file")]
    SameFile,
    /// Both files tell two people, and nobody said that they are one.
    #[error("the files tell two people")]
    NotSaidSame,
    /// No part is chosen, or none of those chosen holds anything.
    #[error("nothing to transfer")]
    Nothing,
    /// A PASS rests on a diagnosis of its holder (I14).
    #[error("the passes need their diagnoses")]
    PassesWithoutDiagnoses,
    /// The same, seen from the diagnoses.
    #[error("the diagnoses hold passes that stay")]
    DiagnosesWithoutPasses,
    /// A hire goes with its PASS.
    #[error("the passes hold hires that stay")]
    PassesWithoutHires,
    /// The same, seen from the hires.
    #[error("the hires need their passes")]
    HiresWithoutPasses,
    /// A hire goes with its diagnosis (I14).
    #[error("the diagnoses hold hires that stay")]
    DiagnosesWithoutHires,
    /// The same, seen from the hires.
    #[error("the hires need their diagnoses")]
    HiresWithoutDiagnoses,
    /// Two PASS of one person would share a day (I6).
    #[error("two passes would overlap")]
    OverlappingPasses {
        /// The one that goes.
        going: Period,
        /// The one that is there.
        there: Period,
    },
    /// One of the files changed since the page was read (D32).
    #[error("the files changed meanwhile")]
    Overtaken,
}

/// Lets the chosen parts go, when what goes and what stays still agree.
///
/// # Errors
///
/// The first thing that would not.
pub fn transfer(
    asked: AskTransfer,
    facts: &TransferFacts,
    at: DateTime<Utc>,
) -> Result<Changed<DataTransfer>, DataTransferRefused> {
    let AskTransfer { id, from, to, mut parts, seen, remark, .. } = asked;
    if from == to {
        return Err(DataTransferRefused::SameFile);
    }
    if facts.seen() != seen {
        return Err(DataTransferRefused::Overtaken);
    }
    parts.sort_unstable();
    parts.dedup();
    if parts.iter().all(|part| facts.from.count(*part) == 0) {
        return Err(DataTransferRefused::Nothing);
    }
    ensure_they_agree(&parts, facts)?;
    let of = |candidate, change| CandidateEvent { candidate, change }.into();
    let events = vec![
        of(from, CandidateChange::DataSent { file: to, parts: parts.clone() }),
        of(to, CandidateChange::DataReceived { file: from, parts: parts.clone() }),
    ];
    Ok(Changed::with(DataTransfer { id, from, to, parts, remark, at }, events))
}

fn ensure_they_agree(parts: &[TransferPart], facts: &TransferFacts) -> Result<(), DataTransferRefused> {
    let goes = |part| parts.contains(&part);
    let (passes, diagnoses, hires) =
        (goes(TransferPart::Passes), goes(TransferPart::Diagnoses), goes(TransferPart::Applications));
    let from = &facts.from;
    if !from.passes.is_empty() && passes != diagnoses {
        return Err(if passes {
            DataTransferRefused::PassesWithoutDiagnoses
        } else {
            DataTransferRefused::DiagnosesWithoutPasses
        });
    }
    if from.hires_under_passes > 0 && passes != hires {
        return Err(if passes {
            DataTransferRefused::PassesWithoutHires
        } else {
            DataTransferRefused::HiresWithoutPasses
        });
    }
    if from.hires_on_diagnoses > 0 && diagnoses != hires {
        return Err(if diagnoses {
            DataTransferRefused::DiagnosesWithoutHires
        } else {
            DataTransferRefused::HiresWithoutDiagnoses
        });
    }
    if passes {
        for going in &from.passes {
            if let Some(there) = facts.to.passes.iter().find(|there| going.overlaps(**there)) {
                return Err(DataTransferRefused::OverlappingPasses { going: *going, there: *there });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
