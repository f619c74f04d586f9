//! Files people attach: content in the file store under random keys, rows in the database.

mod download;
pub(crate) mod store;
mod upload;

pub use download::{Download, cv};
pub use upload::{UploadError, attach_cv, remove_cv};
