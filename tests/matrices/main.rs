//! What holds for every route, every page, every list of values at once.

mod agreements;
mod audit_coverage;
mod corpora;
mod crawl;
mod cross_site;
mod email_links;
mod route_access;
mod side_by_side;
mod staff_groups;
mod strange_input;
mod things;
