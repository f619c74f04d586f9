//! Two prescriber organisations become one (rule book 01 §13).

use iae_app::organisations::transfer::merge;
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::{OrganisationId, RequestId};
use iae_domain::organisations::PrescriberKind;
use iae_domain::organisations::merger::{MergerCommand, MergerRefused};
use iae_domain::organisations::transfer::{Category, PartyKind};
use iae_domain::staff::SupportRemark;
use iae_tests::{Form, Page, Persona, TestApp, world};

use super::transfer::{left_behind, totals};

/// The page, once this organisation is chosen to stay.
async fn read(app: &TestApp, source: OrganisationId, target: OrganisationId) -> Page {
    let address = format!("/admin/organisations/{source}/merger?target={target}");
    app.browser(Persona::Staff).await.get(&address).await
}

async fn form(app: &TestApp, source: OrganisationId, target: OrganisationId) -> Form {
    let page = read(app, source, target).await.is(200);
    page.form("#merger").fill("remark", "Le CCAS rejoint la mission locale au 1er mai.")
}

async fn set_status(app: &TestApp, organisation: OrganisationId, status: &str) {
    sqlx::query("UPDATE prescriber_organisations SET authorisation_status = $2 WHERE organisation_id = $1")
        .bind(organisation)
        .bind(status)
        .execute(app.db())
        .await
        .unwrap();
}

async fn status(app: &TestApp, organisation: OrganisationId) -> String {
    sqlx::query_scalar("SELECT authorisation_status FROM prescriber_organisations WHERE organisation_id = $1")
        .bind(organisation)
        .fetch_one(app.db())
        .await
        .unwrap()
}

async fn is_closed(app: &TestApp, organisation: OrganisationId) -> bool {
    sqlx::query_scalar("SELECT closed_at IS NOT NULL FROM organisations WHERE id = $1")
        .bind(organisation)
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// The story: nothing is lost, whoever was there is at home in the organisation that stays, old addresses lead there.
#[tokio::test]
async fn all_that_one_has_is_the_other_s() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let sent = app.scenario().application().by(Persona::OtherPrescriber).of(world::OTHER_CANDIDATE);
    let application = sent.insert().await;
    app.scenario().diagnosis().by(Persona::OtherPrescriber).of(world::OTHER_CANDIDATE).insert().await;
    app.scenario().membership(Persona::MultiOrganisation, world::CCAS).await;
    let (cecile, perrine) =
        (app.browser(Persona::OtherPrescriber).await, app.browser(Persona::PrescriberAdmin).await);
    perrine.get(&format!("/applications/{application}")).await.is(404);
    let before = totals(&app).await;

    let staff = app.browser(Persona::Staff).await;
    let start = format!("/admin/organisations/{}/merger", world::CCAS);
    let found = staff.get(&format!("{start}?q=mission+locale")).await.is(200);
    let chosen = found.click("Mission locale du pays messin").await.is(200);
    assert!(chosen.says("Mathieu ROTH"), "who is a member of both is told: {chosen:?}");
    let form = chosen.form("#merger").fill("remark", "Le CCAS rejoint la mission locale.");
    form.submit().await.is(303);

    assert_eq!(totals(&app).await, before, "nothing is lost, nothing is made");
    let kind = PartyKind::Prescriber(PrescriberKind::Ccas);
    let stays = left_behind(&app, world::CCAS, &Category::fitting(kind, kind)).await;
    assert_eq!(stays, [("memberships".to_owned(), 1)], "but the second membership of whoever was in both");
    let (is_admin, is_active): (bool, bool) =
        sqlx::query_as("SELECT is_admin, is_active FROM memberships WHERE organisation_id = $1")
            .bind(world::CCAS)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert!(!is_admin && !is_active);

    let home = cecile.get("/dashboard").await.is(200);
    assert!(home.says("Mission locale du pays messin") && !home.says("CCAS de Thionville"), "{home:?}");
    cecile.get(&format!("/applications/{application}")).await.is(200);
    perrine.get(&format!("/applications/{application}")).await.is(200);
    let card = app.visitor().get(&format!("/prescribers/{}", world::CCAS)).await.is(303);
    assert_eq!(card.location().as_deref(), Some(format!("/prescribers/{}", world::MISSION_LOCALE).as_str()));
    let told: Vec<String> =
        sqlx::query_scalar("SELECT recipient FROM emails WHERE kind = 'members_merged' ORDER BY recipient")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert_eq!(told, [Persona::OtherPrescriber.email(), Persona::PrescriberAdmin.email()]);
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT remark FROM organisation_transfers WHERE kind = 'merger'")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert_eq!(kept, ["Le CCAS rejoint la mission locale."], "STF-2");
    let trail = app.audit_trail().await;
    for event in ["organisation.merged_away", "organisation.absorbed"] {
        assert!(trail.iter().any(|line| line.contains(event)), "{event}: {trail:?}");
    }
}

