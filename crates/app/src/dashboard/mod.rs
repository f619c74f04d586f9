//! What waits for each person when they sign in.

pub mod queries;
