//! What every test of the whole platform starts from: the real router in process, on a database of its own.
//!
//! ```ignore
//! #[tokio::test]
//! async fn an_employer_postpones() {
//!     let app = TestApp::new().await;
//!     let application = app.scenario().application().by(Persona::Prescriber).to(world::ACI).insert().await;
//!     let employer = app.browser(Persona::Employer).await;
//!     let page = employer.get(&format!("/applications/{application}/postponement")).await.is(200);
//!     let page = page.form("postponement").fill("answer", "Nous recrutons en juin.").submit().await;
//!     assert_eq!(page.follow().await.flash(), Some("Candidature en attente".to_owned()));
//!     app.run_jobs().await;
//!     assert_eq!(app.mails().len(), 2);
//! }
//! ```
//!
//! `TestApp` has a stopped clock, mails kept in memory and files in a folder of its own. Dropped, it fails the test
//! when a task was left unrun or a mail unread, unless the test said that they do not matter.

mod browser;
mod database;
mod documents;
mod growth;
mod heard;
mod html;
mod identity_provider;
mod log;
pub mod pdf;
mod personas;
mod scenario;
mod statements;
mod test_app;
pub mod world;

pub use browser::{Browser, Form, Page};
pub use heard::{Heard, letters};
pub use identity_provider::{CLIENT, IdentityProvider, KEYS_SECRET, PASSWORD, SECRET, keyring};
pub use log::Log;
pub use personas::Persona;
pub use scenario::Scenario;
pub use test_app::{AtRest, BASE_URL, TestApp, beside_tests, config};
