//! Who begins, as whom; what the pages say meanwhile; the way out.

use axum::body::Body;
use axum::http::Request;
use iae_tests::{BASE_URL, Persona, TestApp, world};

use super::{REASON, actors_of, begin, ends, page_of, seen_as};

const SESSION: &str = "__Host-session";

/// AUT-30: from the page of the account, with a reason, and back there.
#[tokio::test]
async fn the_team_sees_the_platform_as_somebody_and_comes_back() {
    let app = TestApp::new().await;
    // What is asked of the person is not asked of whoever helps them: neither terms, nor welcome, nor code.
    sqlx::query(
        "UPDATE users SET terms_version = NULL, terms_accepted_at = NULL, welcomed_at = NULL WHERE id = $1",
    )
    .bind(world::EMPLOYER)
    .execute(app.db())
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO second_factors (id, user_id, name, sealed, last_step, next_try_at, created_at)
         VALUES (gen_random_uuid(), $1, 'Téléphone', 'x', 0, $2, $2)",
    )
    .bind(world::EMPLOYER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let browser = app.browser(Persona::Staff).await;
    let before = browser.cookie(SESSION);
    let page = browser.get(&page_of(Persona::Employer)).await.is(200);
    assert!(page.says("Émile SCHMITT") && page.says("60 minutes"), "{page:?}");
    begin(&browser, Persona::Employer).await.is(303);
    assert_ne!(browser.cookie(SESSION), before, "SES-13: the session goes on under a new id");

    let page = browser.get("/dashboard").await.is(200);
    let banner = page.text_of(".seen-as").unwrap();
    assert!(banner.contains("Sofia MARTIN, vous voyez la plateforme à la place d’Émile SCHMITT"), "{banner}");
    assert!(banner.contains("depuis 11 h 00, jusqu’à 12 h 00"), "{banner}");
    assert!(page.says("Les Jardins de la Seille"), "the organisation of the person: {page:?}");
    for address in ["/applications", "/employers", "/nothing-here", "/admin/audit"] {
        let page = browser.get(address).await;
        assert!(page.text_of(".seen-as").is_some(), "{address}: {page:?}");
    }

    let back = page.form("/impersonation/end").submit().await.is(303);
    assert_eq!(back.location(), Some(format!("/admin/users/{}", world::EMPLOYER)));
    let trail = browser.get("/admin/audit").await.is(200);
    assert_eq!(trail.text_of(".seen-as"), None, "their own pages again, their code shown already");
    assert_eq!(ends(&app).await, [Some("left".to_owned())]);
    let by_team = [(Some(world::STAFF.0), None)];
    assert_eq!(actors_of(&app, "account.impersonation_begun").await, by_team);
    assert_eq!(actors_of(&app, "account.impersonation_ended").await, by_team);
    let page = browser.get(&page_of(Persona::Employer)).await.is(200);
    assert!(page.says(REASON) && page.says("quittée par l’équipe"), "the team reads why: {page:?}");
    let signed_in: Option<chrono::DateTime<chrono::Utc>> =
        sqlx::query_scalar("SELECT last_login_at FROM users WHERE id = $1")
            .bind(world::EMPLOYER)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(signed_in, None, "AUT-31: the person did not sign in");
}

/// Paper says it too: an attestation, which has no frame.
#[tokio::test]
async fn what_is_printed_says_it() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let pass = app.scenario().pass().insert().await;
    let browser = seen_as(&app, Persona::Candidate).await;
    let page = browser.get(&format!("/pass/{pass}/certificate")).await.is(200);
    assert!(page.text_of(".seen-as").is_some(), "{page:?}");
    let own = app.browser(Persona::Candidate).await;
    let page = own.get(&format!("/pass/{pass}/certificate")).await.is(200);
    assert_eq!(page.text_of(".seen-as"), None);
}

/// The person’s sessions are theirs: nothing of it shows there, but when the team looked.
#[tokio::test]
async fn the_person_reads_when_and_neither_who_nor_why() {
    let app = TestApp::new().await;
    let own = app.browser(Persona::Employer).await;
    assert!(!own.get("/my-account/sessions").await.is(200).says("à votre place"));
    seen_as(&app, Persona::Employer).await;
    assert!(own.get("/my-account").await.is(200).says("à votre place"), "AUT-31, with a link");
    let page = own.get("/my-account/sessions").await.is(200);
    assert!(page.says("L’équipe du service, à votre place") && page.says("4 mai 2026 à 11 h 00"), "{page:?}");
    assert!(!page.says(REASON) && !page.says("MARTIN"), "{page:?}");
    assert!(!page.has_form("sessions"), "one session, nothing to close: {page:?}");
    let staff = app.browser(Persona::Staff).await;
    assert!(staff.get("/my-account/sessions").await.is(200).has_form("sessions"), "it is one of the team’s");
}

