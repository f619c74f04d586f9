//! The control of auto-prescriptions by the DDETS, once a year (rule book 04 §1; articles L. 5132-3 and R. 5132-1-12 to
//! R. 5132-1-17 of the Code du travail).
//!
//! No state is stored while a campaign is open: what an SIAE is at is computed from the criteria it defends, the proofs it
//! gave and what was decided of each.

mod badge;
mod calendar;
mod campaign;
mod controlled;
mod decision;
mod draw;
mod event;
mod figures;
mod heavier;
pub mod policy;
mod reminder;
mod review;
mod sample;
mod sanction;
mod sirets;
mod standing;
mod state;
mod submission;
mod told;
mod turn;
mod view;

pub use badge::{Badge, Stage};
pub use calendar::{Calendar, CalendarTooShort, RATIO_DAYS};
pub use campaign::{
    CampaignPhase, CampaignTurn, ControlCampaign, Launch, PublishedList, StepRefused, Turning,
};
pub use controlled::{
    Archived, Chosen, Control, ControlledCriterion, ControlledHire, DrawnHire, ReviewedCriterion,
    SeenValidation, Turned, ValidationRefused, archived_before,
};
pub use decision::{
    ControlDecision, Decided, DecisionReader, DecisionRefused, DetailedSanctions, Outcome, Subsidy, in_order,
    was_irregular,
};
pub use draw::{Digest, DrawnCompany, FrozenList, Line};
pub use event::{CampaignChange, CampaignEvent, ControlChange, ControlEvent, DefenceMove, ReviewMove};
pub use figures::{Figures, GridColumn, GridRow, grid_box};
pub use heavier::{Heavier, heavier};
pub use review::Decision;
pub use sample::{
    DEFAULT_RATIO, HIRES_MAX, HIRES_MIN, RATIO_MAX, RATIO_MIN, Ratio, RatioRefused, companies_drawn,
    hires_drawn,
};
pub use sanction::{
    CutsRefused, NegativeReason, Sanction, Sanctions, SanctionsRefused, Withdrawal, WithdrawalRefused,
    can_be_cut, cuts,
};
pub use sirets::Sirets;
pub use standing::Standing;
pub use state::{Campaign, CompanyState, Defended, FinalState, HireState, RawState, Review, Reviewed};
pub use submission::{Choice, ChoiceRefused, NotNow};
pub use told::{Days, Told, ToldFacts};
pub use turn::{Turn, TurnMail, TurnReview, closed, transitioned};
pub use view::{in_view_since, is_control_in_view, is_in_view};
