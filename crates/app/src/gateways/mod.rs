//! What the platform talks to: mail servers, file stores, identity providers.

pub mod files;
pub mod mailer;
pub mod oidc;
