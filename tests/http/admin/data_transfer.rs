//! The team moves what a file holds to another file of the same person (rule book 01 §13).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use iae_app::candidates::data_transfer::references::{LEFT, MOVED};
use iae_domain::applications::StateCode;
use iae_domain::ids::CandidateId;
use iae_tests::{Form, Page, Persona, TestApp, world};

const WHY: &str = "La même personne, dont le nom de naissance figure dans l’un des dossiers.";
const PARTS: [&str; 4] = ["passes", "diagnoses", "applications", "accompaniments"];

fn address(of: CandidateId) -> String {
    format!("/admin/candidates/{of}/data-transfer")
}

async fn asked(app: &TestApp) -> Form {
    app.browser(Persona::Staff).await.get(&address(world::CANDIDATE)).await.is(200).form("#other-file")
}

/// Both files compared, the candidate's being the one that is emptied.
async fn compared(app: &TestApp) -> Page {
    asked(app).await.fill("other", world::OTHER_CANDIDATE_NIR).submit().await.is(200)
}

/// These parts, and no other: those the file holds are all ticked.
fn chosen(compared: &Page, parts: &[&str]) -> Form {
    let form = compared.form("#transfer").check("same_person", "true").fill("remark", WHY);
    let offered = form.offered("parts");
    let unwanted = offered.iter().filter(|part| !parts.contains(&part.as_str()));
    unwanted.fold(form, |form, part| form.uncheck("parts", part))
}

/// How many rows are of a file: passes, diagnoses, applications, people who accompany, documents.
async fn held(app: &TestApp, of: CandidateId) -> [i64; 5] {
    let row: (i64, i64, i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM passes WHERE candidate_id = $1)
              , (SELECT count(*) FROM eligibility_diagnoses WHERE candidate_id = $1)
              , (SELECT count(*) FROM applications WHERE candidate_id = $1)
              , (SELECT count(*) FROM candidate_relations WHERE candidate_id = $1)
              , (SELECT count(*) FROM documents WHERE candidate_id = $1)",
    )
    .bind(of)
    .fetch_one(app.db())
    .await
    .unwrap();
    [row.0, row.1, row.2, row.3, row.4]
}

/// The candidate was hired by the ACI, applied to the EI with a document, and applied by herself.
async fn hired(app: &TestApp) {
    app.ignore_mails();
    let scenario = app.scenario();
    scenario.application().by(Persona::Prescriber).to(world::ACI).state(StateCode::Accepted).insert().await;
    let sent = scenario.application().by(Persona::Prescriber).to(world::EI).insert().await;
    scenario.application().by(Persona::Candidate).to(world::GEIQ).insert().await;
    sqlx::query(
        "INSERT INTO documents (id, kind, candidate_id, storage_key, size_bytes, sha256, uploaded_by, uploaded_at, application_id)
         VALUES (gen_random_uuid(), 'cv', $1, 'cv/one', 10, '\\x00', $2, $3, $4)",
    )
    .bind(world::CANDIDATE)
    .bind(world::PRESCRIBER)
    .bind(app.now())
    .bind(sent)
    .execute(app.db())
    .await
    .unwrap();
}

/// Somebody who adds a column that says whose something is, is told where to say what becomes of it.
#[tokio::test]
async fn everything_that_is_of_a_file_is_listed() {
    let app = TestApp::new().await;
    let found: Vec<(String, String)> = sqlx::query_as(
        "SELECT c.conrelid::regclass::text, a.attname::text
         FROM pg_constraint c
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
         WHERE c.contype = 'f' AND c.confrelid = 'public.candidates'::regclass
         UNION
         SELECT t.oid::regclass::text, a.attname::text
         FROM pg_class t
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'candidate_id' AND NOT a.attisdropped
         WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let found: BTreeSet<(String, String)> = found.into_iter().collect();
    let moved = MOVED.iter().map(|(table, column, _)| (*table, *column));
    let left = LEFT.iter().map(|(table, column, _)| (*table, *column));
    let listed: BTreeSet<(String, String)> =
        moved.chain(left).map(|(table, column)| (table.to_owned(), column.to_owned())).collect();
    assert_eq!(listed.len(), MOVED.len() + LEFT.len(), "a column is said once");
    let new: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "say in app/src/candidates/data_transfer/references.rs what becomes of {new:?}, and no longer of {gone:?}"
    );
}

