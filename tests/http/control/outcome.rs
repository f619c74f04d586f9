//! What was decided of a negative result, as the DDETS and the SIAE read it, and when (rule book 04 §1.15, §1.19).

mod after_appeal;
mod grid;
mod in_view;
mod letter;
mod replaced;
mod told;
mod writing;

use chrono::NaiveDate;
use iae_app::control::controls::{self, Replacement};
use iae_domain::control::{CampaignTurn, Decided, DetailedSanctions, NegativeReason, Outcome, Withdrawal};
use iae_domain::french::period;
use iae_domain::ids::ControlDecisionId;
use iae_domain::text::Message;
use iae_domain::time::add_months;
use iae_tests::{Page, Persona, TestApp, letters};

use super::{Drawn, ddets, drawn};

/// Nothing was submitted, and the campaign is over: the result is negative.
pub(super) async fn refused(app: &TestApp) -> Drawn {
    ended(app, drawn(app).await).await
}

async fn ended(app: &TestApp, drawn: Drawn) -> Drawn {
    for turn in [CampaignTurn::Adversarial, CampaignTurn::Close] {
        drawn.turn(app, CampaignTurn::Freeze).await.unwrap();
        drawn.turn(app, turn).await.unwrap();
    }
    drawn
}

fn outcome(sanctions: DetailedSanctions) -> Outcome {
    let comment = Message::parse("Aucune attestation n’a été produite.").unwrap();
    Outcome { reason: NegativeReason::MissingProof, comment, sanctions }
}

/// E19.
fn leniency() -> Outcome {
    let leniency = Some(Message::parse("La structure est de bonne foi.").unwrap());
    outcome(DetailedSanctions { leniency, ..DetailedSanctions::default() })
}

fn days(app: &TestApp) -> (NaiveDate, NaiveDate) {
    (add_months(app.today(), 2), add_months(app.today(), 8))
}

/// A session, a withdrawal of six months, and forty percent of the subsidy of the first hire.
pub(super) fn sanctions(app: &TestApp, drawn: &Drawn) -> Outcome {
    let (from, to) = days(app);
    outcome(DetailedSanctions {
        training: Some(Message::parse("Le 12 janvier à 9 h.").unwrap()),
        withdrawal: Some(Withdrawal { from, to: Some(to) }),
        cuts: vec![(drawn.hires[0], 40)],
        leniency: None,
    })
}

pub(super) async fn decide(app: &TestApp, drawn: &Drawn, outcome: Outcome) {
    controls::decide(&app.app, &ddets(app).await, drawn.control, outcome).await.unwrap();
}

pub(super) async fn replace(app: &TestApp, drawn: &Drawn, why: &str, decided: Decided) {
    let in_force = "SELECT d.id FROM control_decisions d WHERE d.control_id = $1
                    AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = d.id)";
    let seen = ControlDecisionId(super::ids(app, in_force, drawn.control.0).await[0]);
    let replacement = Replacement { seen, why: Message::parse(why).unwrap(), decided };
    controls::replace(&app.app, &ddets(app).await, drawn.control, replacement).await.unwrap();
}

async fn page(app: &TestApp, persona: Persona, drawn: &Drawn) -> Page {
    app.browser(persona).await.get(&format!("/controls/{}/outcome", drawn.control)).await
}

async fn letter(app: &TestApp, persona: Persona, drawn: &Drawn) -> Page {
    app.browser(persona).await.get(&format!("/controls/{}/letter", drawn.control)).await
}

async fn numbers(app: &TestApp, drawn: &Drawn) -> Vec<String> {
    let of = "SELECT pass_number FROM control_hires WHERE control_id = $1 ORDER BY rank";
    sqlx::query_scalar(of).bind(drawn.control).fetch_all(app.db()).await.unwrap()
}

/// What is in force is replaced, a day before as the clock of its server says: the withdrawal ends on that day.
async fn shortened(app: &TestApp, drawn: &Drawn, to: NaiveDate) {
    let sql = "INSERT INTO control_decisions
             (id, control_id, replaces_id, replaced_why, reason, comment, withdrawn_days, decided_by, decided_at)
         SELECT gen_random_uuid(), d.control_id, d.id, 'Recours gracieux.', 'other', 'Le retrait est écourté.'
              , daterange($2 - 30, $2, '[]'), d.decided_by, d.decided_at - interval '1 day'
         FROM control_decisions d
         WHERE d.control_id = $1
           AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = d.id)";
    sqlx::query(sql).bind(drawn.control).bind(to).execute(app.db()).await.unwrap();
}

