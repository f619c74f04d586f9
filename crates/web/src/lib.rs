//! Pages and JSON API of the platform.

pub mod assets;
pub mod choice;
#[cfg(feature = "dev")]
pub mod dev;
pub mod error_pages;
pub mod filters;
pub mod french;
pub mod layout;
