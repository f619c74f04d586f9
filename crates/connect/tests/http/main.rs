//! The provider over real HTTP: a server on a port of the loopback, browsers and relying parties that
//! speak to it as anyone would, a database of its own for each test.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod accounts;
mod authorize;
mod bodies;
mod discovery;
mod emails;
mod events;
mod flood;
mod keys;
mod login;
mod logout;
mod migrations;
mod passwords;
mod peers;
mod rates;
mod relying_party;
mod support;
mod throttle;
mod token;
mod userinfo;
