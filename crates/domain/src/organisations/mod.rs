//! Companies, prescriber organisations and institutions.

mod activity;
mod annexes;
mod antenna;
mod convention;
mod event;
mod hired_post;
mod institution;
pub mod invitations;
mod kind;
pub mod members;
pub mod merger;
mod openings;
pub mod policy;
mod profile;
pub mod sign_up;
mod sirene;
mod siret;
mod standing;
pub mod succession;
pub mod sync;
pub mod team;
pub mod transfer;
mod website;

pub use activity::{Activity, ActivityFacts, CompanySource, ConventionFacts, GRACE, activity};
pub use annexes::{Annex, AttachRefused, Attachment, one_a_line, shows_annexes};
pub use antenna::{AntennaCommand, AntennaRefused, NewAntenna, Parent};
pub use convention::{
    AnnexNumber, AnnexState, DEACTIVATIONS_HELD_BACK_FROM, InvalidAnnexNumber, REACTIVATION_PROTECTION,
    annex_is_active, is_protected, may_deactivate,
};
pub use event::{ConventionChange, ConventionEvent, OrganisationChange, OrganisationEvent};
pub use hired_post::{CONTRACT_OF_HIRED_POST, HiredPost};
pub use institution::InstitutionLevel;
pub use kind::{AuthorisationStatus, CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind};
pub use openings::{AlreadySo, CLOSED_AFTER, OpeningAct, Openings, REMINDED_AFTER};
pub use profile::{
    CurrentProfile, OrganisationName, OrganisationNameRefused, Presentation, Profile, ProfileRefused,
    PublishedProfile, Seat,
};
pub use sirene::{Establishment, NotListed};
pub use siret::{InvalidSiret, Siret};
pub use standing::Standing;
pub use website::{InvalidWebsite, Website};
