//! Antennas: secondary establishments that a company adds under its convention (rule book 01 §3.5).

mod add;
mod store;

pub use add::{add_antenna, parent};