#[tokio::test]
async fn what_a_file_holds_goes_to_another_and_nothing_is_lost() {
    let app = TestApp::new().await;
    hired(&app).await;
    let (from, to) = (held(&app, world::CANDIDATE).await, held(&app, world::OTHER_CANDIDATE).await);
    let both: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM candidate_relations a JOIN candidate_relations b USING (organisation_id, user_id)
         WHERE a.candidate_id = $1 AND b.candidate_id = $2",
    )
    .bind(world::CANDIDATE)
    .bind(world::OTHER_CANDIDATE)
    .fetch_one(app.db())
    .await
    .unwrap();
    let listed = app.browser(Persona::Employer).await;
    assert!(listed.get("/pass").await.is(200).says("Amel BENALI"));

    let page = compared(&app).await;
    assert!(page.says("PASS IAE (1)") && page.says("Candidatures et embauches (3)"), "{page:?}");
    assert!(page.says("Bruno COLIN") && page.says("Amel BENALI"), "{page:?}");
    let to_page = chosen(&page, &PARTS).submit().await.is(303).location().unwrap();
    assert!(to_page.ends_with(&world::OTHER_CANDIDATE.to_string()), "{to_page}");

    let after = held(&app, world::OTHER_CANDIDATE).await;
    assert_eq!(held(&app, world::CANDIDATE).await, [0; 5], "emptied of what moved, and kept");
    let [passes, diagnoses, applications, relations, documents] = after;
    assert_eq!([passes, diagnoses, applications, documents], [0, 1, 2, 4].map(|part| from[part] + to[part]));
    assert_eq!(relations, from[3] + to[3] - both, "who accompanied both is there once");
    let own: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM applications WHERE sender_kind = 'job_seeker' AND sender_id = $1 AND candidate_id = $1",
    )
    .bind(world::OTHER_CANDIDATE)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(own, 1, "MOD-10: what one sent oneself");

    let passes = listed.get("/pass").await.is(200);
    assert!(
        passes.says("Bruno COLIN") && !passes.says("Amel BENALI"),
        "the list of the company follows: {passes:?}"
    );
    let received = app.browser(Persona::OtherEmployer).await.get("/applications").await.is(200);
    assert!(received.says("Bruno COLIN") && !received.says("Amel BENALI"), "{received:?}");
    app.browser(Persona::OtherCandidate).await.get("/dashboard").await.is(200);
    app.browser(Persona::Candidate).await.get("/dashboard").await.is(200);
    for (file, act) in
        [(world::CANDIDATE, "candidate.data_sent"), (world::OTHER_CANDIDATE, "candidate.data_received")]
    {
        let kept: String =
            sqlx::query_scalar("SELECT remark FROM account_remarks WHERE user_id = $1 AND act = $2")
                .bind(file)
                .bind(act)
                .fetch_one(app.db())
                .await
                .unwrap();
        assert_eq!(kept, WHY, "STF-2: with both");
        assert!(app.audit_trail().await.iter().any(|name| name == act), "{act}");
    }
    let again = app.browser(Persona::Staff).await.get(&address(world::CANDIDATE)).await.is(200);
    assert!(again.says("Vers l’autre dossier de Bruno COLIN"), "{again:?}");
}

