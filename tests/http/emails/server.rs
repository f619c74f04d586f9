//! The platform, with a mail server.

use iae_mail::Mailer;
use iae_test_mail_server::MailServer;
use iae_tests::TestApp;

/// The platform, and the mail server its mails leave by.
pub async fn app() -> (TestApp, MailServer) {
    let server = MailServer::start().await;
    let mailer = Mailer::smtp(&server.url(), "Parcours IAE <ne-pas-repondre@parcours.test>").unwrap();
    let app = TestApp::with(|app| app.mailer = mailer).await;
    (app, server)
}
