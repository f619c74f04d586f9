//! Applications: lists, detail, and what employers do with them.

mod acceptance;
mod index;
mod postponement;
mod processing;
mod refusal;
mod show;
