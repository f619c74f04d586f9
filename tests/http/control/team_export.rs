//! The SIAE of a campaign as a file, for the team and for the DDETS (rule book 04 §1.21), as long as it is in view (§1.19).

use iae_domain::control::CampaignTurn;
use iae_domain::ids::ControlCampaignId;
use iae_tests::{Page, Persona, TestApp};
use uuid::Uuid;

use super::file::end_ago;
use super::{Drawn, drawn};

async fn of_team(app: &TestApp, campaign: ControlCampaignId, persona: Persona) -> Page {
    app.browser(persona).await.get(&format!("/control-campaigns/{campaign}?format=csv")).await
}

async fn of_ddets(app: &TestApp, drawn: &Drawn, format: &str) -> Page {
    let address = format!("/control-campaigns/{}/controls?format={format}", drawn.campaign);
    app.browser(Persona::Inspector).await.get(&address).await
}

async fn close(app: &TestApp, drawn: &Drawn) {
    for turn in [CampaignTurn::Adversarial, CampaignTurn::Close] {
        drawn.turn(app, CampaignTurn::Freeze).await.unwrap();
        drawn.turn(app, turn).await.unwrap();
    }
}

#[tokio::test]
async fn the_team_takes_the_siae_of_a_campaign_away() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let team = app.browser(Persona::Staff).await;
    let page = team.get(&format!("/control-campaigns/{}", drawn.campaign)).await.is(200);
    let values = page.click("Valeurs séparées (CSV)").await.is(200);
    let mut lines = values.html.lines();
    let header = lines.next().unwrap().trim_start_matches('\u{feff}');
    let columns = [
        "Campagne",
        "SIRET signature",
        "Type",
        "Nom",
        "Département",
        "Emails administrateurs",
        "Numéro de téléphone",
        "État du contrôle",
        "Phase du contrôle",
    ];
    assert!(header.starts_with(&columns.join(";")), "{header}");
    let siae = lines.next().unwrap();
    for told in ["ACI", "adele.thiry@jardins.exemple.fr", "PENDING", "Phase amiable"] {
        assert!(siae.contains(told), "{told}: {siae}");
    }
    assert_eq!(lines.count(), 0, "a line for each SIAE");
    assert!(page.click("Tableur (XLSX)").await.is(200).bytes.starts_with(b"PK"));
    for persona in [Persona::Inspector, Persona::Employer, Persona::Prescriber] {
        of_team(&app, drawn.campaign, persona).await.is(403);
    }
    of_team(&app, ControlCampaignId(Uuid::nil()), Persona::Staff).await.is(404);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_ddets_takes_nothing_of_a_campaign_that_is_out_of_view() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    close(&app, &drawn).await;
    end_ago(&app, drawn.campaign, 1_090).await;
    of_ddets(&app, &drawn, "csv").await.is(200);
    end_ago(&app, drawn.campaign, 10).await;
    of_ddets(&app, &drawn, "csv").await.is(404);
    of_team(&app, drawn.campaign, Persona::Staff).await.is(200);
    app.run_jobs().await;
}

/// A prepared file stays seven days, whatever happens meanwhile: not longer than its campaign is in view.
#[tokio::test]
async fn a_file_that_was_prepared_before_goes_out_of_view_too() {
    let app = TestApp::with(|app| app.config.rows_at_once = -1).await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    close(&app, &drawn).await;
    let export = of_ddets(&app, &drawn, "xlsx").await.is(303).location().unwrap();
    let team = app.browser(Persona::Staff).await;
    let asked = team.get(&format!("/control-campaigns/{}?format=xlsx", drawn.campaign)).await;
    let of_team = asked.is(303).location().unwrap();
    app.run_jobs().await;
    let agent = app.browser(Persona::Inspector).await;
    assert!(agent.get(&format!("{export}/file")).await.is(200).bytes.starts_with(b"PK"));
    end_ago(&app, drawn.campaign, 1_100).await;
    agent.get(&export).await.is(404);
    agent.get(&format!("{export}/file")).await.is(404);
    assert!(team.get(&format!("{of_team}/file")).await.is(200).bytes.starts_with(b"PK"));
    of_ddets(&app, &drawn, "xlsx").await.is(404);
}
