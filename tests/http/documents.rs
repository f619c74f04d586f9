//! CVs: opened by those who may, and nobody else (rule book 02 §11.1).

use iae_tests::{Persona, TestApp, world};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n";

#[tokio::test]
async fn a_cv_is_read_by_those_concerned_alone_and_always_as_an_attachment() {
    let app = TestApp::new().await;
    let application = app.scenario().application().insert().await;
    app.app.files.put("cv/test", PDF.into()).await.unwrap();
    sqlx::query(
        "WITH cv AS (
             INSERT INTO documents
                 (id, kind, candidate_id, storage_key, size_bytes, sha256, uploaded_by, uploaded_at)
             VALUES (gen_random_uuid(), 'cv', $1, 'cv/test', 1, '', $2, $3) RETURNING id
         )
         UPDATE applications SET cv_id = (SELECT id FROM cv) WHERE id = $4",
    )
    .bind(world::CANDIDATE)
    .bind(world::PRESCRIBER)
    .bind(app.now())
    .bind(application)
    .execute(app.db())
    .await
    .unwrap();
    let path = format!("/applications/{application}/cv");
    for persona in [Persona::Candidate, Persona::Prescriber, Persona::PrescriberAdmin, Persona::Employer] {
        let page = app.browser(persona).await.get(&path).await.is(200);
        let header = |name: &str| page.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-disposition"), "attachment; filename=\"CV_20260504100000.pdf\"");
        assert!(header("content-security-policy").starts_with("sandbox"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
    }
    for persona in
        [Persona::OtherCandidate, Persona::OtherPrescriber, Persona::OtherEmployer, Persona::Inspector]
    {
        app.browser(persona).await.get(&path).await.is(404);
    }
    let downloads = app.audit_trail().await;
    let downloads = downloads.iter().filter(|action| *action == "candidate.document_downloaded").count();
    assert_eq!(downloads, 4, "each download is kept (ACL-3)");
}

#[tokio::test]
async fn an_application_without_cv_has_none() {
    let app = TestApp::new().await;
    let application = app.scenario().application().insert().await;
    app.browser(Persona::Employer).await.get(&format!("/applications/{application}/cv")).await.is(404);
}
