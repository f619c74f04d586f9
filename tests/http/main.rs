//! Every page and action of the platform, through the real router with the real forms.

mod accounts;
mod admin;
mod application_drafts;
mod applications;
mod candidates;
mod components;
mod dashboard;
mod derived;
mod directory;
mod documents;
mod eligibility;
mod emails;
mod exports;
mod known_people;
mod lists;
mod nir_corrections;
mod openings;
mod pass;
mod places;
mod search_for_a_person;
mod search_in_waiting_period;
mod self_prescriptions;
mod support;
mod transport;
mod typed;
mod updates;
