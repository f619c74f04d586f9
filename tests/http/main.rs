//! Every page and action of the platform, through the real router with the real forms.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "helpers of tests fail like the tests themselves"
)]

mod accounts;
mod admin;
mod application_drafts;
mod applications;
mod candidates;
mod dashboard;
mod derived;
mod directory;
mod documents;
mod eligibility;
mod emails;
mod lists;
mod pass;
mod self_prescriptions;
mod support;
