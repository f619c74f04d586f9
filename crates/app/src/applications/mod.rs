//! Applications: use cases, one file a verb; lists and page of an application.

mod accept;
pub mod detail;
pub mod drafts;
mod filters;
mod postpone;
mod process;
pub mod queries;
mod refuse;
pub(crate) mod store;
mod submit;

pub use accept::{AcceptError, Hire, PassPreview, Preview, accept, preview};
pub use filters::Filters;
pub use postpone::postpone;
pub use process::{ProcessError, process};
pub use refuse::{RefuseError, refuse};
pub use submit::{SubmitError, submit};
