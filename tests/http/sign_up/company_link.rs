//! The link that the official address of a company hands over (SGN-8, SGN-9, MEM-5; rule book 01 §17, trap 2).

use chrono::TimeDelta;
use iae_tests::{Page, Persona, TestApp, world};

use super::{link_of, role};

/// Asks for a link to the AI, where nobody is.
async fn asked(app: &TestApp, persona: Persona) -> Page {
    let browser = app.browser(persona).await;
    let page = browser.get(&format!("/sign-up/companies/{}", world::AI)).await.is(200);
    page.form("#link").submit().await
}

/// The same, and the link.
async fn link(app: &TestApp) -> String {
    asked(app, Persona::NoOrganisation).await.is(303);
    app.run_jobs().await;
    link_of(app, "sign_up_company_link").await
}

#[tokio::test]
async fn the_first_one_there_comes_by_the_official_address_and_administers() {
    let app = TestApp::new().await;
    let sent = asked(&app, Persona::NoOrganisation).await.is(303);
    assert_eq!(sent.follow().await.flash().as_deref(), Some("Le lien est parti"));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(
        mails.iter().map(|mail| mail.recipient.as_str()).collect::<Vec<_>>(),
        ["direction@exemple.fr"]
    );
    for words in
        ["Services Plus", "Association intermédiaire", "410\u{a0}123\u{a0}456\u{a0}00014", "ne faites rien"]
    {
        assert!(mails[0].text_body.contains(words), "§16, {words}: {mails:?}");
    }
    let link = link_of(&app, "sign_up_company_link").await;
    let browser = app.browser(Persona::NoOrganisation).await;
    let page = browser.get(&link).await.is(200);
    assert_eq!(
        role(&app, Persona::NoOrganisation, world::AI).await,
        None,
        "opening it does nothing (INV-10)"
    );
    let joined = page.form("#join").submit().await.is(303);
    let dashboard = joined.follow().await.is(200);
    assert_eq!(dashboard.flash().as_deref(), Some("Votre structure est inscrite"));
    assert!(dashboard.says("Services Plus"), "the session acts for it: {dashboard:?}");
    assert_eq!(role(&app, Persona::NoOrganisation, world::AI).await, Some(true));
    let trail = app.audit_trail().await;
    for action in ["organisation.link_used", "organisation.member_joined", "account.switched_organisation"] {
        assert_eq!(trail.iter().filter(|kept| *kept == action).count(), 1, "{action}: {trail:?}");
    }
    let told = app.run_jobs_and_mails().await;
    assert_eq!(
        told.iter().map(|mail| mail.recipient.as_str()).collect::<Vec<_>>(),
        ["nadia.petit@exemple.fr"]
    );
}

/// A member who left comes back by the link: their row is used again (MEM-3, trap 2).
#[tokio::test]
async fn a_former_member_comes_back_by_the_link() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().membership(Persona::NoOrganisation, world::AI).await;
    app.scenario().deactivate(Persona::NoOrganisation).await;
    let link = link(&app).await;
    let page = app.browser(Persona::NoOrganisation).await.get(&link).await.is(200);
    page.form("#join").submit().await.is(303);
    assert_eq!(role(&app, Persona::NoOrganisation, world::AI).await, Some(true));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_link_serves_whoever_holds_it_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let link = link(&app).await;
    let to = app.visitor().get(&link).await.is(303).location().unwrap();
    assert!(
        to.starts_with("/login?") && to.contains("company-links"),
        "who is not signed in comes back: {to}"
    );
    app.browser(Persona::Candidate).await.get(&link).await.is(403);
    let late = app.browser(Persona::Orienter).await.get(&link).await.is(200).form("#join");
    let page = app.browser(Persona::DeactivatedMember).await.get(&link).await.is(200);
    let form = page.form("#join");
    form.submit().await.is(303);
    let again = form.submit().await;
    assert_eq!(again.status.as_u16(), 409, "the form was made for no organisation (D5): {again:?}");
    let refused = late.submit().await.is(409);
    assert!(refused.says("Quelqu’un s’est déjà inscrit"), "{refused:?}");
    assert_eq!(role(&app, Persona::Orienter, world::AI).await, None);
    let read = app.browser(Persona::Orienter).await.get(&link).await.is(200);
    assert!(!read.has_form("#join") && read.says("Demander à la rejoindre"), "{read:?}");
    let own = app.browser(Persona::DeactivatedMember).await.get(&link).await.is(200);
    assert!(own.says("Vous faites déjà partie"), "{own:?}");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_link_dies_after_a_fortnight_with_its_company_and_without_its_word() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let link = link(&app).await;
    let browser = app.browser(Persona::NoOrganisation).await;
    let (path, _) = link.split_once('?').unwrap();
    browser.get(path).await.is(404);
    browser.get(&format!("{path}?token=un-autre-mot-que-le-sien")).await.is(404);
    let form = browser.get(&link).await.is(200).form("#join");
    form.clone().forge("token", "un-autre-mot-que-le-sien").submit().await.is(404);
    sqlx::query("UPDATE conventions SET is_active = false WHERE kind = 'AI'")
        .execute(app.db())
        .await
        .unwrap();
    let closed = form.submit().await.is(409);
    assert!(closed.says("n’est plus active"), "{closed:?}");
    sqlx::query("UPDATE conventions SET is_active = true WHERE kind = 'AI'").execute(app.db()).await.unwrap();
    app.advance(TimeDelta::days(14));
    let late = app.browser(Persona::NoOrganisation).await.get(&link).await.is(200);
    assert!(late.says("Ce lien ne sert plus") && late.says("Demander un autre lien"), "{late:?}");
    assert_eq!(role(&app, Persona::NoOrganisation, world::AI).await, None);
}