/// §1.19: « Décision de sanction | DDETS owner, the SIAE | notified », and nobody else.
#[tokio::test]
async fn the_decision_is_for_the_ddets_and_the_siae_once_it_is_notified() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    for persona in [Persona::Inspector, Persona::Employer, Persona::EmployerAdmin, Persona::Staff] {
        page(&app, persona, &drawn).await.is(404);
        letter(&app, persona, &drawn).await.is(404);
    }
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    for persona in Persona::ALL.iter().copied() {
        let reads = matches!(persona, Persona::Inspector | Persona::Employer | Persona::EmployerAdmin);
        let lacks_organisation = matches!(persona, Persona::NoOrganisation | Persona::DeactivatedMember);
        let status = match (reads, lacks_organisation) {
            (true, _) => 200,
            (false, true) => 403,
            (false, false) => 404,
        };
        page(&app, persona, &drawn).await.is(status);
    }
    app.visitor().get(&format!("/controls/{}/outcome", drawn.control)).await.is(303);
    app.run_jobs().await;
}

/// §1.15, « Sanction page »: what both sides see, what the DDETS alone sees.
#[tokio::test]
async fn the_ddets_reads_all_of_it_and_the_siae_what_is_decided() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    let (from, to) = days(&app);
    let ddets = page(&app, Persona::Inspector, &drawn).await.is(200);
    let siae = page(&app, Persona::Employer, &drawn).await.is(200);
    for page in [&ddets, &siae] {
        for said in [
            "Négatif",
            "Pièce justificative manquante",
            "Aucune attestation n’a été produite.",
            "Participation à une session de présentation de l’auto-prescription",
            "Retrait temporaire de la capacité d’auto-prescription",
            "Suppression partielle ou totale de l’aide au poste",
            "Par lettre recommandée avec accusé de réception",
            "R. 5132-1-12 à R. 5132-1-17",
            "recours gracieux",
            "ministre chargé de l’emploi",
            "tribunal administratif",
            "deux mois",
        ] {
            assert!(page.says(said), "{said}: {page:?}");
        }
        assert!(page.statements.len() <= 8, "{:?}", page.statements);
        assert!(page.links().contains(&"/sanction-grid".to_owned()));
    }
    let (numbers, shown) = (numbers(&app, &drawn).await, letters(&ddets.text()));
    assert!(numbers.iter().all(|number| shown.contains(number)), "{shown}");
    for said in [
        "Irrégularités constatées",
        "PASS IAE contrôlés : 2. PASS IAE irréguliers : 2.",
        "Documents non transmis",
        "40 %",
        "0 %",
        "Le 12 janvier à 9 h.",
        "Atelier et chantier d’insertion",
        "LES JARDINS DE LA SEILLE",
        &period(from, to),
    ] {
        assert!(ddets.says(said), "{said}: {ddets:?}");
    }
    // The contradictory phase began today, whatever day was planned.
    let deadline = iae_domain::french::date(add_months(app.today(), 5));
    assert!(ddets.says(&deadline), "D14: {deadline} {ddets:?}");
    assert_eq!(ddets.link("Modifier la décision"), format!("/controls/{}/appeal", drawn.control));
    for hidden in ["Irrégularités", "40 %", "Le 12 janvier à 9 h.", "Modifier la décision", "Télécharger"]
    {
        assert!(!siae.says(hidden), "{hidden}: it is in the letter: {siae:?}");
    }
    let shown = letters(&siae.text());
    assert!(numbers.iter().all(|number| !shown.contains(number)), "{shown}");
    assert!(siae.says("PASS IAE valide, ou un diagnostic d’éligibilité valide d’un prescripteur habilité"));
    app.run_jobs().await;
}

/// §1.15: « Transmis par e-mail le JJ/MM/AAAA »; what the mail says, the page says too, and there is no letter.
#[tokio::test]
async fn what_is_not_significant_is_notified_by_mail() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, leniency()).await;
    for persona in [Persona::Inspector, Persona::Employer] {
        let page = page(&app, persona, &drawn).await.is(200);
        let sent = format!("Transmis par e-mail le {}", app.today().format("%d/%m/%Y"));
        assert!(page.says(&sent) && page.says("La structure est de bonne foi."), "{page:?}");
        assert!(!page.links().iter().any(|link| link.ends_with("/letter")), "{page:?}");
    }
    letter(&app, Persona::Inspector, &drawn).await.is(404);
    app.run_jobs().await;
}
