//! Who reads the proofs that an SIAE keeps: its members, and nobody else.

use chrono::NaiveDate;
use iae_domain::applications::StateCode;
use iae_domain::ids::{CandidateId, EligibilityProofId, OrganisationId};
use iae_tests::{Persona, TestApp, world};

use super::{address, deposit, hire_of, hired, kept, opened};

/// A proof that an SIAE keeps, without its file: what is said of it is enough.
pub(super) async fn noted(
    app: &TestApp,
    company: OrganisationId,
    candidate: CandidateId,
    dated_on: &str,
) -> EligibilityProofId {
    let id = EligibilityProofId::at(app.now());
    sqlx::query(
        "INSERT INTO eligibility_proofs
             (id, company_id, candidate_id, criterion_code, dated_on, deposited_by, deposited_at)
         VALUES ($1, $2, $3, 'RSA', $4, $5, $6)",
    )
    .bind(id)
    .bind(company)
    .bind(candidate)
    .bind(dated_on.parse::<NaiveDate>().unwrap())
    .bind(world::OTHER_EMPLOYER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// 04 §1.19 is for what is given to a control: neither the DDETS nor the person, their prescriber or the team reads the rest.
#[tokio::test]
async fn nobody_else_finds_them() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let page = deposit(&app, application, "RSA", "2026-04-20").await;
    let (file, removal) = (page.link("Télécharger (PDF)"), page.link("Retirer"));
    for persona in Persona::ALL {
        let is_member = matches!(persona, Persona::Employer | Persona::EmployerAdmin);
        if is_member || persona.organisation().is_none() && *persona != Persona::Staff {
            continue;
        }
        let browser = app.browser(*persona).await;
        browser.get(&file).await.is(404);
        let is_employer =
            matches!(persona, Persona::OtherEmployer | Persona::GeiqEmployer | Persona::MultiOrganisation);
        let status = if is_employer { 404 } else { 403 };
        browser.get(&address(application)).await.is(status);
        browser.get(&removal).await.is(status);
        let organisation = persona.organisation().map(|id| id.to_string()).unwrap_or_default();
        let application = application.to_string();
        let fields = [("acting_for", organisation.as_str()), ("application", application.as_str())];
        browser.post(&removal, &fields).await.is(status);
    }
    app.visitor().get(&file).await.is(303);
    app.browser(Persona::Candidate).await.get(&file).await.is(404);
    assert_eq!(kept(&app).await, (1, 1));
    app.run_jobs().await;
}

/// What another SIAE keeps of the same person and the same criterion is its own.
#[tokio::test]
async fn the_proof_of_another_siae_never_shows() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let other = noted(&app, world::EI, world::CANDIDATE, "2026-04-20").await;
    let page = opened(&app, Persona::Employer, application).await;
    assert!(!page.says("20 avril 2026"), "{page:?}");
    let employer = app.browser(Persona::Employer).await;
    employer.get(&format!("/eligibility-proofs/{other}")).await.is(404);
    employer.get(&format!("/eligibility-proofs/{other}/removal")).await.is(404);
    let hire = employer.get(&format!("/applications/{application}")).await;
    assert!(hire.says("0 critère justifié sur 3"), "{hire:?}");
    // Nor that of a person for another.
    deposit(&app, application, "RSA", "2026-04-21").await;
    let other = opened(&app, Persona::Employer, hire_of(&app, world::OTHER_CANDIDATE).await).await;
    assert!(!other.says("21 avril 2026"), "{other:?}");
    app.run_jobs().await;
}

/// A hire that rests on the diagnosis of a prescripteur habilité needs no proof (03 §2.13): there is nothing to keep.
#[tokio::test]
async fn there_is_nothing_to_keep_of_another_s_diagnosis() {
    let app = TestApp::new().await;
    let hire = app.scenario().application().state(StateCode::Accepted);
    let application = hire.insert().await;
    let employer = app.browser(Persona::Employer).await;
    employer.get(&address(application)).await.is(404);
    let page = employer.get(&format!("/applications/{application}")).await.is(200);
    assert!(!page.says("Justificatifs de l’auto-prescription"), "{page:?}");
}
