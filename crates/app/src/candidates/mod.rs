//! Candidates: look-up, creation, completion, opening of files.
//!
//! A professional reaches a person through a relation of their organisation (D4): `identity` and the pages' queries
//! answer nothing without one, `find_by_nir` and `find_by_email` record one.

pub(crate) mod complete;
mod create;
pub mod data_transfer;
mod details;
mod find;
mod known;
pub mod list;
pub mod nir_correction;
mod open_file;
pub mod queries;
pub(crate) mod store;
pub mod update;

pub use complete::{attach_nir, complete};
pub use create::create;
pub use find::{find_by_email, find_by_nir};
pub use known::{KnownPerson, known_people};
pub use open_file::{identity, open_file};
pub(crate) use open_file::{keep_opening, note_opening, note_opening_in, reads_own};
pub use queries::Identity;
