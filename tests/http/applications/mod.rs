//! Applications: lists, detail, and what employers do with them.

mod acceptance;
mod acceptance_person;
mod cancellation;
mod certification;
mod geiq;
mod hire_choices;
mod index;
mod lists;
mod overtaken;
mod pass_delivery;
mod postponement;
mod processing;
pub(crate) mod race;
mod refusal;
mod reminder;
mod sender_account;
mod shared_situation;
mod show;
