//! Announcements of the team at the top of pages (rule book 01 §13).

mod act;
mod dismiss;
pub mod queries;
mod refresh;
mod store;

pub use act::{change, publish, withdraw};
pub use dismiss::dismiss;
pub use refresh::{keep_fresh, refresh};
