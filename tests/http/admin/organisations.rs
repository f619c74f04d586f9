//! The team finds organisations, reads them, and changes who acts for them (rule book 01 §13).

use iae_domain::ids::OrganisationId;
use iae_domain::staff::StaffGroup;
use iae_tests::{Form, Page, Persona, TestApp, world};

use super::users::only_in;

pub(super) const WHY: &str = "Demande de la DDETS, ticket 57.";

pub(super) async fn opened(app: &TestApp, id: OrganisationId, page: &str) -> Page {
    app.browser(Persona::Staff).await.get(&format!("/admin/organisations/{id}{page}")).await
}

async fn found(app: &TestApp, query: &str) -> Vec<String> {
    let page = app.browser(Persona::Staff).await.get(&format!("/admin/organisations?{query}")).await.is(200);
    page.all("tbody th")
}

async fn membership(app: &TestApp, persona: Persona, organisation: OrganisationId) -> uuid::Uuid {
    sqlx::query_scalar("SELECT id FROM memberships WHERE user_id = $1 AND organisation_id = $2")
        .bind(persona.user())
        .bind(organisation)
        .fetch_one(app.db())
        .await
        .unwrap()
}

async fn stands(app: &TestApp, persona: Persona, organisation: OrganisationId) -> (bool, bool) {
    sqlx::query_as("SELECT is_active, is_admin FROM memberships WHERE user_id = $1 AND organisation_id = $2")
        .bind(persona.user())
        .bind(organisation)
        .fetch_one(app.db())
        .await
        .unwrap()
}

#[tokio::test]
async fn an_organisation_is_found_by_name_and_by_each_of_its_numbers() {
    let app = TestApp::new().await;
    let has = |rows: Vec<String>, name: &str| rows.iter().any(|row| row.contains(name));
    let id = format!("q={}", world::ACI);
    for query in [
        "q=jardins",
        "q=Jardins%20seille",
        "q=38012345600011",
        "q=380%20123%20456",
        id.as_str(),
        "kind=company%3AACI",
        "family=company&department=57",
        "standing=active&kind=company%3AACI",
    ] {
        assert!(has(found(&app, query).await, "Les Jardins de la Seille"), "{query}");
    }
    for query in
        ["q=99999", "q=39012345600012", "family=institution", "standing=ended", "state=without_member"]
    {
        assert!(!has(found(&app, query).await, "Les Jardins de la Seille"), "{query}");
    }
    assert!(has(found(&app, "state=without_member").await, "Services Plus"));
    assert!(has(found(&app, "family=institution").await, "DDETS de la Moselle"));
    let csv = app.browser(Persona::Staff).await.get("/admin/organisations?family=company&format=csv").await;
    let csv = csv.is(200).text();
    assert!(csv.contains("Moselle"), "the view is taken away as it is");
    assert!(csv.contains("38012345600011"), "a file keeps the digits together: {csv}");
    let page = app.browser(Persona::Staff).await.get("/admin/organisations?q=jardins").await.is(200);
    assert!(page.says("380 123 456 00011"), "{page:?}");
}

/// CMP-5: by a number it has no more.
#[tokio::test]
async fn a_former_siret_still_finds_it() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE organisations SET siret = '38012345600029', updated_at = $2 WHERE id = $1")
        .bind(world::ACI)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    for siret in ["38012345600011", "38012345600029"] {
        let rows = found(&app, &format!("q={siret}")).await;
        assert!(rows.iter().any(|row| row.contains("Jardins")), "{siret}: {rows:?}");
    }
}

/// USR-15: what frees an address for another account is no part of what the person wrote.
#[tokio::test]
async fn the_address_of_a_closed_account_is_shown_as_it_was_written() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE users SET is_active = false, email = email || '_old' WHERE id = $1")
        .bind(world::EMPLOYER)
        .execute(app.db())
        .await
        .unwrap();
    let page = opened(&app, world::ACI, "").await.is(200);
    assert!(page.says(Persona::Employer.email()) && !page.says("_old"), "{page:?}");
}

