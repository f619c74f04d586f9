//! Files people attach: content in the file store under random keys, rows in the database.
//!
//! Nothing here knows what a document belongs to but `store.rs`, a column for each owner. A feature attaches files in
//! three calls: [`keep`] checks what was received and puts it in the store, no connection held; `replace` writes the
//! rows in the transaction that locked the owner; [`Kept::settle`], or [`Kept::settle_ruled`] when rules may refuse it there,
//! forgets the content when that failed.

mod download;
mod keep;
mod purge;
mod receive;
mod replace;
mod share;
mod store;

pub use download::{Download, open};
pub use keep::{Kept, check, keep};
pub(crate) use purge::{is_unknown, purge};
pub use receive::{ReceivedFile, Receiving};
pub(crate) use replace::{delete_all, replace};
pub(crate) use share::copy_all;
