//! Signing in and out, sessions, the organisation people act for.

mod after_session;
mod contracts;
mod forger;
mod gates;
mod key_rotation;
pub mod local;
pub mod login;
mod login_elsewhere;
mod mix_up;
mod organisation_switch;
mod own_password;
mod peer;
mod safir;
pub mod second_factor;
mod sessions;
mod sign_up;
mod tabs;
mod tokens;
