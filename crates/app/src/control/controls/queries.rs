//! Controls as pages show them: to the SIAE that defends itself, to the DDETS that reviews.

pub mod defence;
pub mod review;
