//! What the platform talks to: mail servers, file stores, identity providers, the reader of
//! PDFs, what draws their pages, the directory of establishments.

pub mod antivirus;
pub mod files;
pub mod oidc;
pub mod pdf;
pub mod pictures;
pub mod sirene;
