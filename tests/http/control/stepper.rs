//! The page of a campaign, for the team: what its stepper says comes next is what its box asks (rule book 04 §1.7, EXT 3).

use iae_domain::control::CampaignTurn;
use iae_domain::ids::ControlCampaignId;
use iae_tests::{Persona, TestApp, world};

use super::{frozen, hires, of_these_hires, open};

#[tokio::test]
async fn the_stepper_and_the_box_say_the_same_step() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let team = app.browser(Persona::Staff).await;
    let says = async |campaign: ControlCampaignId, rank: u8, following: &str, act: &str| {
        let page = team.get(&format!("/control-campaigns/{campaign}")).await.is(200);
        assert!(page.h1().contains(&format!("Étape {rank} sur 7")), "{act}: {}", page.h1());
        let details = page.text_of(".fr-stepper__details").unwrap_or_default();
        assert!(details.contains(following), "{act}: {details}");
        assert!(page.says(&format!("Prochaine étape : {act}")), "{act}: {}", page.text());
    };
    hires(&app).await;
    let opened = open(&app, &[world::DDETS_57], false).await.unwrap()[0];
    says(opened, 1, "Liste figée, empreinte publiée", "Figer la liste").await;
    let listed = frozen(&app).await;
    says(listed, 2, "Tirage au sort, début de la phase amiable", "Tirer au sort les structures").await;
    let drawn = of_these_hires(&app).await;
    let freeze = CampaignTurn::Freeze;
    says(drawn.campaign, 3, "Transmissions de la phase amiable bloquées", freeze.label()).await;
    drawn.turn(&app, freeze).await.unwrap();
    let turn = CampaignTurn::Adversarial;
    says(drawn.campaign, 4, "Début de la phase contradictoire", turn.label()).await;
    for turn in [turn, freeze] {
        drawn.turn(&app, turn).await.unwrap();
    }
    says(drawn.campaign, 6, "Clôture de la campagne", CampaignTurn::Close.label()).await;
    drawn.turn(&app, CampaignTurn::Close).await.unwrap();
    let over = team.get(&format!("/control-campaigns/{}", drawn.campaign)).await.is(200);
    assert!(over.h1().contains("Étape 7 sur 7") && !over.says("Étape suivante"), "{}", over.text());
    app.run_jobs().await;
}
