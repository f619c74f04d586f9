//! The right to prescribe that a prefect gives (« habilitation », D15; rule book 01 §4.3; guide P2 §1.1): asked for on the four points of
//! the instruction, instructed by the DDETS, granted by an order that runs five years at the most, announced before it ends, renewed on an
//! assessment. And what the team decides of the others (PRE-7 to PRE-9).

mod apply;
mod assessment;
mod authorisation;
mod dossier;
mod event;
mod instruct;
mod order;
pub mod policy;
mod team;
mod term;

pub use apply::{MayApply, Missing, NotNeeded, may_apply, may_be_given_an_order};
pub use assessment::Assessment;
pub use authorisation::Authorisation;
pub use dossier::{
    ANSWER_MONTHS, Habilitation, HabilitationRefused, HabilitationState, Piece, WRITTEN_MAX_CHARS, Written,
};
pub use event::{HabilitationChange, HabilitationEvent};
pub use order::{GivenOpinion, LONGEST_MONTHS, NUMBER_MAX_CHARS, Opinion, Order, OrderMistake};
pub use team::{AuthorisationRefused, Decided, Overseen};
pub use term::{ANNOUNCED_MONTHS, RENEWAL_MONTHS};