#[tokio::test]
async fn its_page_says_what_it_is_and_who_is_there() {
    let app = TestApp::new().await;
    let page = opened(&app, world::ACI, "").await.is(200);
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
    for said in [
        "Les Jardins de la Seille",
        "Active",
        "Export ASP",
        "direction@exemple.fr",
        "Sa convention est en vigueur",
        "n° 5701",
        "Adèle THIRY",
        "David LANG",
        "N’en fait plus partie",
        "2 membres actifs, 1 administrateur",
    ] {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    let prescriber = opened(&app, world::MISSION_LOCALE, "").await.is(200);
    assert!(prescriber.says("Habilitation validée"));
    assert!(prescriber.links().contains(&format!("/admin/authorisations/{}", world::MISSION_LOCALE)));
    let institution = opened(&app, world::DDETS_57, "").await.is(200);
    assert!(institution.says("DDETS de la Moselle") && !institution.says("Convention"));
    assert!(opened(&app, world::AI, "").await.is(200).says("0 membre actif"));
}

/// STF-1.
#[tokio::test]
async fn each_right_opens_its_pages_and_no_other() {
    let app = TestApp::new().await;
    let member = membership(&app, Persona::Employer, world::ACI).await;
    let reads = ["/admin/organisations".to_owned(), format!("/admin/organisations/{}", world::ACI)];
    let of = |page: &str| format!("/admin/organisations/{}/{page}", world::ACI);
    let changes = [
        "/admin/organisations/new".to_owned(),
        of("edition"),
        of("convention"),
        of("visibility"),
        of("invitation"),
        format!("/admin/memberships/{member}/role"),
        format!("/admin/memberships/{member}/departure"),
    ];
    for persona in [Persona::EmployerAdmin, Persona::PrescriberAdmin, Persona::Inspector, Persona::Candidate]
    {
        let browser = app.browser(persona).await;
        for page in reads.iter().chain(&changes) {
            browser.get(page).await.is(403);
        }
    }
    let reader = only_in(&app, &[StaffGroup::AdminReadonly]).await;
    for page in &reads {
        let read = reader.get(page).await.is(200);
        assert!(!read.says("Créer une structure") && !read.says("Inviter un membre"), "{page}");
    }
    for page in &changes {
        reader.get(page).await.is(403);
        reader.post(page, &[("remark", WHY)]).await.is(403);
    }
    sqlx::query("DELETE FROM staff_groups").execute(app.db()).await.unwrap();
    only_in(&app, &[StaffGroup::Controls]).await.get("/admin/organisations").await.is(403);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let nobody = "01900000-0000-7000-8000-000000000000";
    for page in ["", "/edition", "/convention", "/visibility", "/invitation"] {
        staff.get(&format!("/admin/organisations/{nobody}{page}")).await.is(404);
        staff.get(&format!("/admin/organisations/12{page}")).await.is(404);
    }
    staff.get(&format!("/admin/memberships/{nobody}/role")).await.is(404);
    // A prescriber has no convention, nor is it hidden from the search of employers; a GEIQ needs no convention.
    opened(&app, world::CCAS, "/convention").await.is(404);
    opened(&app, world::CCAS, "/visibility").await.is(404);
    opened(&app, world::GEIQ, "/convention").await.is(404);
}

async fn role(app: &TestApp, persona: Persona) -> Form {
    let id = membership(app, persona, world::ACI).await;
    let page = app.browser(Persona::Staff).await.get(&format!("/admin/memberships/{id}/role")).await.is(200);
    page.form("#role").fill("remark", WHY)
}

/// MEM-8, MEM-9, STF-2.
#[tokio::test]
async fn the_team_names_an_administrator_and_takes_the_last_ones_role_away_knowingly() {
    let app = TestApp::new().await;
    let id = membership(&app, Persona::EmployerAdmin, world::ACI).await;
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/admin/memberships/{id}/role")).await.is(200);
    assert!(page.says("Personne d’autre n’administre"), "{}", page.text());
    let blank = page.form("#role").submit().await.is(422);
    assert!(blank.error("remark").is_some());
    let long = page.form("#role").fill("remark", &"a".repeat(501)).submit().await.is(422);
    assert!(long.error("remark").unwrap_or_default().contains("501"));
    assert_eq!(stands(&app, Persona::EmployerAdmin, world::ACI).await, (true, true), "nothing half done");

    role(&app, Persona::Employer).await.submit().await.is(303);
    assert_eq!(stands(&app, Persona::Employer, world::ACI).await, (true, true));
    let done = role(&app, Persona::EmployerAdmin).await.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("Rôle d’administrateur retiré"));
    assert!(done.says(WHY) && done.says("Administrateur retiré"), "STF-2: {}", done.text());
    assert_eq!(stands(&app, Persona::EmployerAdmin, world::ACI).await, (true, false));
    let trail = app.audit_trail().await;
    for action in ["organisation.member_promoted", "organisation.member_demoted"] {
        assert!(trail.contains(&action.to_owned()), "{trail:?}");
    }
    let mails = app.run_jobs_and_mails().await;
    for persona in [Persona::Employer, Persona::EmployerAdmin] {
        assert!(mails.iter().any(|mail| mail.recipient == persona.email()), "{mails:?}");
    }
}

