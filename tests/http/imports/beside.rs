//! The weekly flow and the antennas that companies add beside what the team does of the same structures: all hold what they change in one
//! order (docs/architecture.md), and none waits for another that waits for it.

use iae_app::Ctx;
use iae_domain::ids::OrganisationId;
use iae_tests::{Form, Persona, TestApp, world};

use super::{asked, import_as, number, world_files};

const ROUNDS: usize = 12;

/// A form of the staff area, filled, and read again: what is to be confirmed.
async fn to_confirm(
    app: &TestApp,
    of: OrganisationId,
    (page, form, step): (&str, &str, &str),
    typed: &[(&str, &str)],
) -> Form {
    let address = format!("/admin/organisations/{of}/{page}");
    let blank = app.browser(Persona::Staff).await.get(&address).await.is(200).form(form).press(step);
    let filled = typed.iter().fold(blank, |filled, (name, value)| filled.fill(name, value));
    let recap = filled.submit().await.is(200);
    let confirmation = if page == "edition" { "#confirmation" } else { form };
    recap.form(confirmation).press("confirm")
}

/// CMP-12; rule book 05, C13: each is done, or asked again because another was faster; nobody is told to come back later.
#[tokio::test]
async fn a_merger_an_edition_a_siret_and_the_flow_at_once_wait_for_each_other_in_one_order() {
    let mut files = world_files();
    files.structures = files.structures.replace("direction@exemple.fr", "accueil@exemple.fr");
    for _ in 0..ROUNDS {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let why = ("remark", "Traité de fusion reçu.");
        let merger = [("wanted", "39012345600012"), why];
        let merger =
            to_confirm(&app, world::ACI, ("succession/merger", "#merger-form", "read"), &merger).await;
        let edition = [("email", "accueil@renov.exemple.fr")];
        let edition = to_confirm(&app, world::EI, ("edition", "#organisation", "recap"), &edition).await;
        let siret = [("siret", "39012345600020"), why];
        let siret = to_confirm(&app, world::EI, ("succession/siret", "#siret-form", "read"), &siret).await;
        let (edition, system) = (edition.fill("remark", "Demande reçue."), Ctx::system(app.now()));
        let (merged, edited, moved, flowed) = tokio::join!(
            merger.submit(),
            edition.submit(),
            siret.submit(),
            import_as(&app, &system, &files, asked(app.today())),
        );
        flowed.unwrap();
        for page in [merged, edited, moved] {
            assert!(matches!(page.status.as_u16(), 303 | 409), "{page:?}");
        }
    }
}

/// CMP-8, CMP-19: the antenna is there before its company is merged, which then waits for it; or is not added to a company that is closed.
#[tokio::test]
async fn no_antenna_comes_to_a_structure_while_it_is_merged() {
    for _ in 0..ROUNDS {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let merger = [("wanted", "39012345600012"), ("remark", "Traité de fusion reçu.")];
        let merger =
            to_confirm(&app, world::ACI, ("succession/merger", "#merger-form", "read"), &merger).await;
        let admin = app.browser(Persona::EmployerAdmin).await;
        let antenna = admin.get("/organisation/antennas/new").await.is(200).form("#antenna");
        let antenna = antenna.fill("siret", "38012345600029").fill("legal_name", "Les Jardins de la Seille");
        let antenna = antenna.fill("name", "Les Jardins de Thionville");
        let antenna = antenna.fill("address_line_1", "2 rue du Port");
        let antenna = antenna.fill("post_code", "57100").fill("city", "thionville");
        let (merged, added) = tokio::join!(merger.submit(), antenna.submit());
        let antennas = number(&app, "SELECT count(*) FROM companies WHERE source = 'USER_CREATED'").await;
        let expected = if antennas == 1 { 422 } else { 303 };
        assert_eq!(merged.status.as_u16(), expected, "{antennas} antenna: {merged:?}");
        assert!(!added.status.is_server_error(), "{added:?}");
    }
}
