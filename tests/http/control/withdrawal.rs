//! What a withdrawal of the right to prescribe to oneself does everywhere (rule book 04 §1.16, 03 §2.13, 02 SUB-4, PRO-1, ACC-5, HIR-4).

mod own;
mod told;

use chrono::{NaiveDate, TimeDelta};
use iae_app::Failure;
use iae_app::applications::{Hire, HireRefused, accept};
use iae_domain::applications::AcceptRefused;
use iae_domain::eligibility::{Criteria, Criterion, DiagnosisRefused};
use iae_domain::ids::{ApplicationId, CandidateId, ControlDecisionId, ControlId};
use iae_tests::{Browser, Page, Persona, TestApp, world};

use super::{drawn, siae};
use crate::applications::race::{NEW, application, contract, person};

/// What a DDETS decides, in days from today.
#[derive(Debug, Clone, Copy)]
enum Decided {
    /// A withdrawal from the first day to the last; without a last one, for good.
    Withdrawn(i64, Option<i64>),
    /// A session of training, and a cut of the subsidy.
    Others,
    /// A decision before is annulled.
    Annulled,
}

impl Decided {
    fn days(self, app: &TestApp) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let day = |days| app.today() + TimeDelta::days(days);
        match self {
            Self::Withdrawn(from, to) => (Some(day(from)), to.map(day)),
            Self::Others | Self::Annulled => (None, None),
        }
    }
}

/// The DDETS decides of the control, in the place of what it decided before.
async fn decide(app: &TestApp, control: ControlId, decided: Decided) {
    let (from, to) = decided.days(app);
    let is_annulment = matches!(decided, Decided::Annulled);
    sqlx::query(
        "INSERT INTO control_decisions
             (id, control_id, replaces_id, replaced_why, is_annulment, reason, comment, training, withdrawn_days,
              cuts_subsidy, decided_by, decided_at)
         SELECT $1, $2, former.id, CASE WHEN former.id IS NOT NULL THEN 'Recours gracieux' END, $3,
                CASE WHEN NOT $3 THEN 'missing_proof' END, CASE WHEN NOT $3 THEN 'Rien n’a été transmis.' END,
                CASE WHEN NOT $3 AND $4::date IS NULL THEN 'Une demi-journée.' END,
                CASE WHEN $4::date IS NOT NULL THEN daterange($4, $5, '[]') END, NOT $3 AND $4::date IS NULL, $6, $7
         FROM (VALUES (1)) AS one
         LEFT JOIN (
             SELECT d.id
             FROM control_decisions d
             WHERE d.control_id = $2
               AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = d.id)
         ) AS former ON true",
    )
    .bind(ControlDecisionId::at(app.now()))
    .bind(control)
    .bind(is_annulment)
    .bind(from)
    .bind(to)
    .bind(world::INSPECTOR)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
}

/// A person nobody validated the eligibility of.
async fn undiagnosed(app: &TestApp, n: u128) -> CandidateId {
    let id = person(app, n).await;
    sqlx::query("DELETE FROM eligibility_diagnoses WHERE candidate_id = $1")
        .bind(id)
        .execute(app.db())
        .await
        .unwrap();
    id
}

/// A hire on the company's own criteria, from today.
fn on_criteria(app: &TestApp) -> Hire {
    Hire { criteria: Some(Criteria::choose([Criterion::Rsa]).unwrap()), ..contract(app, 0).into() }
}

/// The acceptance of an application, and the page the button to it stands on.
async fn pages(browser: &Browser, id: ApplicationId) -> (Page, Page) {
    let acceptance = browser.get(&format!("/applications/{id}/acceptance")).await;
    (acceptance, browser.get(&format!("/applications/{id}")).await.is(200))
}

