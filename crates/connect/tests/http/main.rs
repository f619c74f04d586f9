//! The provider over real HTTP: a server on a port of the loopback, browsers and relying parties that
//! speak to it as anyone would, a database of its own for each test.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod account_flows;
mod accounts;
mod authorize;
mod backchannel;
mod bodies;
mod conformance;
mod discovery;
mod emails;
mod events;
mod factors;
mod flood;
mod keys;
mod login;
mod logout;
mod migrations;
mod operators;
mod passwords;
mod peers;
mod rates;
mod refresh_tokens;
mod relying_party;
mod support;
mod throttle;
mod token;
mod userinfo;