/// The page of the organisation says how many members it has: whoever left is counted apart here, and follows all the same.
#[tokio::test]
async fn whoever_left_is_counted_apart() {
    let app = TestApp::new().await;
    app.scenario().membership(Persona::NoOrganisation, world::CCAS).await;
    let page = read(&app, world::CCAS, world::MISSION_LOCALE).await.is(200);
    assert!(!page.says("déjà partie"), "{page:?}");
    sqlx::query("UPDATE memberships SET is_active = false WHERE user_id = $1 AND organisation_id = $2")
        .bind(Persona::NoOrganisation.user())
        .bind(world::CCAS)
        .execute(app.db())
        .await
        .unwrap();
    let page = read(&app, world::CCAS, world::MISSION_LOCALE).await.is(200);
    assert!(page.says("à déplacer, 1 personne déjà partie"), "{page:?}");
}

/// PRE-7, D15: a right is never gained nor lost without being said.
#[tokio::test]
async fn whose_right_stays_is_said() {
    for (right, target, expected) in [
        ("target", "VALIDATED", "VALIDATED"),
        ("source", "VALIDATED", "NOT_SET"),
        ("source", "NOT_SET", "VALIDATED"),
    ] {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let source = if target == "VALIDATED" { "NOT_SET" } else { "VALIDATED" };
        set_status(&app, world::CCAS, source).await;
        set_status(&app, world::MISSION_LOCALE, target).await;
        let asked = form(&app, world::CCAS, world::MISSION_LOCALE).await;
        let refused = asked.submit().await.is(422);
        assert!(refused.error("right").is_some(), "{refused:?}");
        assert_eq!(
            refused.value("remark").as_deref(),
            asked.value("remark").as_deref(),
            "what was typed stays"
        );
        assert!(!is_closed(&app, world::CCAS).await, "nothing half done");
        refused.form("#merger").fill("right", right).submit().await.is(303);
        assert_eq!(status(&app, world::MISSION_LOCALE).await, expected, "{right} {target}");
        assert_ne!(status(&app, world::CCAS).await, "VALIDATED", "what is closed prescribes no more");
    }
}

#[tokio::test]
async fn what_may_not_be_merged_is_refused_in_words() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let same = read(&app, world::CCAS, world::CCAS).await.is(422);
    assert!(same.says("Choisissez une autre organisation"), "{same:?}");
    for (source, target) in [
        (world::ACI, world::MISSION_LOCALE),
        (world::CCAS, world::ACI),
        (world::CCAS, world::DDETS_57),
        (OrganisationId(uuid::Uuid::from_u128(9)), world::CCAS),
        (world::CCAS, OrganisationId(uuid::Uuid::from_u128(9))),
    ] {
        read(&app, source, target).await.is(404);
    }
    app.browser(Persona::Staff)
        .await
        .get(&format!("/admin/organisations/{}/merger?target=nothing", world::CCAS))
        .await
        .is(404);
    let blank =
        form(&app, world::CCAS, world::MISSION_LOCALE).await.fill("remark", "  ").submit().await.is(422);
    assert!(blank.error("remark").is_some(), "STF-2: {blank:?}");
    let long = "é".repeat(501);
    let long =
        form(&app, world::CCAS, world::MISSION_LOCALE).await.forge("remark", &long).submit().await.is(422);
    assert!(long.error("remark").is_some(), "STF-2: {long:?}");
    let forged = form(&app, world::CCAS, world::MISSION_LOCALE).await.forge("target", "x").submit().await;
    forged.is(422);
    assert!(!is_closed(&app, world::CCAS).await);
}

