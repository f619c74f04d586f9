//! What suspends a PASS, and what closes it: the forms, what they would do, the part of the page of a PASS that leads to them.

mod asked;
pub mod closure;
pub mod edition;
mod form;
pub mod lift;
mod messages;
pub mod new;
mod recap;
mod section;
mod terms;

pub(super) use messages::add_day;
pub(super) use recap::effects;
pub(super) use section::Section;
