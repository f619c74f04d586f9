//! What an organisation says of itself: read by its members, published by its administrators (CMP-25, CMP-26, PRE-26, PRE-27).

mod publish;
pub mod queries;
mod store;

pub use publish::publish;
