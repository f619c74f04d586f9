//! Sessions, and what every request checks before a handler sees it.

use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::accounts::{end_every_session, end_sessions, end_sessions_of, sessions};
use iae_domain::accounts::{Provider, SessionsEnd, Subject};
use iae_tests::{BASE_URL, Log, Persona, TestApp};

const SESSION: &str = "__Host-session";

/// SES-13: nobody keeps a session they were handed before signing in.
#[tokio::test]
async fn signing_in_opens_a_session_under_a_new_id() {
    let app = TestApp::new().await;
    let (one, other) = (app.browser(Persona::Employer).await, app.browser(Persona::Employer).await);
    assert!(one.cookie(SESSION).is_some());
    assert_ne!(one.cookie(SESSION), other.cookie(SESSION));
}

#[tokio::test]
async fn a_session_made_up_is_nobody() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    browser.set_cookie(SESSION, "AAAAAAAAAAAAAAAAAAAAAA");
    browser.get("/dashboard").await.is(303);
}

/// SES-13: it is Monday; a session that is used every day lives until an hour into the next one.
#[tokio::test]
async fn a_session_ends_an_hour_into_monday_however_much_it_is_used() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    let ends: chrono::DateTime<chrono::Utc> = "2026-05-10T23:00:00Z".parse().unwrap();
    while app.now() + TimeDelta::hours(8) < ends {
        app.advance(TimeDelta::hours(8));
        browser.get("/dashboard").await.is(200);
    }
    app.advance(ends - app.now() - TimeDelta::seconds(1));
    browser.get("/dashboard").await.is(200);
    app.advance(TimeDelta::seconds(1));
    browser.get("/dashboard").await.is(303);
}

#[tokio::test]
async fn a_session_nobody_uses_for_ten_hours_ends() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    for _ in 0..2 {
        app.advance(TimeDelta::hours(10) - TimeDelta::minutes(5));
        browser.get("/dashboard").await.is(200);
    }
    app.advance(TimeDelta::hours(10));
    browser.get("/dashboard").await.is(303);
    browser.get("/dashboard").await.is(303);
}

/// A new password at the provider: whoever knew the one before is out, here too.
#[tokio::test]
async fn every_session_of_a_person_ends_with_their_password() {
    let app = TestApp::new().await;
    sqlx::query("INSERT INTO identities VALUES ('IC', 'subject', $1, now())")
        .bind(Persona::Employer.user())
        .execute(app.db())
        .await
        .unwrap();
    let (one, two) = (app.browser(Persona::Employer).await, app.browser(Persona::Employer).await);
    let other = app.browser(Persona::Prescriber).await;
    let subject = |text| Subject::parse(text).unwrap();
    let ctx = Ctx::system(app.now());
    let end = async |of| {
        end_sessions(&app.app, &ctx, Provider::InclusionConnect, &subject(of), SessionsEnd::NewPassword)
            .await
            .unwrap()
    };
    assert_eq!(end("of-nobody").await, None);
    assert_eq!(end("subject").await, Some(2));
    one.get("/dashboard").await.is(303);
    two.get("/dashboard").await.is(303);
    other.get("/dashboard").await.is(200);
    assert_eq!(app.audit_trail().await, ["account.sessions_ended"]);
}

/// An operator no longer trusts an account, or none.
#[tokio::test]
async fn an_operator_ends_the_sessions_of_a_person_or_of_everyone() {
    let app = TestApp::new().await;
    let (one, two) = (app.browser(Persona::Employer).await, app.browser(Persona::Employer).await);
    let others = [app.browser(Persona::Prescriber).await, app.browser(Persona::Candidate).await];
    let ctx = Ctx::system(app.now());
    let email = |text: &str| iae_domain::text::Email::parse(text).unwrap();
    assert_eq!(end_sessions_of(&app.app, &ctx, &email("personne@exemple.fr")).await.unwrap(), None);
    let address = email(&Persona::Employer.email().to_uppercase());
    assert_eq!(end_sessions_of(&app.app, &ctx, &address).await.unwrap(), Some(2));
    for browser in [&one, &two] {
        browser.get("/dashboard").await.is(303);
    }
    for browser in &others {
        browser.get("/dashboard").await.is(200);
    }
    assert_eq!(end_every_session(&app.app, &ctx).await.unwrap(), 2);
    for browser in &others {
        browser.get("/dashboard").await.is(303);
    }
    assert_eq!(app.audit_trail().await, ["account.sessions_ended"; 3]);
}

