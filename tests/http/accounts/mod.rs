//! Signing in and out, sessions, the organisation people act for.

mod after_session;
mod back_channel;
mod contracts;
mod fixation;
mod forger;
mod gates;
mod guesses;
mod injected;
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
mod subject;
mod tabs;
mod tokens;
mod unused;
