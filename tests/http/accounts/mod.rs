//! Signing in and out, sessions, the organisation people act for.

mod login;
mod login_elsewhere;
mod organisation_switch;
mod sessions;
