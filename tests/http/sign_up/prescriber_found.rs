//! A prescriber organisation that is there already is joined, not signed up twice (SGN-11, SGN-12, SGN-15).

use iae_tests::{Persona, TestApp, world};

use super::{NEW_SIRET, link_of, organisations, role, searched, with_address};

/// The SIRET of the mission locale, and another of the same legal unit.
const SAME: &str = "42012345600015";
const SISTER: &str = "42012345600023";

#[tokio::test]
async fn an_organisation_of_the_same_siret_is_shown_first_and_asked_to_invite() {
    let app = TestApp::new().await;
    let page = searched(&app, Persona::NoOrganisation, SAME, "57").await.is(200);
    assert!(page.says("Mission locale du pays messin") && page.says("Perrine W."), "SGN-12: {page:?}");
    assert!(!page.says("WEBER"), "no more than a first name and an initial: {page:?}");
    let asked = page.form("join-request").submit().await.is(303);
    assert_eq!(asked.follow().await.flash().as_deref(), Some("La demande est partie"));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::PrescriberAdmin.email(), "SGN-11: the first administrator");
    let link = link_of(&app, "sign_up_join_asked").await;
    let invited = app.browser(Persona::Prescriber).await.get(&link).await.is(200);
    assert_eq!(invited.value("last_name").as_deref(), Some("Petit"));
    assert_eq!(role(&app, Persona::NoOrganisation, world::MISSION_LOCALE).await, None);
    let again = page.form("join-request").submit().await.is(409);
    assert!(again.says("déjà demandé le 4 mai 2026 à 11 h 00"), "SGN-15: {again:?}");
}

/// SGN-11: of the legal unit, those of the département where somebody is.
#[tokio::test]
async fn a_sister_organisation_is_shown_in_its_departement_when_somebody_is_there() {
    let app = TestApp::new().await;
    let near = searched(&app, Persona::NoOrganisation, SISTER, "57").await.is(200);
    assert!(near.says("Ces organisations sont déjà inscrites") && near.has_form("join-request"), "{near:?}");
    let far = searched(&app, Persona::NoOrganisation, SISTER, "54").await.is(200);
    assert!(!far.has_form("join-request") && far.says("Type d’organisation"), "{far:?}");
    for persona in [Persona::PrescriberAdmin, Persona::Prescriber, Persona::MultiOrganisation] {
        app.scenario().deactivate(persona).await;
    }
    let empty = searched(&app, Persona::NoOrganisation, SISTER, "57").await.is(200);
    assert!(!empty.has_form("join-request"), "{empty:?}");
}

/// SGN-15 (DEC): a request goes to what a search of one's own shows, and to nothing else.
#[tokio::test]
async fn what_the_search_does_not_show_is_not_asked() {
    let app = TestApp::new().await;
    let page = searched(&app, Persona::NoOrganisation, SAME, "57").await.is(200);
    let form = page.form("join-request");
    for other in [world::CCAS, world::ACI, world::DDETS_57] {
        form.clone().forge("organisation", &other.to_string()).submit().await.is(404);
    }
    form.clone().forge("organisation", "personne").submit().await.is(404);
    form.clone().forge("siret", NEW_SIRET).submit().await.is(404);
    form.forge("siret", SISTER).forge("department", "54").submit().await.is(404);
}

/// Nobody acts for it any more: the team is asked.
#[tokio::test]
async fn where_nobody_is_left_the_team_is_asked() {
    let app = TestApp::new().await;
    app.scenario().deactivate(Persona::OtherPrescriber).await;
    let page = searched(&app, Persona::NoOrganisation, "26570067200016", "57").await.is(200);
    assert!(page.says("CCAS de Thionville") && page.says("Personne n’y est inscrit"), "{page:?}");
    page.form("join-request").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(
        mails.iter().map(|mail| mail.recipient.as_str()).collect::<Vec<_>>(),
        ["equipe@parcours.exemple.fr"]
    );
}

/// SGN-12: the same SIRET may have several kinds, each once.
#[tokio::test]
async fn the_same_siret_and_kind_is_named_and_another_kind_is_signed_up() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let page = searched(&app, Persona::NoOrganisation, SAME, "57").await.is(200);
    let kind = page.form("prescriber").press("found").submit().await.is(200);
    let taken = kind.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(422);
    assert!(taken.error("kind").is_some() && taken.says("Mission locale du pays messin"), "{taken:?}");
    assert!(taken.says("Perrine W.") && taken.has_form("join-request"), "{taken:?}");
    let address = taken.form("prescriber").fill("kind", "PLIE").press("kind").submit().await.is(200);
    let form = with_address(address.form("prescriber"), "PLIE du pays messin").press("address");
    form.submit().await.is(200).form("prescriber").press("confirm").submit().await.is(303);
    let kinds: Vec<String> = organisations(&app, SAME).await.into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, ["ML", "PLIE"]);
    app.run_jobs().await;
}

/// Two who sign up the same at once: one does, the other is offered to join.
#[tokio::test]
async fn of_two_who_sign_up_the_same_at_once_one_does_and_the_other_asks() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let mut recaps = Vec::new();
    for persona in [Persona::NoOrganisation, Persona::DeactivatedMember] {
        let page = searched(&app, persona, NEW_SIRET, "57").await.is(200);
        let page = page.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(200);
        let form = with_address(page.form("prescriber"), "Mission locale du Saulnois").press("address");
        recaps.push(form.submit().await.is(200).form("prescriber").press("confirm"));
    }
    let (one, other) = tokio::join!(recaps[0].submit(), recaps[1].submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    // Whoever comes while the first writes is told at the writing (409); a moment later, at the reading (422).
    assert!([[303, 409], [303, 422]].contains(&statuses), "{one:?} {other:?}");
    let late = if one.status.as_u16() == 303 { other } else { one };
    assert!(late.says("Mission locale du Saulnois"), "{late:?}");
    late.form("join-request").submit().await.is(303);
    let found = organisations(&app, NEW_SIRET).await;
    assert_eq!(found.len(), 1);
    let members: i64 = sqlx::query_scalar("SELECT count(*) FROM memberships WHERE organisation_id = $1")
        .bind(found[0].0)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(members, 1, "nothing is half written");
    app.run_jobs().await;
}
