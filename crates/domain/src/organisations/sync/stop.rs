//! The safety stop: too many conventions that fall at once are the sign of a file that is late, old or cut short.

use super::super::{DEACTIVATIONS_HELD_BACK_FROM, may_deactivate};
use super::Moment;
use crate::actor::StaffActor;
use crate::policy::Denied;
use crate::time::paris_date;

/// Whether the conventions that should fall may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// They fall.
    Allowed,
    /// None falls, the rest is written: annexes of the new year arrive late (CMP-11).
    HeldBack,
    /// Nothing is written before a member of the team confirms their number.
    ToConfirm,
}

impl Stop {
    /// From 200 on: held back from January to June, whatever is confirmed; to be confirmed from July on, by their very
    /// number, so that another file asks again. Both the day of the run and the day it judges are looked at: neither is a way
    /// around the other.
    pub fn of(falling: usize, moment: Moment, confirmed: Option<usize>) -> Self {
        let days = [paris_date(moment.now), moment.today];
        if falling < DEACTIVATIONS_HELD_BACK_FROM {
            Self::Allowed
        } else if !days.into_iter().all(|day| may_deactivate(falling, day)) {
            Self::HeldBack
        } else if confirmed == Some(falling) {
            Self::Allowed
        } else {
            Self::ToConfirm
        }
    }
}

/// Whoever holds every right of the team confirms that so many conventions fall.
pub const fn may_confirm(actor: &StaffActor) -> Result<(), Denied> {
    if actor.is_superuser { Ok(()) } else { Err(Denied::Role) }
}
