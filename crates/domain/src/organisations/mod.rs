//! Companies, prescriber organisations and institutions.

mod activity;
mod convention;
mod event;
mod hired_post;
mod institution;
mod kind;
pub mod policy;
mod siret;

pub use activity::{Activity, ActivityFacts, CompanySource, ConventionFacts, GRACE, activity};
pub use convention::{
    AnnexNumber, AnnexState, DEACTIVATIONS_HELD_BACK_FROM, InvalidAnnexNumber, REACTIVATION_PROTECTION,
    annex_is_active, is_protected, may_deactivate,
};
pub use event::{ConventionChange, ConventionEvent, OrganisationChange, OrganisationEvent};
pub use hired_post::{CONTRACT_OF_HIRED_POST, HiredPost};
pub use institution::InstitutionLevel;
pub use kind::{AuthorisationStatus, CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind};
pub use siret::{InvalidSiret, Siret};