/// D32: a double submit merges once; the page says who did.
#[tokio::test]
async fn what_is_merged_is_not_merged_again() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = form(&app, world::CCAS, world::MISSION_LOCALE).await;
    form.submit().await.is(303);
    let again = form.submit().await.is(409);
    assert!(again.says("Sofia MARTIN a fusionné") && again.says("n’a pas été enregistré"), "{again:?}");
    let closed = read(&app, world::CCAS, world::ASSOCIATION).await.is(200);
    assert!(closed.says("déjà fusionnée"), "{closed:?}");
}

/// D32: what came between the preview and the confirmation is read first.
#[tokio::test]
async fn what_came_meanwhile_is_read_first() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = form(&app, world::CCAS, world::MISSION_LOCALE).await;
    let sent = app.scenario().application().by(Persona::OtherPrescriber).of(world::OTHER_CANDIDATE);
    sent.insert().await;
    let late = form.submit().await.is(409);
    assert!(late.says("a changé depuis que vous avez lu la page"), "{late:?}");
    assert!(!is_closed(&app, world::CCAS).await);
    let again = late.click("Relire ce qui serait déplacé").await.is(200);
    again.form("#merger").fill("remark", "Relu.").submit().await.is(303);
    assert!(is_closed(&app, world::CCAS).await);
}

/// Two members of the team at the same instant: one is told.
#[tokio::test]
async fn two_mergers_at_once_make_one() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let actor = StaffActor { user: world::STAFF, is_superuser: true, groups: vec![] };
    let ctx = Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None };
    let remark = SupportRemark::parse("Ensemble.").unwrap();
    let seen = form(&app, world::CCAS, world::MISSION_LOCALE).await.value("seen").unwrap();
    let asked = MergerCommand { target: world::MISSION_LOCALE, seen, right: None };
    let (one, two) = tokio::join!(
        merge(&app.app, &ctx, world::CCAS, (&asked, &remark)),
        merge(&app.app, &ctx, world::CCAS, (&asked, &remark)),
    );
    assert_ne!(one.is_ok(), two.is_ok(), "{one:?} {two:?}");
    let told = one.err().or(two.err());
    assert!(matches!(told, Some(Failure::Refused(MergerRefused::Overtaken))), "{told:?}");
}

/// STF-1.
#[tokio::test]
async fn whoever_has_not_the_right_merges_nothing() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = form(&app, world::CCAS, world::MISSION_LOCALE).await;
    super::transfer::reads_only(&app).await;
    read(&app, world::CCAS, world::MISSION_LOCALE).await.is(403);
    form.submit().await.is(403);
    assert!(!is_closed(&app, world::CCAS).await);
    let other = app.browser(Persona::PrescriberAdmin).await;
    other.get(&format!("/admin/organisations/{}/merger", world::CCAS)).await.is(403);
}

/// Whoever signs up with the SIRET of what was merged finds what it became (SGN-11).
#[tokio::test]
async fn the_siret_of_what_was_merged_leads_to_what_it_became() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    form(&app, world::CCAS, world::MISSION_LOCALE).await.submit().await.is(303);
    let siret = iae_domain::organisations::Siret::parse("26570067200016").unwrap();
    let found = iae_app::organisations::sign_up::queries::found(&app.app, &siret, "57").await;
    let found: Vec<_> = found.unwrap().into_iter().map(|one| (one.id, one.is_same_siret)).collect();
    assert_eq!(found, [(world::MISSION_LOCALE, true)]);
}

/// Whoever was writing for the organisation while it was merged is asked to try again: nothing is left with one that is closed.
#[tokio::test]
async fn what_comes_to_a_closed_organisation_is_refused() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    form(&app, world::CCAS, world::MISSION_LOCALE).await.submit().await.is(303);
    let written = sqlx::query(
        "INSERT INTO candidate_relations (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
         VALUES ($1, $2, $3, 'applied', $4, $4)",
    )
    .bind(world::OTHER_CANDIDATE)
    .bind(world::CCAS)
    .bind(Persona::OtherPrescriber.user())
    .bind(app.now())
    .execute(app.db())
    .await;
    let code = written.err().and_then(|error| Some(error.as_database_error()?.code()?.into_owned()));
    assert_eq!(code.as_deref(), Some("40001"), "what the use case answers « réessayez » to");
}
