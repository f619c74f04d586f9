//! Every link of every mail opens, for the person it is sent to.

use iae_domain::applications::StateCode;
use iae_tests::{BASE_URL, Persona, TestApp};

#[tokio::test]
async fn every_link_of_a_mail_opens_for_its_reader() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Orienter).insert().await;
    app.scenario().application().by(Persona::Prescriber).state(StateCode::Accepted).insert().await;
    let mails: Vec<(String, String, String)> =
        sqlx::query_as("SELECT recipient, subject, text_body FROM emails ORDER BY id")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert!(mails.len() >= 3, "the hire is told to the person, to who sent them, to who hires: {mails:?}");
    let mut opened = 0;
    for (recipient, subject, text) in mails {
        let reader = Persona::ALL.iter().find(|persona| persona.email() == recipient);
        let browser = match reader {
            Some(persona) => app.browser(*persona).await,
            None => app.visitor(),
        };
        for link in text.split_whitespace().filter(|word| word.starts_with(BASE_URL)) {
            let page = browser.get(link.trim_end_matches(['.', ',', ')'])).await;
            assert_eq!(page.status, 200, "« {subject} » sends {recipient} to {link}: {page:?}");
            opened += 1;
        }
    }
    assert!(opened > 0);
}
