//! What was decided of a negative result, as the DDETS and the SIAE read it, and when (rule book 04 §1.15, §1.19).

mod after_appeal;

use chrono::{NaiveDate, TimeDelta};
use iae_app::control::controls::{self, Replacement};
use iae_domain::control::{
    CampaignTurn, Decided, Decision, DetailedSanctions, NegativeReason, Outcome, Withdrawal,
};
use iae_domain::french::period;
use iae_domain::ids::ControlDecisionId;
use iae_domain::text::Message;
use iae_domain::time::add_months;
use iae_tests::{Heard, Page, Persona, TestApp, letters};

use super::file::end_ago;
use super::{Drawn, age, ddets, drawn, of_these_hires, siae};

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

/// The letter is a PDF that is heard, for the DDETS alone; it names no person.
#[tokio::test]
async fn the_letter_says_the_decision_and_names_nobody() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    for persona in [Persona::Employer, Persona::EmployerAdmin, Persona::OtherInspector, Persona::Staff] {
        letter(&app, persona, &drawn).await.is(404);
    }
    app.visitor().get(&format!("/controls/{}/letter", drawn.control)).await.is(303);
    let shown = page(&app, Persona::Inspector, &drawn).await.is(200);
    let pdf = shown.click("Télécharger la lettre").await.is(200);
    let header = |name: &str| pdf.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    let named = format!("attachment; filename=\"decision-controle-38012345600011-{}.pdf\"", app.today());
    assert_eq!(header("content-disposition"), named);
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    assert!(pdf.statements.len() <= 8, "{:?}", pdf.statements);
    let document = Heard::of(&pdf);
    assert_eq!(document.texts("H1").len(), 1);
    let numbers = numbers(&app, &drawn).await;
    assert_eq!(document.texts("TH")[..2], ["PASS IAE irrégulier", "Ce qui est constaté"]);
    let cells: Vec<String> = document.texts("TD").iter().map(|cell| letters(cell)).collect();
    assert!(cells.contains(&numbers[0]) && cells.contains(&"40%".to_owned()), "{cells:?}");
    let (from, to) = days(&app);
    let heard = document.letters();
    for said in [
        "Lettre recommandée avec accusé de réception",
        "LES JARDINS DE LA SEILLE",
        "SIRET 380 123 456 00011",
        "PASS IAE contrôlés : 2. PASS IAE irréguliers : 2.",
        "Motif principal du résultat négatif : Pièce justificative manquante.",
        "Aucune attestation n’a été produite.",
        "Le 12 janvier à 9 h.",
        &format!("Retrait temporaire de la capacité d’auto-prescription, {}", period(from, to)),
        "articles L. 5132-3 et R. 5132-1-12 à R. 5132-1-17",
        "recours gracieux",
        "recours hiérarchique",
        "tribunal administratif",
        "Signature et cachet",
    ] {
        assert!(heard.contains(&letters(said)), "{said}: {heard}");
    }
    for person in ["BENALI", "COLIN", "Amel", "Bruno"] {
        assert!(!heard.contains(person), "{person}: {heard}");
    }
    app.run_jobs().await;
}

/// A decision is never lost: what took its place says why, and what an annulment means.
#[tokio::test]
async fn former_decisions_are_kept_with_why_they_were_replaced() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, leniency()).await;
    let corrected = Decided::Outcome(sanctions(&app, &drawn));
    replace(&app, &drawn, "La bonne foi est démentie.", corrected).await;
    let heard = Heard::of(&letter(&app, Persona::Inspector, &drawn).await.is(200)).letters();
    let today = iae_domain::french::date(app.today());
    let why = letters(&format!("Cette décision remplace celle du {today}, après un recours"));
    assert!(heard.contains(&why) && heard.contains(&letters("La bonne foi est démentie.")), "{heard}");
    replace(&app, &drawn, "Le recours hiérarchique est fondé.", Decided::Annulled).await;
    letter(&app, Persona::Inspector, &drawn).await.is(404);
    for persona in [Persona::Inspector, Persona::Employer] {
        let page = page(&app, persona, &drawn).await.is(200);
        let former = page.all(".history__event");
        assert_eq!(former.len(), 2, "the latest first: {former:?}");
        assert!(former[0].contains("Retrait temporaire") && former[0].contains("recours hiérarchique"));
        assert!(former[0].contains("Annulée le") && former[0].contains("Pourquoi elle a été annulée"));
        assert!(former[1].contains("Remplacée le") && !page.says("Part de l’aide supprimée"), "{former:?}");
        assert!(former[1].contains("Ne pas sanctionner") && former[1].contains("La bonne foi est démentie."));
        for said in
            ["Décision annulée", "aucune sanction ne s’applique plus", "Le recours hiérarchique est fondé."]
        {
            assert!(page.says(said), "{said}: {page:?}");
        }
    }
    let by = page(&app, Persona::Inspector, &drawn).await.says("par Inès FABER");
    assert!(
        by && !page(&app, Persona::Employer, &drawn).await.says("FABER"),
        "agents are named to their own"
    );
    app.run_jobs().await;
}

