//! What holds for every route, every page, every list of values at once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "helpers of tests fail like the tests themselves"
)]

mod agreements;
mod audit_coverage;
mod crawl;
mod email_links;
mod route_access;
mod side_by_side;
mod strange_input;
mod things;
