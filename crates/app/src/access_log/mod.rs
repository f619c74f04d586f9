//! « Journal des accès »: who of an organisation opened, downloaded or looked up whose file.

pub mod list;
