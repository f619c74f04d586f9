//! The rules of the IAE, as pure functions over plain values.
//!
//! Nothing here reads a clock, a database or the network: every function receives the facts it needs and the
//! date it must decide for, and returns what has to be written or a typed refusal. Each rule names its source:
//! the rule-book id (`ACC-30`), the code du travail or the ministerial order.

pub mod accounts;
pub mod actor;
pub mod announcements;
pub mod applications;
pub mod budget;
pub mod candidates;
pub mod changed;
pub mod control;
pub mod directory;
pub mod documents;
pub mod eligibility;
pub mod event;
pub mod exports;
pub mod french;
pub mod habilitations;
pub mod ids;
pub mod imports;
pub mod inbox;
pub mod notifications;
pub mod organisations;
pub mod pass;
pub mod policy;
pub mod reference;
pub mod staff;
pub mod stage;
pub mod text;
pub mod time;

mod code;

pub use actor::Actor;
pub use changed::Changed;
pub use event::{Event, EventKind};
