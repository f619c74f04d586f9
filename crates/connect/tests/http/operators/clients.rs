//! Relying parties, registered and changed by operators.

use iae_connect::clients::{self, Edited, RegisterError, Registration};
use iae_test_database::migrated;
use reqwest::StatusCode;

use super::{BY, operator, trail};
use crate::factors::now;
use crate::support::{Page, Provider, location};

fn partner(provider: &Provider) -> Registration {
    Registration {
        id: "partenaire".to_owned(),
        name: "Un partenaire".to_owned(),
        scopes: "openid email".to_owned(),
        redirect_uris: vec!["https://partenaire.example/retour".to_owned()],
        post_logout_redirect_uris: vec![],
        backchannel_logout_uri: None,
        initiate_login_uri: None,
        refresh_tokens: false,
        seen_at: now(provider),
    }
}

#[tokio::test]
async fn a_relying_party_is_registered_changed_and_given_another_secret() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let at = now(&provider);
    let client = partner(&provider);
    let mut tx = provider.db.begin().await.unwrap();
    clients::create(&mut tx, &client, BY, at).await.unwrap();
    let again = clients::create(&mut tx, &client, BY, at).await;
    assert!(matches!(again, Err(RegisterError::IdTaken)));
    for wrong in [
        Registration { id: "un partenaire".to_owned(), ..client.clone() },
        Registration { name: " ".to_owned(), ..client.clone() },
        Registration { scopes: "email".to_owned(), ..client.clone() },
        Registration { redirect_uris: vec![], ..client.clone() },
        Registration { redirect_uris: vec!["https://*.example/".to_owned()], ..client.clone() },
        Registration { initiate_login_uri: Some("http://partenaire.example/".to_owned()), ..client.clone() },
    ] {
        let refused = clients::edit(&mut tx, &wrong, BY, at).await;
        assert!(refused.is_err_and(|error| error.sentence().is_some()), "{wrong:?}");
    }
    let refresh = Registration { refresh_tokens: true, ..client.clone() };
    assert_eq!(
        clients::edit(&mut tx, &refresh, BY, at + chrono::TimeDelta::seconds(1)).await.unwrap(),
        Edited::Done
    );
    let stale = clients::edit(&mut tx, &client, BY, at).await.unwrap();
    assert_eq!(stale, Edited::Changed, "it is no longer what was seen");
    assert!(clients::rotate_secret(&mut tx, "partenaire", BY, at).await.unwrap().is_some());
    assert!(clients::rotate_secret(&mut tx, "personne", BY, at).await.unwrap().is_none());
    tx.commit().await.unwrap();
    let changes = trail(&provider, "admin_change").await;
    let words: Vec<&str> = changes.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["client partenaire", "client_secret partenaire"]);
    assert_eq!(trail(&provider, "admin_add").await, [("client partenaire".to_owned(), None)]);
}

#[tokio::test]
async fn an_operator_edits_what_is_registered_and_never_what_changed_meanwhile() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, _) = operator(&provider).await;
    let list = Page::read(browser.get(&provider.url("/operators/clients")).await).await;
    assert!(list.text().contains("Le service emplois") && list.text().contains("Le service pilotage"));
    let url = provider.url("/operators/clients/edit?client=emplois");
    let page = Page::read(browser.get(&url).await).await;
    let seen_at = page.attribute("[name=seen_at]", "value");
    let form = |redirect_uris: &'static str| {
        vec![
            ("seen_at", seen_at.as_str()),
            ("name", "Les emplois"),
            ("scopes", "openid email"),
            ("redirect_uris", redirect_uris),
            ("backchannel_logout_uri", "https://emplois.example/fin"),
        ]
    };
    for (uris, error) in
        [("", "redirect_uris"), ("https://*.example/", "redirect_uris"), ("nonsense", "redirect_uris")]
    {
        let page = Page::read(browser.post(&url, &form(uris)).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{uris}");
        assert!(page.has(&format!("#{error}-error")), "{uris}: {}", page.html);
        assert_eq!(page.attribute("#name", "value"), "Les emplois", "what was typed is kept");
    }
    let two = "https://emplois.example/retour\r\n  https://emplois.example/autre\r\n\r\n";
    provider.clock.advance(chrono::TimeDelta::seconds(1));
    assert_eq!(location(&browser.post(&url, &form(two)).await), "/operators/clients");
    let registered = clients::registered(&provider.db, "emplois").await.unwrap().unwrap();
    assert_eq!(registered.redirect_uris, ["https://emplois.example/retour", "https://emplois.example/autre"]);
    assert_eq!(registered.backchannel_logout_uri.as_deref(), Some("https://emplois.example/fin"));
    assert!(registered.post_logout_redirect_uris.is_empty());
    let stale = Page::read(browser.post(&url, &form(two)).await).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Rien n’est enregistré"), "{}", stale.text());
    for nobody in ["", "?client=nobody"] {
        let url = provider.url(&format!("/operators/clients/edit{nobody}"));
        assert_eq!(browser.get(&url).await.status(), StatusCode::NOT_FOUND, "{nobody}");
    }
}