#[tokio::test]
async fn a_file_is_found_by_any_of_what_names_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let form = asked(&app).await;
    let id = world::OTHER_CANDIDATE.to_string();
    for typed in [world::OTHER_CANDIDATE_NIR, Persona::OtherCandidate.email(), id.as_str()] {
        let page = form.clone().fill("other", typed).submit().await.is(200);
        assert!(page.says("Bruno COLIN"), "{typed}: {page:?}");
        assert!(!page.url.as_str().contains(typed), "nothing of anybody in the address");
    }
    for (typed, said) in [
        ("", "Saisissez"),
        ("bruno@", "pas valide"),
        ("123", "trop court"),
        ("nimporte", "une adresse e-mail ou l’identifiant"),
        (world::UNKNOWN_NIR, "Aucun dossier"),
        (Persona::Employer.email(), "Aucun dossier"),
        (world::CANDIDATE_NIR, "que vous regardez"),
    ] {
        let page = form.clone().fill("other", typed).submit().await.is(422);
        assert!(page.error("other").unwrap_or_default().contains(said), "{typed}: {page:?}");
        assert_eq!(page.value("other").as_deref(), Some(typed), "kept");
    }
}

/// I6, I14, and a hire with its PASS: refused in words, and nothing half done.
#[tokio::test]
async fn what_would_no_longer_agree_stays() {
    let app = TestApp::new().await;
    hired(&app).await;
    let before = (held(&app, world::CANDIDATE).await, held(&app, world::OTHER_CANDIDATE).await);
    let page = compared(&app).await;
    for (parts, said) in [
        (&["passes"][..], "transférez aussi les diagnostics"),
        (&["diagnoses"][..], "transférez aussi les PASS"),
        (&["passes", "diagnoses"][..], "transférez aussi les candidatures"),
        (&["applications"][..], "transférez aussi les PASS"),
        (&[][..], "Choisissez"),
    ] {
        let refused = chosen(&page, parts).submit().await.is(422);
        assert!(refused.error("parts").unwrap_or_default().contains(said), "{parts:?}: {refused:?}");
        assert_eq!(refused.form("#transfer").value("remark").as_deref(), Some(WHY), "kept");
    }
    let silent = chosen(&page, &["accompaniments"]).fill("remark", " ").submit().await.is(422);
    assert!(silent.error("remark").unwrap_or_default().contains("pourquoi"), "{silent:?}");

    app.scenario().pass().of(world::OTHER_CANDIDATE).insert().await;
    let page = compared(&app).await;
    let overlaps = chosen(&page, &PARTS).submit().await.is(422);
    assert!(overlaps.error("parts").unwrap_or_default().contains("jours en commun"), "{overlaps:?}");
    assert_eq!(held(&app, world::CANDIDATE).await, before.0);
    assert_eq!(held(&app, world::OTHER_CANDIDATE).await[2..], before.1[2..]);
}

/// A PASS that was over before the other began is no obstacle, and part of a file may go alone.
#[tokio::test]
async fn a_part_goes_alone() {
    let app = TestApp::new().await;
    hired(&app).await;
    let old = app.today() - TimeDelta::days(1500);
    app.scenario().pass().of(world::OTHER_CANDIDATE).starting(old).insert().await;
    let before = held(&app, world::CANDIDATE).await;
    chosen(&compared(&app).await, &["accompaniments"]).submit().await.is(303);
    let after = held(&app, world::CANDIDATE).await;
    assert_eq!((after[3], after[0], after[2]), (0, before[0], before[2]));
    chosen(&compared(&app).await, &["passes", "diagnoses", "applications"]).submit().await.is(303);
    assert_eq!(held(&app, world::OTHER_CANDIDATE).await[0], 2, "one after the other");
}

#[tokio::test]
async fn a_form_sent_twice_is_one_transfer() {
    let app = TestApp::new().await;
    hired(&app).await;
    let form = chosen(&compared(&app).await, &PARTS);
    let (one, two) = tokio::join!(form.submit(), form.submit());
    one.is(303);
    two.is(303);
    let written = app.audit_trail().await;
    assert_eq!(written.iter().filter(|name| *name == "candidate.data_sent").count(), 1, "{written:?}");
    let empty = compared(&app).await;
    assert!(empty.says("Ce dossier est vide") && !empty.has_form("data-transfer"), "{empty:?}");
}