/// SES-14.
#[tokio::test]
async fn what_a_signed_in_person_sees_is_kept_by_no_cache() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
}

/// SES-2.
#[tokio::test]
async fn a_member_whose_membership_ends_loses_access_on_their_next_request() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    browser.get("/dashboard").await.is(200);
    app.scenario().deactivate(Persona::Employer).await;
    let page = browser.get("/dashboard").await.is(403);
    assert!(!page.says("Les Jardins de la Seille"), "{page:?}");
}

/// USR-19.
#[tokio::test]
async fn a_person_whose_account_closes_is_signed_out_at_their_next_request() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    app.scenario().close_account(Persona::Employer).await;
    browser.get("/dashboard").await.is(303);
    let sessions: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(app.db()).await.unwrap();
    assert_eq!(sessions, 0, "the session is ended, not only refused");
}

/// SES-7.
#[tokio::test]
async fn a_professional_without_organisation_is_told_so() {
    let app = TestApp::new().await;
    for persona in [Persona::NoOrganisation, Persona::DeactivatedMember] {
        let page = app.browser(persona).await.get("/dashboard").await.is(403);
        assert!(page.says("organisation"), "{page:?}");
    }
}

#[tokio::test]
async fn a_form_posted_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    for headers in [
        [("sec-fetch-site", "cross-site"), ("origin", "https://exemple.fr")],
        [("sec-fetch-site", "same-site"), ("origin", "https://autre.parcours.test")],
    ] {
        let mut request = Request::post(format!("{BASE_URL}/logout"));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        browser.send(request.body(Body::empty()).unwrap()).await.is(403);
    }
    browser.get("/dashboard").await.is(200);
}

#[tokio::test]
async fn twenty_mebibytes_are_too_much() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::MultiOrganisation).await;
    let request = Request::post(format!("{BASE_URL}/organisation-switch"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("x".repeat(20 * 1024 * 1024)))
        .unwrap();
    let page = browser.send(request).await.is(413);
    assert!(!page.h1().is_empty(), "a page in French: {page:?}");
}

#[tokio::test]
async fn a_body_that_is_no_form_is_a_bad_request() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::MultiOrganisation).await;
    for (kind, body) in [
        ("application/json", "{}"),
        ("application/x-www-form-urlencoded", "organisation=not-an-id"),
        ("text/plain", ""),
    ] {
        let request = Request::post(format!("{BASE_URL}/organisation-switch"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let page = browser.send(request).await.is(400);
        assert!(!page.h1().is_empty(), "a page in French: {page:?}");
    }
}

#[tokio::test]
async fn an_address_that_names_nothing_has_its_page() {
    let app = TestApp::new().await;
    for address in ["/nothing-here", "/applications/not-an-id", "/applications/%00", "/login/unknown", "/%ff"]
    {
        let page = app.browser(Persona::Employer).await.get(address).await.is(404);
        assert!(page.says("page"), "{address}: {page:?}");
    }
    app.visitor().get("/nothing-here").await.is(404);
}

/// Pages, files, refusals of a right, of a form of another site and of a body too long.
#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::new().await;
    let address = app.listen().await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let ask = |method: &str, path: &str| {
        http.request(method.parse().unwrap(), format!("http://{address}{path}"))
            .header("host", "parcours.test")
    };
    let employer = app.browser(Persona::Employer).await.cookie_header("/");
    let style = app.visitor().get("/").await.attribute("link[rel=stylesheet]", "href").unwrap();
    let form = "application/x-www-form-urlencoded";
    for (request, status) in [
        (ask("GET", "/"), 200),
        (ask("GET", &style), 200),
        (ask("GET", "/dashboard"), 303),
        (ask("GET", "/dashboard").header("cookie", &employer), 200),
        (ask("GET", "/admin/emails").header("cookie", &employer), 403),
        (ask("GET", "/nothing-here"), 404),
        (ask("POST", "/dashboard").header("sec-fetch-site", "same-origin"), 405),
        (ask("POST", "/logout").header("sec-fetch-site", "cross-site"), 403),
        (
            ask("POST", "/organisation-switch")
                .header("cookie", &employer)
                .header("sec-fetch-site", "same-origin")
                .header("content-type", form)
                .body("x".repeat(2 * 1024 * 1024)),
            413,
        ),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{}", answer.url());
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("referrer-policy"), "same-origin");
        assert_eq!(header("strict-transport-security"), "max-age=31536000; includeSubDomains");
    }
}