/// That nothing leads to the acceptance, and that why is said, with what is still possible.
#[track_caller]
fn is_closed(pages: &(Page, Page), control: ControlId, days: &str) {
    let (acceptance, shown) = pages;
    assert_eq!(acceptance.status, 403, "{acceptance:?}");
    for page in [acceptance, shown] {
        let text = page.text();
        assert!(
            text.contains("ne peut plus valider elle-même l’éligibilité") && text.contains(days),
            "{text}"
        );
        assert!(text.contains("diagnostic d’éligibilité valide fait par un prescripteur habilité"), "{text}");
        let decision = page.link("Lire la décision de la DDETS");
        assert!(decision.ends_with(&format!("/controls/{control}/outcome")), "{decision}");
    }
    assert!(!acceptance.has_form("acceptance"), "nothing to submit");
    assert_eq!(shown.all("button[disabled]"), ["Accepter la candidature"], "disabled, not hidden");
    assert_eq!(shown.attribute("button[disabled]", "aria-describedby").as_deref(), Some("withdrawn"));
    assert!(!shown.links().iter().any(|link| link.ends_with("/acceptance")), "{shown:?}");
}

#[track_caller]
fn is_open(pages: &(Page, Page)) {
    let (acceptance, shown) = pages;
    assert_eq!(acceptance.status, 200, "{acceptance:?}");
    assert!(acceptance.has_form("acceptance"), "{acceptance:?}");
    assert!(shown.all("button[disabled]").is_empty(), "{shown:?}");
    assert!(shown.links().iter().any(|link| link.ends_with("/acceptance")), "{shown:?}");
    assert!(!shown.says("ne peut plus valider"), "{shown:?}");
}

/// §1.16: bounds included, nothing before nor after, permanent or not. A correction and an annulment hold at once; training and cuts do
/// nothing. The recap and the hire refuse as the page does.
#[tokio::test]
async fn acceptance_is_closed_on_the_days_of_the_withdrawal_and_on_no_other() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let control = drawn(&app).await.control;
    let someone = undiagnosed(&app, 1).await;
    let id = application(&app, someone, world::ACI).await;
    let browser = app.browser(Persona::Employer).await;
    is_open(&pages(&browser, id).await);
    for (decided, days) in [
        (Decided::Others, None),
        (Decided::Withdrawn(1, Some(30)), None),
        (Decided::Withdrawn(0, Some(30)), Some("du 4 mai au 3 juin 2026")),
        (Decided::Withdrawn(-30, Some(0)), Some("du 4 avril au 4 mai 2026")),
        (Decided::Withdrawn(-30, Some(-1)), None),
        (Decided::Withdrawn(1, None), None),
        (Decided::Withdrawn(-30, None), Some("depuis le 4 avril 2026, définitivement")),
        (Decided::Others, None),
        (Decided::Withdrawn(0, None), Some("depuis le 4 mai 2026, définitivement")),
        (Decided::Annulled, None),
    ] {
        decide(&app, control, decided).await;
        let pages = pages(&browser, id).await;
        let Some(days) = days else {
            is_open(&pages);
            continue;
        };
        is_closed(&pages, control, days);
        let (acting_for, starts_on) = (world::ACI.to_string(), app.today().to_string());
        for step in ["review", "confirm", "edit"] {
            let fields = [
                ("acting_for", acting_for.as_str()),
                ("seen", "new"),
                ("step", step),
                ("starts_on", starts_on.as_str()),
                ("level_1_criteria", "RSA"),
            ];
            let refused = browser.post(&format!("/applications/{id}/acceptance"), &fields).await.is(403);
            assert!(refused.says(days), "{decided:?} {step}: {refused:?}");
        }
    }
    let hired: i64 = sqlx::query_scalar("SELECT count(*) FROM passes WHERE candidate_id = $1")
        .bind(someone)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(hired, 0);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses WHERE candidate_id = $1")
        .bind(someone)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(kept, 0, "no diagnosis on the way either");
    accept(&app.app, &siae(&app).await, id, NEW, on_criteria(&app)).await.unwrap();
}

