//! Companies, prescriber organisations and institutions.

mod activity;
mod kind;
mod siret;

pub use activity::{Activity, ActivityFacts, CompanySource, ConventionFacts, GRACE, activity};
pub use kind::{AuthorisationStatus, CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind};
pub use siret::{InvalidSiret, Siret};
