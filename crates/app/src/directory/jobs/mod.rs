//! Open posts around a commune.

pub mod queries;