/// V16.3.2 of ASVS: who asked for what is not theirs is known by their account, and by nothing else of them.
#[tokio::test]
async fn refusals_of_rights_are_logged_with_the_account() {
    let app = TestApp::new().await;
    let application = app.scenario().application().insert().await;
    let browser = app.browser(Persona::OtherEmployer).await;
    let log = Log::listen();
    browser.get(&format!("/applications/{application}")).await.is(404);
    browser.get("/admin/emails").await.is(403);
    browser.get("/nothing-here").await.is(404);
    browser.get("/dashboard").await.is(200);
    app.visitor().get(&format!("/applications/{application}")).await.is(303);
    let lines = log.lines_with("refused to an account");
    assert_eq!(lines.len(), 2, "{lines:?}");
    for (line, status, route) in
        [(&lines[0], 404, "/applications/{application}"), (&lines[1], 403, "/admin/emails")]
    {
        assert!(line.contains(&format!("account.id={}", Persona::OtherEmployer.user())), "{line}");
        assert!(line.contains(&format!("http.status={status}")), "{line}");
        assert!(line.contains("request.id=") && line.contains("route="), "{route}: {line}");
        for private in [&application.to_string(), Persona::OtherEmployer.email()] {
            assert!(!line.contains(private), "{line}");
        }
    }
}

/// What a login that begins now is about to write.
fn to_open(app: &TestApp) -> sessions::StoredSession {
    sessions::StoredSession {
        data: Vec::new(),
        user: Some(Persona::Prescriber.user()),
        organisation: None,
        expires_at: app.now() + TimeDelta::days(1),
        login_began_at: Some(app.now()),
        browser: None,
        impersonation: None,
        provider: None,
        provider_session: None,
    }
}

/// A session is written with the answer, after the login was: ended in between, it is none.
#[tokio::test]
async fn a_session_ended_before_it_is_written_is_not_written() {
    let app = TestApp::new().await;
    let session = to_open(&app);
    let address = iae_domain::text::Email::parse(Persona::Prescriber.email()).unwrap();
    end_sessions_of(&app.app, &Ctx::system(app.now()), &address).await.unwrap();
    app.advance(TimeDelta::seconds(1));
    for (id, session, opens) in [(&b"before"[..], session, false), (b"after", to_open(&app), true)] {
        let key = sessions::key(id);
        assert!(sessions::save(&app.app.db, &key, &session, app.now(), true).await.unwrap());
        assert_eq!(sessions::find(app.db(), &key, app.now()).await.unwrap().is_some(), opens);
    }
}

/// Signing out is one thing with its line in the trail: when one cannot be done, neither is, and the next click does both.
#[tokio::test]
async fn a_logout_that_cannot_be_recorded_ends_nothing() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get("/logout").await.is(200);
    let mut held = app.db().begin().await.unwrap();
    sqlx::query("LOCK TABLE audit_events IN SHARE MODE").execute(&mut *held).await.unwrap();
    page.form("main form").submit().await.is(503);
    held.rollback().await.unwrap();
    browser.get("/dashboard").await.is(200);
    page.form("main form").submit().await.is(303);
    browser.get("/dashboard").await.is(303);
    assert_eq!(app.audit_trail().await, ["account.logged_out"]);
}

/// A request in flight during a logout does not bring the session back when it saves its message.
#[tokio::test]
async fn a_session_that_ended_is_not_written_again() {
    let app = TestApp::new().await;
    let key = sessions::key(b"a session");
    let session = to_open(&app);
    assert!(sessions::save(app.db(), &key, &session, app.now(), true).await.unwrap());
    assert!(sessions::find(app.db(), &key, app.now()).await.unwrap().is_some());
    sessions::delete(app.db(), &key).await.unwrap();
    sessions::save(app.db(), &key, &session, app.now(), false).await.unwrap();
    assert!(sessions::find(app.db(), &key, app.now()).await.unwrap().is_none());
}