/// STF-1: the right comes from a group.
#[tokio::test]
async fn who_does_not_hold_the_right_does_not_begin() {
    let app = TestApp::new().await;
    for persona in [Persona::Candidate, Persona::EmployerAdmin, Persona::Inspector] {
        let browser = app.browser(persona).await;
        browser.get(&page_of(Persona::Employer)).await.is(403);
        browser.post(&page_of(Persona::Employer), &[("reason", REASON)]).await.is(403);
    }
    app.visitor().get(&page_of(Persona::Employer)).await.is(303);
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    for (group, status) in [(None, 403), (Some("admin_readonly"), 403), (Some("pilotage"), 200)] {
        if let Some(group) = group {
            sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, $2, $3)")
                .bind(world::STAFF)
                .bind(group)
                .bind(app.now())
                .execute(app.db())
                .await
                .unwrap();
        }
        staff.get(&page_of(Persona::Employer)).await.is(status);
    }
    begin(&staff, Persona::Employer).await.is(303);
}

/// AUT-30: open, with an address, of nobody of the team.
#[tokio::test]
async fn not_everybody_is_seen_as() {
    let app = TestApp::new().await;
    app.scenario().close_account(Persona::Employer).await;
    sqlx::query("UPDATE users SET email = NULL WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    for (persona, said) in [
        (Persona::Employer, "désactivé"),
        (Persona::Candidate, "adresse e-mail"),
        (Persona::Staff, "membre de l’équipe"),
    ] {
        let page = staff.get(&page_of(persona)).await.is(403);
        assert!(page.says(said) && !page.has_form("impersonation"), "{persona:?}: {page:?}");
        let page = staff.post(&page_of(persona), &[("reason", REASON)]).await.is(403);
        assert!(page.says(said), "{persona:?}: {page:?}");
    }
    for unknown in ["01900000-0000-7000-8000-000000000000", "nobody"] {
        let address = format!("/admin/users/{unknown}/impersonation");
        staff.get(&address).await.is(404);
        staff.post(&address, &[("reason", REASON)]).await.is(404);
    }
    assert!(ends(&app).await.is_empty());
}

#[tokio::test]
async fn a_reason_is_asked_and_what_was_typed_is_kept() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let form = staff.get(&page_of(Persona::Employer)).await.is(200).form("impersonation");
    let blank = form.clone().fill("reason", " \u{200b} ").submit().await.is(422);
    assert!(blank.error("reason").is_some(), "{blank:?}");
    let long = "é".repeat(501);
    let too_long = form.clone().fill("reason", &long).submit().await.is(422);
    assert!(too_long.error("reason").is_some_and(|said| said.contains("501")), "{too_long:?}");
    assert_eq!(too_long.value("reason").as_deref().map(str::trim), Some(long.as_str()));
    assert!(ends(&app).await.is_empty());
    form.fill("reason", &"é".repeat(500)).submit().await.is(303);
    assert_eq!(ends(&app).await, [None]);
}

/// Two tabs begin at once: one does.
#[tokio::test]
async fn two_at_once_in_one_session_are_one() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let one =
        staff.get(&page_of(Persona::Employer)).await.is(200).form("impersonation").fill("reason", REASON);
    let other =
        staff.get(&page_of(Persona::Prescriber)).await.is(200).form("impersonation").fill("reason", REASON);
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let begun = [one, other].iter().filter(|page| page.location().as_deref() == Some("/dashboard")).count();
    assert_eq!(begun, 1);
    assert_eq!(ends(&app).await, [None]);
    assert_eq!(actors_of(&app, "account.impersonation_begun").await.len(), 1);
}

/// The page of another person, left open in another tab, begins nothing in the place of the first.
#[tokio::test]
async fn nobody_begins_in_the_place_of_somebody() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Staff).await;
    let left = browser.get(&page_of(Persona::Prescriber)).await.is(200).form("impersonation");
    begin(&browser, Persona::Employer).await.is(303);
    let page = left.fill("reason", REASON).submit().await.is(403);
    assert!(page.says("à la place d’Émile SCHMITT"), "{page:?}");
    assert_eq!(ends(&app).await, [None]);
    // Left in one tab, it is left again in the other without harm.
    let tab = browser.get("/dashboard").await.is(200).form("/impersonation/end");
    tab.submit().await.is(303);
    assert_eq!(tab.submit().await.is(303).location().as_deref(), Some("/dashboard"));
    assert_eq!(ends(&app).await, [Some("left".to_owned())]);
    assert_eq!(actors_of(&app, "account.impersonation_ended").await.len(), 1);
}

#[tokio::test]
async fn a_form_of_another_site_neither_begins_nor_ends_it() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Staff).await;
    let from_elsewhere = |address: &str| {
        Request::post(format!("{BASE_URL}{address}"))
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://exemple.fr")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("reason=x"))
            .unwrap()
    };
    browser.send(from_elsewhere(&page_of(Persona::Employer))).await.is(403);
    assert!(ends(&app).await.is_empty());
    begin(&browser, Persona::Employer).await.is(303);
    browser.send(from_elsewhere("/impersonation/end")).await.is(403);
    browser.get("/impersonation/end").await.is(405);
    assert_eq!(ends(&app).await, [None]);
}