/// SGN-9: a second link does not bring back who left, nor anybody else, once somebody came.
#[tokio::test]
async fn a_link_dies_with_the_first_one_there_even_once_they_left() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let links = [link(&app).await, link(&app).await];
    let browser = app.browser(Persona::NoOrganisation).await;
    let late = app.browser(Persona::Orienter).await.get(&links[1]).await.is(200).form("#join");
    app.advance(TimeDelta::minutes(1));
    browser.get(&links[0]).await.is(200).form("#join").submit().await.is(303);
    app.scenario().deactivate(Persona::NoOrganisation).await;
    let refused = late.submit().await.is(409);
    assert!(refused.says("Ce lien ne sert plus") && refused.says("quelqu’un s’est inscrit"), "{refused:?}");
    for link in &links {
        let over = app.browser(Persona::NoOrganisation).await.get(link).await.is(200);
        assert!(!over.has_form("#join") && over.says("Demander un autre lien"), "{over:?}");
    }
    assert_eq!(role(&app, Persona::NoOrganisation, world::AI).await, None);
    assert_eq!(role(&app, Persona::Orienter, world::AI).await, None);
    app.run_jobs().await;
}

/// One account does not write to the official address of every company.
#[tokio::test]
async fn ten_links_a_day_are_enough_for_one_account() {
    let app = TestApp::new().await;
    app.ignore_mails();
    sqlx::query(
        "INSERT INTO sign_up_requests (id, organisation_id, user_id, asked_at, token, expires_at)
         SELECT gen_random_uuid(), $1, $2, $3, repeat('x', 20), $3 + interval '14 days' FROM generate_series(1, 10)",
    )
    .bind(world::EI)
    .bind(world::NO_ORGANISATION)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let refused = asked(&app, Persona::NoOrganisation).await.is(422);
    assert!(refused.says("10 liens depuis un jour"), "{refused:?}");
    asked(&app, Persona::Orienter).await.is(303);
    app.advance(TimeDelta::hours(25));
    asked(&app, Persona::NoOrganisation).await.is(303);
    app.run_jobs().await;
}

/// SGN-8 (DEC): a stranger does not fill the mailbox of a company.
#[tokio::test]
async fn three_links_an_hour_are_enough_for_a_company() {
    let app = TestApp::new().await;
    app.ignore_mails();
    for persona in [Persona::NoOrganisation, Persona::DeactivatedMember, Persona::Orienter] {
        asked(&app, persona).await.is(303);
    }
    let refused = asked(&app, Persona::NoOrganisation).await.is(422);
    assert!(refused.says("déjà partis vers cette adresse"), "{refused:?}");
    app.advance(TimeDelta::minutes(61));
    asked(&app, Persona::NoOrganisation).await.is(303);
    app.run_jobs().await;
    let sent: i64 = sqlx::query_scalar("SELECT count(*) FROM emails WHERE kind = 'sign_up_company_link'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(sent, 4);
}

/// MEM-5: of two who open their links at once, one administers, the other asks.
#[tokio::test]
async fn two_who_join_at_once_are_not_both_the_first() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let links = [link(&app).await, link(&app).await];
    let one = app.browser(Persona::NoOrganisation).await.get(&links[0]).await.is(200).form("#join");
    let other = app.browser(Persona::DeactivatedMember).await.get(&links[1]).await.is(200).form("#join");
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{one:?} {other:?}");
    let (members, admins): (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE is_admin) FROM memberships WHERE organisation_id = $1 AND is_active",
    )
    .bind(world::AI)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!((members, admins), (1, 1));
    app.run_jobs().await;
}

/// D32: the page that offered a link says who came since.
#[tokio::test]
async fn a_link_asked_where_somebody_came_since_is_a_request_to_them() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::NoOrganisation).await;
    let page = browser.get(&format!("/sign-up/companies/{}", world::AI)).await.is(200);
    app.scenario().membership(Persona::Orienter, world::AI).await;
    let meanwhile = page.form("#link").submit().await.is(409);
    assert!(meanwhile.says("Odile M."), "{meanwhile:?}");
    meanwhile.form("#join").submit().await.is(303);
    app.run_jobs().await;
}