/// D32: two of the team at once; the second is told who was faster, and nothing is done twice.
#[tokio::test]
async fn of_two_who_change_a_member_at_once_one_does() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (one, other) = (role(&app, Persona::Employer).await, role(&app, Persona::Employer).await);
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let late = if one.status == 409 { one } else { other };
    assert!(late.says("Sofia MARTIN") && late.says("n’a pas été enregistré"), "{}", late.text());
    assert!(!late.says("Rien de ce que vous venez de demander"), "said once: {}", late.text());
    let remarks: i64 =
        sqlx::query_scalar("SELECT count(*) FROM organisation_remarks").fetch_one(app.db()).await.unwrap();
    assert_eq!(remarks, 1);
}

/// MEM-7: what they held is handed to a colleague, and they are out at once.
#[tokio::test]
async fn the_team_lets_a_member_go() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE).insert().await;
    let id = membership(&app, Persona::Prescriber, world::MISSION_LOCALE).await;
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/admin/memberships/{id}/departure")).await.is(200);
    assert!(page.says("Candidatures envoyées"), "{}", page.text());
    let form = page.form("#departure").fill("remark", WHY);
    let refused = form.submit().await.is(422);
    assert!(refused.error("to_applications").is_some(), "{:?}", refused.errors());
    let colleague = Persona::PrescriberAdmin.user().to_string();
    let filled = form.names().into_iter().filter(|name| name.starts_with("to_")).map(ToOwned::to_owned);
    let filled =
        filled.collect::<Vec<_>>().into_iter().fold(form.clone(), |form, name| form.fill(&name, &colleague));
    filled.submit().await.is(303);
    assert_eq!(stands(&app, Persona::Prescriber, world::MISSION_LOCALE).await, (false, false));
    filled.submit().await.is(409);
    app.browser(Persona::Prescriber).await.get("/dashboard").await.is(403);
}

/// MEM-9: the team alone lets the last one go.
#[tokio::test]
async fn the_last_one_goes_and_the_page_says_what_that_means() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = membership(&app, Persona::OtherPrescriber, world::CCAS).await;
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/admin/memberships/{id}/departure")).await.is(200);
    assert!(page.says("Personne d’autre n’agit pour cette structure"), "{}", page.text());
    page.form("#departure").fill("remark", WHY).submit().await.is(303);
    assert_eq!(stands(&app, Persona::OtherPrescriber, world::CCAS).await, (false, false));
    staff.get(&format!("/admin/memberships/{id}/departure")).await.is(404);
}

/// INS-1, INV-6, MEM-3: the first one there is invited by the team, and administers.
#[tokio::test]
async fn the_team_invites_the_first_member() {
    let app = TestApp::new().await;
    let page = opened(&app, world::AI, "/invitation").await.is(200);
    assert!(page.says("elle administrera la structure"), "{}", page.text());
    let form =
        page.form("#invitation").fill("last_name", "Petit").fill("first_name", "Nadia").fill("remark", WHY);
    for (email, said) in [
        ("nadia", "n’est pas complète"),
        (Persona::Candidate.email(), "seul un professionnel"),
        (Persona::Staff.email(), "seul un professionnel"),
    ] {
        let refused = form.clone().fill("email", email).submit().await.is(422);
        assert!(refused.error("email").unwrap_or_default().contains(said), "{email}: {:?}", refused.errors());
        assert_eq!(refused.value("last_name").as_deref(), Some("Petit"), "typed values stay");
    }
    let form = form.fill("email", Persona::NoOrganisation.email());
    let done = form.submit().await.is(303).follow().await.is(200);
    assert!(
        done.says("Nadia PETIT") && done.says("/invitations/"),
        "its link may be copied: {}",
        done.text()
    );
    let again = form.submit().await.is(422);
    assert!(
        again.error("email").unwrap_or_default().contains("venez d’inviter"),
        "a double submit invites once"
    );
    let mails = app.run_jobs_and_mails().await;
    let invited = mails.iter().find(|mail| mail.recipient == Persona::NoOrganisation.email()).unwrap();
    assert!(invited.text_body.contains("de l’équipe de Parcours IAE"), "{}", invited.text_body);
    let link = invited.text_body.split_whitespace().find(|word| word.contains("/invitations/")).unwrap();
    app.ignore_mails();
    let landing = app.browser(Persona::NoOrganisation).await.get(link).await.is(200);
    landing.form("acceptance").submit().await.is(303);
    let joined = sqlx::query_as::<_, (bool, bool)>(
        "SELECT is_active, is_admin FROM memberships WHERE user_id = $1 AND organisation_id = $2",
    );
    let joined = joined.bind(world::NO_ORGANISATION).bind(world::AI).fetch_optional(app.db()).await.unwrap();
    assert_eq!(joined, Some((true, true)), "MEM-3");
}
