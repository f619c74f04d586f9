//! « Journal des accès »: who of an organisation opened, downloaded or looked up whose file.

mod list;

pub use list::{AccessLog, AccessRow};
