//! Signing in and out, sessions, the organisation people act for.

mod after_session;
mod key_rotation;
pub mod login;
mod login_elsewhere;
mod organisation_switch;
mod peer;
mod sessions;
mod tabs;