/// Back on the page, with other parts: it is not what was done.
#[tokio::test]
async fn the_same_form_with_other_parts_is_no_second_sending() {
    let app = TestApp::new().await;
    hired(&app).await;
    let page = compared(&app).await;
    chosen(&page, &["accompaniments"]).submit().await.is(303);
    let before = held(&app, world::CANDIDATE).await;
    let late = chosen(&page, &PARTS).submit().await.is(409);
    assert!(late.says("Rien n’a été transféré"), "{late:?}");
    assert_eq!(held(&app, world::CANDIDATE).await, before);
}

/// D32.
#[tokio::test]
async fn a_file_that_changed_since_is_compared_again() {
    let app = TestApp::new().await;
    hired(&app).await;
    let form = chosen(&compared(&app).await, &PARTS);
    app.scenario().application().by(Persona::Prescriber).to(world::GEIQ).insert().await;
    let before = held(&app, world::CANDIDATE).await;
    let late = form.submit().await.is(409);
    assert!(late.says("Rien n’a été transféré") && late.says("Comparer de nouveau"), "{late:?}");
    assert_eq!(held(&app, world::CANDIDATE).await, before);
}

/// Two of the team, each the other way round: whoever is second reads what changed; nobody waits for the other.
#[tokio::test]
async fn two_transfers_crossing_each_other() {
    let app = TestApp::new().await;
    hired(&app).await;
    app.scenario()
        .application()
        .of(world::OTHER_CANDIDATE)
        .by(Persona::OtherPrescriber)
        .to(world::EI)
        .insert()
        .await;
    let there = chosen(&compared(&app).await, &["accompaniments"]);
    let back = app.browser(Persona::Staff).await.get(&address(world::OTHER_CANDIDATE)).await.is(200);
    let back = back.form("#other-file").fill("other", world::CANDIDATE_NIR).submit().await.is(200);
    let back = chosen(&back, &["accompaniments"]);
    let (there, back) = tokio::join!(there.submit(), back.submit());
    let mut answers = [there.status.as_u16(), back.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409], "{there:?} {back:?}");
}

/// STF-1, TEN-1.
#[tokio::test]
async fn who_lacks_the_right_moves_nothing() {
    let app = TestApp::new().await;
    hired(&app).await;
    let form = chosen(&compared(&app).await, &PARTS);
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    app.browser(Persona::Staff).await.get(&address(world::CANDIDATE)).await.is(403);
    form.submit().await.is(403);
    app.browser(Persona::Prescriber).await.get(&address(world::CANDIDATE)).await.is(403);
    assert_eq!(held(&app, world::OTHER_CANDIDATE).await[2], 0);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_found() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let staff = app.browser(Persona::Staff).await;
    let nobody = "01900000-0000-7000-8000-000000000000";
    staff.get(&format!("/admin/candidates/{nobody}/data-transfer")).await.is(404);
    staff.get(&format!("/admin/candidates/{}/data-transfer", world::EMPLOYER)).await.is(404);
    let page = compared(&app).await;
    page.form("#transfer").fill("remark", WHY).forge("file", nobody).submit().await.is(404);
}

/// Another number, another date of birth: it has to be said that both are of one person.
#[tokio::test]
async fn two_people_are_not_made_one_by_one_click() {
    let app = TestApp::new().await;
    hired(&app).await;
    let before = held(&app, world::CANDIDATE).await;
    let page = compared(&app).await;
    assert!(page.says("ceux de deux personnes") && page.says("Différent"), "{page:?}");
    let refused = page.form("#transfer").fill("remark", WHY).submit().await.is(422);
    assert!(refused.error("same_person").unwrap_or_default().contains("vérifiez"), "{refused:?}");
    assert_eq!(held(&app, world::CANDIDATE).await, before, "nothing half done");
    refused.form("#transfer").check("same_person", "true").submit().await.is(303);
}
