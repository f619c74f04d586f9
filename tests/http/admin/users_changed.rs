//! The team changes how one signs in: address, subject, password (01 §13, OID-12).

use iae_tests::{Browser, Page, Persona, TestApp, world};

use crate::accounts::local::{LOCAL_PASSWORD, log_in, open_account};

const WHY: &str = "Vérifié au téléphone, ticket 14.";

async fn changing(staff: &Browser, persona: Persona) -> Page {
    staff.get(&format!("/admin/users/{}/email", persona.user())).await.is(200)
}

/// The new address signs in, the former one no more; both are told.
#[tokio::test]
async fn the_address_of_a_local_account_is_replaced() {
    let app = TestApp::new().await;
    open_account(&app, Persona::Candidate.email()).await;
    let staff = app.browser(Persona::Staff).await;
    let page = changing(&staff, Persona::Candidate).await;
    for (typed, said) in [
        ("", "Saisissez"),
        ("pas une adresse", "Saisissez"),
        (Persona::Candidate.email(), "déjà l’adresse"),
        (Persona::Employer.email(), "autre compte"),
        ("agent@francetravail.fr", "France Travail"),
    ] {
        let refused = page.form("email").fill("email", typed).fill("remark", WHY).submit().await.is(422);
        assert!(
            refused.error("email").is_some_and(|error| error.contains(said)),
            "{typed}: {:?}",
            refused.errors()
        );
        assert_eq!(refused.value("email").as_deref(), Some(typed), "what is typed stays");
    }
    let no_remark = page.form("email").fill("email", "amel@nouveau.exemple.fr").submit().await.is(422);
    assert!(no_remark.error("remark").is_some());
    let form = page.form("email").fill("email", "amel@nouveau.exemple.fr").fill("remark", WHY);
    let done = form.submit().await.is(303).follow().await;
    assert_eq!(done.flash().as_deref(), Some("Adresse modifiée"));
    form.submit().await.is(409);
    let mut told: Vec<String> =
        app.run_jobs_and_mails().await.into_iter().map(|mail| mail.recipient.to_string()).collect();
    told.sort_unstable();
    let mut expected = vec!["amel@nouveau.exemple.fr".to_owned(), Persona::Candidate.email().to_owned()];
    expected.sort_unstable();
    assert_eq!(told, expected);
    log_in(&app.visitor(), "amel@nouveau.exemple.fr", LOCAL_PASSWORD).await.is(303);
    log_in(&app.visitor(), Persona::Candidate.email(), LOCAL_PASSWORD).await.is(422);
    app.ignore_mails();
}

/// What a provider says is changed at the provider.
#[tokio::test]
async fn the_address_that_a_provider_says_is_not_changed_here() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let form = changing(&staff, Persona::Employer).await.form("email");
    sqlx::query("INSERT INTO identities VALUES ('PC', 'sujet', $1, now())")
        .bind(world::EMPLOYER)
        .execute(app.db())
        .await
        .unwrap();
    assert!(!changing(&staff, Persona::Employer).await.has_form("email"));
    form.fill("email", "emile@nouveau.exemple.fr").fill("remark", WHY).submit().await.is(409);
}

/// « Fermer la connexion par mot de passe »: who is concerned is seen first; the others are left, with why.
#[tokio::test]
async fn the_way_in_by_password_of_many_closes_once_it_was_seen() {
    let app = TestApp::new().await;
    let person = open_account(&app, Persona::Candidate.email()).await;
    person.get("/my-file").await.is(200);
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get("/admin/users/passwords").await.is(200);
    assert!(page.form("passwords").submit().await.is(422).error("addresses").is_some());
    let many = vec!["a@b.fr"; 501].join("\n");
    assert!(
        page.form("passwords").fill("addresses", &many).submit().await.is(422).error("addresses").is_some()
    );

    let list = format!(
        "{}\n{}; {}, inconnue@exemple.fr pas-une-adresse {}",
        Persona::Candidate.email().to_uppercase(),
        Persona::Employer.email(),
        Persona::Staff.email(),
        Persona::Candidate.email(),
    );
    let preview = page.form("passwords").fill("addresses", &list).submit().await.is(200);
    assert_eq!(preview.all("tbody th").len(), 5, "each address once");
    for words in
        ["Mot de passe fermé", "pas de mot de passe", "Compte de l’équipe", "Aucun compte", "pas une adresse"]
    {
        assert!(preview.says(words), "{words}: {}", preview.text());
    }
    person.get("/my-file").await.is(200);
    assert!(preview.form("passwords").press("confirm").submit().await.is(422).error("remark").is_some());
    let form = preview.form("passwords").fill("remark", WHY).press("confirm");
    let done = form.submit().await.is(303).follow().await;
    assert_eq!(done.flash().as_deref(), Some("Connexion par mot de passe fermée"));
    person.get("/my-file").await.is(303);
    log_in(&app.visitor(), Persona::Candidate.email(), LOCAL_PASSWORD).await.is(422);
    let again = form.submit().await.is(409);
    assert!(again.says("ont changé entre-temps") && !again.has_form("passwords"), "{}", again.text());
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| *action == "account.password_closed").count(), 1);
    let read = staff.get(&format!("/admin/users/{}", world::CANDIDATE)).await.is(200);
    assert!(read.says(WHY) && read.says("Connexion par mot de passe fermée par l’équipe"), "{}", read.text());
    app.ignore_mails();
}
