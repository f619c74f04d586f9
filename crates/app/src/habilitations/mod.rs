//! Habilitation by the prefect (D15; rule book 01 §4.3; guide P2 §1.1): asked for, instructed, granted, announced to end, ended; what the
//! team decides of organisations that registered; the public register.

mod apply;
pub mod authorisations;
mod instruct;
pub mod list;
pub mod queries;
mod record;
pub mod register;
pub(crate) mod store;
mod term;

pub use apply::{NewPiece, Request, RequestRefused, check_piece, request, transmit};
pub use instruct::{ask_complement, grant, record_opinion, refuse, revoke};
pub use record::{RecordRefused, Recorded, record};
pub use term::follow_terms;
