//! Signing in and out, sessions, the organisation people act for.

mod after_session;
mod contracts;
mod forger;
mod key_rotation;
pub mod login;
mod login_elsewhere;
mod mix_up;
mod organisation_switch;
mod peer;
mod sessions;
mod tabs;
mod tokens;
