//! What the SIAE records for itself, which is its direct hire (rule book 02 SUB-4, HIR-4; 04 §1.16).

use iae_app::applications::drafts;
use iae_app::applications::{Confirmed, submit};
use iae_domain::applications::draft::StepChoice;
use iae_domain::ids::{ApplicationDraftId, CandidateId, ControlId};
use iae_tests::{Persona, TestApp, world};

use super::{Decided, decide, undiagnosed};
use crate::applications::race::{application, person};
use crate::control::{drawn, siae};

/// Where the employer begins an application to its own company.
fn new(candidate: Option<CandidateId>) -> String {
    let candidate = candidate.map(|id| format!("&candidate={id}")).unwrap_or_default();
    format!("/application-drafts/new?company={}{candidate}", world::ACI)
}

/// Before anyone is chosen it is said, and not refused: whoever stands without the word of the SIAE may be recorded, nobody else.
#[tokio::test]
async fn only_whoever_stands_without_its_word_is_recorded() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let control = drawn(&app).await.control;
    let (nobody, diagnosed, own) =
        (undiagnosed(&app, 1).await, person(&app, 2).await, undiagnosed(&app, 3).await);
    app.scenario().diagnosis().by(Persona::Employer).of(own).insert().await;
    for known in [nobody, diagnosed, own] {
        application(&app, known, world::ACI).await;
    }
    let browser = app.browser(Persona::Employer).await;
    let all = [nobody, diagnosed, own, world::CANDIDATE];
    for (decided, is_refused) in [
        (Decided::Withdrawn(1, None), [false; 4]),
        (Decided::Withdrawn(0, Some(30)), [true, false, true, false]),
        (Decided::Withdrawn(-30, Some(0)), [true, false, true, false]),
        (Decided::Withdrawn(-30, Some(-1)), [false; 4]),
        (Decided::Withdrawn(-30, None), [true, false, true, false]),
        (Decided::Annulled, [false; 4]),
    ] {
        decide(&app, control, decided).await;
        let holds = is_refused.contains(&true);
        let start = browser.get(&new(None)).await.is(200);
        assert_eq!(start.says("ne peut plus valider elle-même"), holds, "{decided:?}: {start:?}");
        for (someone, is_refused) in all.into_iter().zip(is_refused) {
            let page = browser.get(&new(Some(someone))).await;
            let status = if is_refused { 403 } else { 200 };
            assert_eq!(page.status, status, "{decided:?} {someone}: {page:?}");
            if is_refused {
                assert!(page.says("ni PASS IAE valide, ni diagnostic valide"), "{page:?}");
                let decision = page.link("Lire la décision de la DDETS");
                assert!(decision.ends_with(&format!("/controls/{control}/outcome")), "{decision}");
                page.click("Choisir une autre personne").await.is(200);
                let (aci, candidate) = (world::ACI.to_string(), someone.to_string());
                let form = [
                    ("acting_for", &*aci),
                    ("company", &*aci),
                    ("candidate", &*candidate),
                    ("spontaneous", &*aci),
                ];
                browser.post("/application-drafts", &form).await.is(403);
            }
        }
    }
    let begun: i64 =
        sqlx::query_scalar("SELECT count(*) FROM application_drafts").fetch_one(app.db()).await.unwrap();
    assert_eq!(begun, 0);
}

/// SUB-4: candidates and prescribers are not affected, nor is the SIAE that applies elsewhere.
#[tokio::test]
async fn others_apply_as_before() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    decide(&app, drawn(&app).await.control, Decided::Withdrawn(0, None)).await;
    let someone = undiagnosed(&app, 1).await;
    let to = |company| format!("/application-drafts/new?company={company}&candidate={someone}");
    app.scenario().application().of(someone).to(world::EI).insert().await;
    app.scenario().application().of(someone).to(world::ACI).by(Persona::OtherPrescriber).insert().await;
    for (persona, address) in [
        (Persona::Prescriber, to(world::ACI)),
        (Persona::OtherEmployer, to(world::ACI)),
        (Persona::Employer, to(world::EI)),
        (Persona::Candidate, new(None)),
    ] {
        let page = app.browser(persona).await.get(&address).await.is(200);
        assert!(!page.says("valider elle-même l’éligibilité"), "{persona:?}: {page:?}");
    }
}

/// A draft of the ACI for itself, about someone who rests on it alone.
async fn begun(app: &TestApp) -> (ControlId, CandidateId, ApplicationDraftId) {
    app.ignore_jobs();
    let control = drawn(app).await.control;
    let someone = undiagnosed(app, 1).await;
    application(app, someone, world::ACI).await;
    let draft = app.scenario().draft().by(Persona::Employer).to(world::ACI).of(someone).insert().await;
    (control, someone, draft)
}

/// Begun before the first day, it is refused at each step once it holds, kept, and left open to someone else.
#[tokio::test]
async fn what_was_begun_before_is_refused_at_each_step() {
    let app = TestApp::new().await;
    let (control, someone, draft) = begun(&app).await;
    decide(&app, control, Decided::Withdrawn(0, Some(30))).await;
    let browser = app.browser(Persona::Employer).await;
    for step in ["jobs", "previous", "message", "summary"] {
        let page = browser.get(&format!("/application-drafts/{draft}/{step}")).await.is(403);
        assert!(page.says("du 4 mai au 3 juin 2026"), "{step}: {page:?}");
        assert!(page.link("Choisir une autre personne").contains(&draft.to_string()), "{step}");
    }
    browser.get(&format!("/application-drafts/{draft}/candidate")).await.is(200);
    let (aci, person) = (world::ACI.to_string(), someone.to_string());
    let sent = browser
        .post(
            &format!("/application-drafts/{draft}/submission"),
            &[("acting_for", &aci), ("person", &person), ("informed", "true"), ("consents", &aci)],
        )
        .await
        .is(403);
    assert!(sent.says("du 4 mai au 3 juin 2026"), "{sent:?}");
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM application_drafts WHERE id = $1 AND submitted_at IS NULL")
            .bind(draft)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(kept, 1, "nothing of it is lost");
}

/// ADR 24: another employer of the same sending gets its application; the SIAE's own is named, with why.
#[tokio::test]
async fn of_several_employers_only_its_own_is_left_out() {
    let app = TestApp::new().await;
    let (control, someone, draft) = begun(&app).await;
    let ctx = siae(&app).await.any();
    drafts::add_employer(&app.app, &ctx, draft, world::EI).await.unwrap();
    let open = drafts::load(&app.app, &ctx, draft).await.unwrap();
    let jobs = StepChoice::Jobs(vec![(world::EI, vec![])]);
    drafts::save(&app.app, &ctx, &open, jobs).await.unwrap();
    decide(&app, control, Decided::Withdrawn(0, Some(30))).await;
    let told = drafts::load(&app.app, &ctx, draft).await.unwrap().mark();
    let confirmed = Confirmed { person: Some(someone), informed: true, consents: vec![world::EI], told };
    let sent = submit(&app.app, &ctx, draft, confirmed).await.unwrap();
    let refusal: Option<String> =
        sqlx::query_scalar("SELECT refusal FROM draft_applications WHERE draft_id = $1 AND company_id = $2")
            .bind(draft)
            .bind(world::ACI)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(refusal.as_deref(), Some("withdrawn"));
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{sent}/sent")).await.is(200);
    assert!(page.says("ni PASS IAE valide, ni diagnostic valide"), "{page:?}");
}