/// ADR 35: the decision in force is the one nobody replaced, were it made before the one it takes the place of, as clocks say.
#[tokio::test]
async fn the_decision_in_force_is_the_one_nobody_replaced() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    let ended = app.today() - TimeDelta::days(1);
    shortened(&app, &drawn, ended).await;
    for persona in [Persona::Inspector, Persona::Employer] {
        let page = page(&app, persona, &drawn).await.is(200);
        assert!(page.says("Le retrait est écourté."), "{page:?}");
        assert_eq!(page.all(".history__event").len(), 1, "{page:?}");
    }
    let agent = app.browser(Persona::Inspector).await;
    let form = agent.get(&format!("/controls/{}/appeal", drawn.control)).await.is(200).form("#appeal");
    assert_eq!(form.value("withdrawn_to"), Some(ended.to_string()), "what is replaced next");
    replace(&app, &drawn, "Le recours est fondé.", Decided::Annulled).await;
    assert!(page(&app, Persona::Employer, &drawn).await.is(200).says("Décision annulée"));
    app.run_jobs().await;
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

/// §1.16, §1.19: three years after its end a campaign goes out of view; what still applies is read by both sides, as long as it does.
#[tokio::test]
async fn a_withdrawal_that_is_not_over_keeps_its_decision_in_view() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    let withdrawal = Some(Withdrawal { from: days(&app).0, to: None });
    decide(&app, &drawn, outcome(DetailedSanctions { withdrawal, ..DetailedSanctions::default() })).await;
    end_ago(&app, drawn.campaign, 1_100).await;
    let are_in_view = async |is_in_view: bool, why: &str| {
        for (persona, pages) in [
            (Persona::Inspector, &["/outcome", "/letter", "/appeal", "/review", "/file"][..]),
            (Persona::Employer, &["/outcome", "", "/file"][..]),
        ] {
            let browser = app.browser(persona).await;
            for page in pages {
                let address = format!("/controls/{}{page}", drawn.control);
                let status = browser.get(&address).await.status.as_u16();
                assert_eq!(status, if is_in_view { 200 } else { 404 }, "{why}: {persona:?} {page}");
            }
        }
        let list = format!("/control-campaigns/{}/controls", drawn.campaign);
        app.browser(Persona::Inspector).await.get(&list).await.is(404);
    };
    are_in_view(true, "a permanent one").await;
    let page = page(&app, Persona::Employer, &drawn).await.is(200);
    assert!(page.says("Retrait définitif"), "{page:?}");
    shortened(&app, &drawn, app.today()).await;
    are_in_view(true, "its last day").await;
    shortened(&app, &drawn, app.today() - TimeDelta::days(1)).await;
    are_in_view(false, "it is over").await;
    app.run_jobs().await;
}

