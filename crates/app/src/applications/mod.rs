//! Applications: use cases, one file a verb.

mod accept;
pub(crate) mod store;

pub use accept::{AcceptError, accept};
