//! Organisations as their members run them, and as everyone finds them.

mod administrators;
mod annexes;
mod antennas;
mod demoted;
mod invitations;
mod invited_elsewhere;
pub(crate) mod members;
mod offboarding;
mod openings;
mod prescribers;
mod profile;
mod sending;
