//! Applications: lists, detail, and what employers do with them.

mod acceptance;
mod index;
mod postponement;
mod processing;
mod race;
mod refusal;
mod show;
