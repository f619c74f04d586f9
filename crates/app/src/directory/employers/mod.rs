//! Employers around a commune.

mod cursor;
pub mod queries;

pub use cursor::EmployerCursor;