/// A page read before the decision, sent after it; and whatever was read, what the hire reads in its own transaction.
#[tokio::test]
async fn a_form_from_before_the_decision_hires_nobody() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let control = drawn(&app).await.control;
    let id = application(&app, undiagnosed(&app, 1).await, world::ACI).await;
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get(&format!("/applications/{id}/acceptance")).await.is(200);
    let form = page.form("acceptance").fill("starts_on", &app.today().to_string());
    let recap = form.check("level_1_criteria", "RSA").press("review").submit().await.is(200);
    decide(&app, control, Decided::Withdrawn(0, Some(30))).await;
    let refused = recap.form("acceptance").press("confirm").submit().await.is(403);
    assert!(refused.says("du 4 mai au 3 juin 2026"), "{refused:?}");

    let ctx = siae(&app).await;
    let own = accept(&app.app, &ctx, id, NEW, on_criteria(&app)).await;
    assert!(
        matches!(own, Err(Failure::Refused(HireRefused::Diagnosis(DiagnosisRefused::Withdrawn(_))))),
        "{own:?}"
    );
    let none = accept(&app.app, &ctx, id, NEW, contract(&app, 0).into()).await;
    assert!(
        matches!(none, Err(Failure::Refused(HireRefused::Rules(AcceptRefused::Withdrawn(_))))),
        "{none:?}"
    );
    let state: String = sqlx::query_scalar("SELECT state FROM applications WHERE id = $1")
        .bind(id)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(state, "new");
}

/// §1.16, W12: a valid PASS, or a valid diagnosis by a prescripteur habilité, is hired on; a diagnosis of the SIAE, made before or
/// not, is not.
#[tokio::test]
async fn what_stands_without_the_word_of_the_siae_is_hired_on() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let control = drawn(&app).await.control;
    decide(&app, control, Decided::Withdrawn(0, Some(30))).await;
    let browser = app.browser(Persona::Employer).await;
    let ctx = siae(&app).await;
    let diagnosis = || app.scenario().diagnosis();

    let own = undiagnosed(&app, 1).await;
    diagnosis().by(Persona::Employer).of(own).insert().await;
    let id = application(&app, own, world::ACI).await;
    let closed = pages(&browser, id).await;
    is_closed(&closed, control, "du 4 mai au 3 juin 2026");
    assert!(closed.1.says("il ne suffit pas pour embaucher"), "{:?}", closed.1);
    let refused = accept(&app.app, &ctx, id, NEW, contract(&app, 0).into()).await;
    assert!(
        matches!(refused, Err(Failure::Refused(HireRefused::Rules(AcceptRefused::Withdrawn(_))))),
        "{refused:?}"
    );
    // The way out that the page says.
    diagnosis().by(Persona::Prescriber).of(own).insert().await;
    is_open(&pages(&browser, id).await);
    accept(&app.app, &ctx, id, NEW, contract(&app, 0).into()).await.unwrap();

    let expired = undiagnosed(&app, 2).await;
    diagnosis().by(Persona::Prescriber).of(expired).made(TimeDelta::days(200)).insert().await;
    let id = application(&app, expired, world::ACI).await;
    is_closed(&pages(&browser, id).await, control, "du 4 mai au 3 juin 2026");

    let diagnosed = person(&app, 3).await;
    let id = application(&app, diagnosed, world::ACI).await;
    let pages_of = pages(&browser, id).await;
    is_open(&pages_of);
    let form = pages_of.0.form("acceptance").fill("starts_on", &app.today().to_string());
    let recap = form.press("review").submit().await.is(200);
    let done = recap.form("acceptance").press("confirm").submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("Candidature acceptée"));

    // Her PASS rests on a diagnosis of this very SIAE, made before: it is valid, and serves.
    let id = application(&app, world::CANDIDATE, world::ACI).await;
    is_open(&pages(&browser, id).await);
    accept(&app.app, &ctx, id, NEW, contract(&app, 0).into()).await.unwrap();
}
