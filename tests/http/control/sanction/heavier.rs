//! A correction that aggravates what was contested is read before it is confirmed (rule book 04 §1.15; ADR 35).

use iae_app::control::controls;
use iae_domain::control::{DetailedSanctions, Withdrawal};
use iae_domain::time::{add_days, add_months};
use iae_tests::{Page, Persona, TestApp};

use super::super::{Drawn, ddets, hires};
use super::appeal::appeal;
use super::{kept, negative, outcome};

const HEAVIER: &str = "Cette décision est plus lourde que celle qui est contestée";

/// The recap of a correction that chooses these sanctions besides, and changes these fields.
async fn recap(app: &TestApp, drawn: &Drawn, chosen: &[&str], changed: &[(&str, &str)]) -> Page {
    let agent = app.browser(Persona::Inspector).await;
    let form = agent.get(&appeal(drawn)).await.is(200).form("#appeal");
    let form = form.check("act", "correct").fill("why", "Recours gracieux du 2 mai.").press("act");
    let form = form.submit().await.is(200).form("#appeal").press("decision");
    let form = chosen.iter().fold(form, |form, one| form.check("sanctions", one));
    let form = changed.iter().fold(form, |form, (name, value)| form.fill(name, value));
    form.submit().await.is(200)
}

#[tokio::test]
async fn what_becomes_heavier_is_said_and_not_blocked() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let drawn = negative(&app).await;
    let (from, to) = (add_months(app.today(), 1), add_months(app.today(), 7));
    let decided = outcome(DetailedSanctions {
        withdrawal: Some(Withdrawal { from, to: Some(to) }),
        cuts: vec![(drawn.hires[0], 40)],
        ..DetailedSanctions::default()
    });
    controls::decide(&app.app, &ddets(&app).await, drawn.control, decided).await.unwrap();

    let shorter = add_months(app.today(), 3).to_string();
    let lighter = recap(&app, &drawn, &[], &[("withdrawn_to", &shorter), ("cut_1", "10")]).await;
    assert!(!lighter.says(HEAVIER), "{}", lighter.text());

    let longer = add_days(to, 1).to_string();
    let changed = [("withdrawn_to", longer.as_str()), ("cut_1", "41"), ("training", "Le 4 mars à Metz.")];
    let heavier = recap(&app, &drawn, &["training"], &changed).await;
    for said in [
        HEAVIER,
        "Participation à une session de présentation de l’auto-prescription : cette sanction n’était pas décidée.",
        "Retrait de la capacité d’auto-prescription, plus long : du 4 juin au 5 décembre 2026. Il était notifié du 4 juin au 4 \
         décembre 2026.",
        "41 % supprimés, au lieu de 40 %.",
    ] {
        assert!(heavier.says(said), "{said}: {}", heavier.text());
    }
    heavier.form("#appeal").press("confirm").submit().await.is(303);
    assert_eq!(kept(&app).await, (2, 1), "nothing is blocked");
    app.run_jobs().await;
}
