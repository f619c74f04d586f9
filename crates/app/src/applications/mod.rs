//! Applications: use cases, one file a verb.

mod accept;
pub mod drafts;
pub(crate) mod store;
mod submit;

pub use accept::{AcceptError, accept};
pub use submit::{SubmitError, submit};
