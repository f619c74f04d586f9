//! Whether a company takes applications (rule book 01 §3.9).

mod expire;
mod store;
mod turn;

pub use expire::expire_all;
pub use turn::turn;