/// §1.15, « History »: the other controls of the SIAE, with their result and what was decided; none says so.
#[tokio::test]
async fn the_ddets_reads_the_other_controls_of_the_siae() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let first = refused(&app).await;
    let inspector = app.browser(Persona::Inspector).await;
    let review = async |drawn: &Drawn| {
        let page = inspector.get(&format!("/controls/{}/review", drawn.control)).await.is(200);
        assert!(page.statements.len() <= 8, "{:?}", page.statements);
        page
    };
    assert!(review(&first).await.says("Pas de données historisées"));
    let second = of_these_hires(&app).await;
    assert!(review(&second).await.says("décision pas encore notifiée"));
    assert!(!review(&first).await.says("1 autre contrôle"), "what runs and was told to nobody is no history");
    decide(&app, &first, leniency()).await;
    let page = review(&second).await;
    assert!(page.says("Négatif") && page.says("Ne pas sanctionner"), "{page:?}");
    assert_eq!(page.link("Lire cette décision"), format!("/controls/{}/outcome", first.control));
    let decided = review(&first).await;
    assert_eq!(decided.link("Lire la décision"), format!("/controls/{}/outcome", first.control));
    app.run_jobs().await;
}

/// §1.11: nothing of a final validation is told before the close; §1.15: a decision notified before it tells the result.
#[tokio::test]
async fn a_result_is_told_by_the_decision_and_not_before() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    drawn.review(&app, Decision::Refuse).await;
    controls::validate(&app.app, &ddets(&app).await, drawn.control, None).await.unwrap();
    age(&app, drawn.campaign, 81).await;
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    app.advance(TimeDelta::minutes(1));
    drawn.give_all(&app).await;
    controls::submit(&app.app, &siae(&app).await, drawn.control, None).await.unwrap();
    drawn.review(&app, Decision::Refuse).await;
    controls::validate(&app.app, &ddets(&app).await, drawn.control, None).await.unwrap();
    let employer = app.browser(Persona::Employer).await;
    let address = format!("/controls/{}", drawn.control);
    for told in [employer.get("/dashboard").await.is(200), employer.get(&address).await.is(200)] {
        assert!(!told.says("égatif") && !told.says("Lire la décision"), "{told:?}");
    }
    page(&app, Persona::Employer, &drawn).await.is(404);
    decide(&app, &drawn, leniency()).await;
    page(&app, Persona::Employer, &drawn).await.is(200);
    let told = employer.get(&address).await.is(200);
    assert_eq!(told.link("Lire la décision"), format!("{address}/outcome"));
    let closed = employer.get(&format!("{address}/submission")).await.is(403);
    assert_eq!(closed.link("Lire la décision"), format!("{address}/outcome"));
    app.run_jobs().await;
}

/// What comes next is said at each moment; EXT 9: the history of the SIAE stays, whatever else runs.
#[tokio::test]
async fn each_side_is_told_what_comes_next() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    let (employer, inspector) = (app.browser(Persona::Employer).await, app.browser(Persona::Inspector).await);
    let address = format!("/controls/{}", drawn.control);
    let home = employer.get("/dashboard").await.is(200);
    assert!(home.says("Historique") && home.says("La DDETS doit vous notifier sa décision"), "{home:?}");
    let waiting = employer.get(&address).await.is(200);
    assert!(waiting.says("vos observations, écrites ou, si vous le demandez, orales"), "{waiting:?}");
    assert!(waiting.links().contains(&"/sanction-grid".to_owned()));
    assert!(inspector.get("/dashboard").await.says("1 décision à notifier"));
    decide(&app, &drawn, leniency()).await;
    let home = employer.get("/dashboard").await.is(200);
    assert_eq!(home.link("Lire la décision"), format!("{address}/outcome"));
    let home = inspector.get("/dashboard").await.is(200);
    assert!(!home.says("à notifier") && home.says("Campagne clôturée"), "{home:?}");
    app.run_jobs().await;
}

/// §1.15, « Indicative grid »: public, a table that is heard, with what its signs mean.
#[tokio::test]
async fn the_grid_is_for_everyone() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/sanction-grid").await.is(200);
    assert_eq!(page.all("thead th[scope=col]").len(), 4);
    assert_eq!(page.all("tbody th[scope=row]").len(), 4);
    assert_eq!(page.all("tbody td").len(), 12);
    for said in [
        "depuis 2023",
        "T est le taux d’erreur",
        "T < 40 %",
        "40 % ≤ T < 80 %",
        "T ≥ 80 %",
        "(*) Le déconventionnement n’est possible que si d’autres manquements",
        "obligatoire dès qu’une irrégularité est constatée",
    ] {
        assert!(page.says(said), "{said}: {page:?}");
    }
    app.browser(Persona::Candidate).await.get("/sanction-grid").await.is(200);
}
