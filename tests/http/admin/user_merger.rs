//! The team makes one account of the two of a professional (rule book 01 §13).

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::accounts::merger::references::{APART, LEFT, MOVED};
use iae_app::accounts::{SignedIn, second_factor, signed_in};
use iae_domain::ids::UserId;
use iae_tests::{Form, Page, Persona, TestApp, world};

use crate::accounts::second_factor::code;

const WHY: &str = "Deux comptes ouverts par la même personne, l’un avec l’adresse de son ancien employeur.";

fn address(of: UserId) -> String {
    format!("/admin/users/{of}/merger")
}

async fn asked(app: &TestApp, one: Persona) -> Form {
    app.browser(Persona::Staff).await.get(&address(one.user())).await.is(200).form("#other-account")
}

/// Both accounts compared, from the page of the first.
async fn compared(app: &TestApp, one: Persona, other: Persona) -> Page {
    asked(app, one).await.fill("email", other.email()).submit().await.is(200)
}

fn chosen(compared: &Page, identity: Persona) -> Form {
    let form = compared.form("#merger").check("identity", &identity.user().to_string());
    form.check("same_person", "true").fill("remark", WHY)
}

/// This account is the older one.
async fn older(app: &TestApp, persona: Persona) {
    sqlx::query("UPDATE users SET created_at = created_at - interval '1 year' WHERE id = $1")
        .bind(persona.user())
        .execute(app.db())
        .await
        .unwrap();
}

async fn number(app: &TestApp, sql: &'static str, of: UserId) -> i64 {
    sqlx::query_scalar(sql).bind(of).fetch_one(app.db()).await.unwrap()
}

/// How many rows name one of these accounts, column by column, of what a merger points anew; memberships of both are united.
async fn named(app: &TestApp, accounts: &[UserId]) -> BTreeMap<String, i64> {
    let accounts: Vec<_> = accounts.iter().map(|account| account.0).collect();
    let mut named = BTreeMap::new();
    for (table, columns) in MOVED {
        for column in *columns {
            if *table == "memberships" || *table == "account_remarks" || *table == "account_mergers" {
                continue;
            }
            let sql = format!("SELECT count(*) FROM {table} WHERE {column} = ANY ($1)");
            let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .bind(&accounts)
                .fetch_one(app.db())
                .await
                .unwrap();
            named.insert(format!("{table}.{column}"), count);
        }
    }
    named
}

/// Somebody who forgets a new foreign key is told where to say what becomes of it.
#[tokio::test]
async fn everything_that_refers_to_an_account_is_listed() {
    let app = TestApp::new().await;
    let found: Vec<(String, String)> = sqlx::query_as(
        "SELECT c.conrelid::regclass::text, a.attname::text
         FROM pg_constraint c
         CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (referring, referred)
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.referring
         JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = k.referred
         WHERE c.contype = 'f' AND c.confrelid = 'public.users'::regclass AND r.attname = 'id'",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let found: BTreeSet<(String, String)> = found.into_iter().collect();
    let moved = MOVED.iter().flat_map(|(table, columns)| columns.iter().map(move |column| (*table, *column)));
    let others = APART.iter().chain(LEFT).map(|(table, column, _)| (*table, *column));
    let said: Vec<(String, String)> =
        moved.chain(others).map(|(table, column)| (table.to_owned(), column.to_owned())).collect();
    let listed: BTreeSet<(String, String)> = said.iter().cloned().collect();
    assert_eq!(said.len(), listed.len(), "a column is said once");
    let new: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "say in app/src/accounts/merger/references.rs what a merger does to {new:?}, and no longer to {gone:?}"
    );
}

#[tokio::test]
async fn two_accounts_become_one_and_nothing_is_lost() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (kept, former) = (Persona::Prescriber, Persona::MultiOrganisation);
    older(&app, kept).await;
    for (user, subject) in [(kept, "sub-paul"), (former, "sub-mathieu")] {
        sqlx::query(
            "INSERT INTO identities (provider, subject, user_id, linked_at) VALUES ('IC', $1, $2, $3)",
        )
        .bind(subject)
        .bind(user.user())
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    }
    sqlx::query("UPDATE users SET last_login_at = $2 WHERE id = $1")
        .bind(kept.user())
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    let scenario = app.scenario();
    // Both accompany the first person, and the former alone the second.
    scenario.application().by(kept).to(world::EI).insert().await;
    sqlx::query(
        "INSERT INTO candidate_relations (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
         SELECT candidate, $2, $1, 'diagnosed', $3, $3 FROM unnest($4::uuid[]) AS candidate",
    )
    .bind(former.user())
    .bind(world::MISSION_LOCALE)
    .bind(app.now())
    .bind(vec![world::CANDIDATE.0, world::OTHER_CANDIDATE.0])
    .execute(app.db())
    .await
    .unwrap();
    let draft = scenario.draft().by(former).to(world::ACI).insert().await;
    let before = named(&app, &[kept.user(), former.user()]).await;

    let page = compared(&app, kept, former).await;
    for words in ["sub-paul", "sub-mathieu", "Mission locale du pays messin", "1 structure est commune"] {
        assert!(page.says(words), "{words}: {page:?}");
    }
    let to = chosen(&page, kept).submit().await.is(303).location().unwrap();
    assert!(to.ends_with(&kept.user().to_string()), "{to}");

    assert_eq!(named(&app, &[kept.user()]).await, before, "every row, under the account that stays");
    assert!(named(&app, &[former.user()]).await.values().all(|count| *count == 0));
    let author: UserId = sqlx::query_scalar("SELECT user_id FROM application_drafts WHERE id = $1")
        .bind(draft)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(author, kept.user());
    let memberships = "SELECT count(*) FROM memberships WHERE user_id = $1 AND is_active";
    assert_eq!(number(&app, memberships, kept.user()).await, 2, "the EI, and the mission locale once");
    assert_eq!(number(&app, "SELECT count(*) FROM memberships WHERE user_id = $1", former.user()).await, 0);
    let people = "SELECT count(*) FROM candidate_relations WHERE user_id = $1";
    assert_eq!(number(&app, people, former.user()).await, 0);
    let origin: String = sqlx::query_scalar(
        "SELECT origin FROM candidate_relations WHERE user_id = $1 AND candidate_id = $2 AND organisation_id = $3",
    )
    .bind(kept.user())
    .bind(world::CANDIDATE)
    .bind(world::MISSION_LOCALE)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(origin, "diagnosed", "what was done last");
    let signed_in = "SELECT count(*) FROM users WHERE id = $1 AND last_login_at IS NOT NULL";
    assert_eq!(number(&app, signed_in, kept.user()).await, 1, "the latest");
    let closed = "SELECT count(*) FROM users WHERE id = $1 AND NOT is_active AND email IS NULL";
    assert_eq!(number(&app, closed, former.user()).await, 1);
    let subjects: Vec<String> = sqlx::query_scalar("SELECT subject FROM identities ORDER BY subject")
        .fetch_all(app.db())
        .await
        .unwrap();
    assert_eq!(subjects, ["sub-paul"], "nobody signs in with the other any more");
    let remarks = "SELECT count(*) FROM account_remarks WHERE user_id = $1";
    assert_eq!(number(&app, remarks, kept.user()).await, 1, "STF-2");
}

/// The identity of the newer account survives, under the id of the older: its holder goes on where they were.
#[tokio::test]
async fn whoever_signed_in_with_the_identity_that_stays_goes_on() {
    let app = TestApp::new().await;
    let (kept, former) = (Persona::Prescriber, Persona::PrescriberAdmin);
    older(&app, kept).await;
    let (lost, alive) = (app.browser(kept).await, app.browser(former).await);
    lost.get("/members").await.is(200);
    chosen(&compared(&app, former, kept).await, former).submit().await.is(303);

    let is_ended = "SELECT count(*) FROM users WHERE id = $1 AND sessions_ended_at IS NOT NULL";
    assert_eq!(number(&app, is_ended, kept.user()).await, 1, "logins under way of the identity that ends");
    let lasting = "SELECT count(*) FROM sessions
                   WHERE user_id = $1 AND convert_from(data, 'UTF8')::jsonb ? 'login_began_at'";
    assert_eq!(number(&app, lasting, kept.user()).await, 0, "those that are open go on under another id too");
    let members = alive.get("/members").await.is(200);
    assert!(members.says("Perrine WEBER") && !members.says("Paul HOFFMANN"), "{members:?}");
    let out = lost.get("/members").await.is(303).location().unwrap();
    assert!(out.starts_with("/login"), "{out}");
    let (email, is_admin): (String, bool) = sqlx::query_as(
        "SELECT u.email, m.is_admin FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.id = $1",
    )
    .bind(kept.user())
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!((email.as_str(), is_admin), (former.email(), true), "administrator if one was");

    let mails = app.run_jobs_and_mails().await;
    let [mail] = mails.as_slice() else { panic!("one mail: {}", mails.len()) };
    assert_eq!(mail.recipient, former.email(), "the address that survives");
    assert!(mail.subject.contains("plus qu’un"), "{}", mail.subject);
}

/// USR-15: the address of a closed account opens nothing; the older account comes back under the identity of the open one.
#[tokio::test]
async fn the_identity_of_a_closed_account_does_not_survive() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (kept, former) = (Persona::Prescriber, Persona::OtherPrescriber);
    older(&app, kept).await;
    app.scenario().close_account(kept).await;
    let page = compared(&app, former, kept).await;
    assert!(page.says("personne ne se connecte plus avec"), "{page:?}");
    let form = page.form("#merger").check("same_person", "true").fill("remark", WHY);
    let closed = form.clone().forge("identity", &kept.user().to_string()).submit().await.is(422);
    assert!(closed.error("identity").unwrap_or_default().contains("désactivé"), "{closed:?}");
    form.check("identity", &former.user().to_string()).submit().await.is(303);
    assert_eq!(email_of(&app, kept.user()).await, former.email());
    let open = "SELECT count(*) FROM users WHERE id = $1 AND is_active";
    assert_eq!(number(&app, open, kept.user()).await, 1);
}

async fn email_of(app: &TestApp, user: UserId) -> String {
    sqlx::query_scalar("SELECT email FROM users WHERE id = $1").bind(user).fetch_one(app.db()).await.unwrap()
}

/// D32: of two of the team who choose differently, the second reads that theirs is not what was done.
#[tokio::test]
async fn merged_with_the_other_identity_is_no_second_sending() {
    let app = TestApp::new().await;
    app.ignore_mails();
    older(&app, Persona::Prescriber).await;
    let page = compared(&app, Persona::Prescriber, Persona::OtherPrescriber).await;
    let (one, other) = (chosen(&page, Persona::Prescriber), chosen(&page, Persona::OtherPrescriber));
    one.submit().await.is(303);
    let late = other.submit().await.is(409);
    assert!(late.says("viennent d’être fusionnés") && late.says("Voir le compte"), "{late:?}");
    assert_eq!(email_of(&app, world::PRESCRIBER).await, Persona::Prescriber.email());
}

/// STF-1: to the others of the team, superusers do not exist.
#[tokio::test]
async fn a_superuser_is_nobody_to_the_others_of_the_team() {
    let app = TestApp::new().await;
    app.ignore_mails();
    for (sql, user) in [
        ("UPDATE users SET is_superuser = false WHERE id = $1", world::STAFF),
        ("UPDATE users SET kind = 'itou_staff', is_superuser = true WHERE id = $1", world::OTHER_PRESCRIBER),
    ] {
        sqlx::query(sql).bind(user).execute(app.db()).await.unwrap();
    }
    sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, 'admin', $2)")
        .bind(world::STAFF)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    staff.get(&address(world::OTHER_PRESCRIBER)).await.is(404);
    let form = asked(&app, Persona::Prescriber).await;
    let page = form.fill("email", Persona::OtherPrescriber.email()).submit().await.is(422);
    assert!(page.error("email").unwrap_or_default().contains("Aucun compte"), "{page:?}");
}

/// A secret is bound to its account: it is sealed anew.
#[tokio::test]
async fn applications_of_codes_of_the_identity_that_stays_serve_and_the_others_do_not() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (kept, former) = (Persona::Prescriber, Persona::PrescriberAdmin);
    older(&app, kept).await;
    let ctx = |app: &TestApp| Ctx::system(app.now()).with(());
    let mut keys = vec![];
    for persona in [kept, former] {
        let person = person(&app, persona.user()).await;
        let enrolment = second_factor::begin(&app.app, &person, None, app.now()).unwrap();
        let typed = code(&enrolment.key, app.now());
        let named = ("Mon téléphone", typed.as_str());
        second_factor::add(&app.app, &ctx(&app), &person, &enrolment, named).await.unwrap();
        keys.push(enrolment.key.clone());
    }
    chosen(&compared(&app, kept, former).await, former).submit().await.is(303);
    app.advance(TimeDelta::minutes(2));
    let person = person(&app, kept.user()).await;
    let of_kept = code(&keys[0], app.now());
    assert!(second_factor::show(&app.app, &ctx(&app), &person, &of_kept).await.is_err());
    app.advance(TimeDelta::minutes(30));
    let of_former = code(&keys[1], app.now());
    second_factor::show(&app.app, &ctx(&app), &person, &of_former).await.expect("the code opens");
}

async fn person(app: &TestApp, user: UserId) -> SignedIn {
    signed_in(app.db(), user, None, app.now()).await.unwrap().expect("the account is open")
}

/// Nothing that was written before is written again.
#[tokio::test]
async fn the_trail_names_the_account_that_is_no_more() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (kept, former) = (Persona::Prescriber, Persona::PrescriberAdmin);
    older(&app, kept).await;
    app.browser(former).await.get(&format!("/candidates/{}", world::CANDIDATE)).await;
    let trail = "SELECT count(*) FROM audit_events WHERE actor_id = $1";
    let before = number(&app, trail, former.user()).await;
    chosen(&compared(&app, kept, former).await, kept).submit().await.is(303);
    assert_eq!(number(&app, trail, former.user()).await, before);
    let written = app.audit_trail().await;
    for action in ["account.merged", "account.merged_into"] {
        assert_eq!(written.iter().filter(|name| *name == action).count(), 1, "{action}");
    }
    let staff = app.browser(Persona::Staff).await;
    if before > 0 {
        let page = staff.get("/admin/audit").await.is(200);
        assert!(page.says("compte fusionné dans celui de Paul HOFFMANN"), "{page:?}");
    }
    let page = staff.get(&address(former.user())).await.is(200);
    assert!(page.says("Ce compte a été fusionné dans un autre") && !page.has_form("merger"), "{page:?}");
    let page = staff.get(&format!("/admin/users/{}", former.user())).await.is(200);
    assert!(page.says("Ce compte a été fusionné dans un autre"), "{page:?}");
    assert!(!page.says("Fusionner avec un autre compte") && !page.says("jamais fait partie"), "{page:?}");
    assert!(page.links().iter().any(|link| link.ends_with(&kept.user().to_string())), "{:?}", page.links());
    let opened = sqlx::query("UPDATE users SET is_active = true WHERE id = $1")
        .bind(former.user())
        .execute(app.db())
        .await;
    assert!(opened.is_err(), "nothing opens it again");
}

#[tokio::test]
async fn what_is_mistaken_is_told_beside_its_field() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let form = asked(&app, Persona::Prescriber).await;
    for (typed, said) in [
        ("", "Saisissez"),
        ("paul", "pas valide"),
        ("personne@exemple.fr", "Aucun compte"),
        (Persona::Prescriber.email(), "que vous regardez"),
        (Persona::Candidate.email(), "d’un professionnel"),
        (Persona::Staff.email(), "d’un professionnel"),
    ] {
        let page = form.clone().fill("email", typed).submit().await.is(422);
        assert!(page.error("email").unwrap_or_default().contains(said), "{typed}: {page:?}");
        assert_eq!(page.value("email").as_deref(), Some(typed), "kept");
        assert!(!page.url.as_str().contains("exemple.fr"), "nothing of anybody in the address");
    }
    let page = compared(&app, Persona::Prescriber, Persona::OtherPrescriber).await;
    let nothing = page.form("#merger").submit().await.is(422);
    assert!(nothing.error("identity").unwrap_or_default().contains("Choisissez"), "{nothing:?}");
    assert!(nothing.error("remark").unwrap_or_default().contains("pourquoi"), "{nothing:?}");
    let long = chosen(&page, Persona::Prescriber).fill("remark", &"a".repeat(501)).submit().await.is(422);
    assert!(long.error("remark").unwrap_or_default().contains("500"), "{long:?}");
    let third = chosen(&page, Persona::Prescriber).forge("identity", &world::EMPLOYER.to_string());
    third.submit().await.is(422);
    let nobody = "01900000-0000-7000-8000-000000000000";
    chosen(&page, Persona::Prescriber).forge("other", nobody).submit().await.is(404);
    chosen(&page, Persona::Prescriber).forge("other", "personne").submit().await.is(404);
    chosen(&page, Persona::Prescriber).forge("other", &world::STAFF.to_string()).submit().await.is(422);
    let staff = app.browser(Persona::Staff).await;
    staff.get(&format!("/admin/users/{nobody}/merger")).await.is(404);
    let of_candidate = staff.get(&format!("/admin/users/{}/merger", world::CANDIDATE)).await.is(200);
    assert!(of_candidate.says("pas celui d’un professionnel") && !of_candidate.has_form("merger"));
    assert_eq!(
        number(&app, "SELECT count(*) FROM account_mergers WHERE former_id <> $1", world::STAFF).await,
        0
    );
}

/// STF-1.
#[tokio::test]
async fn who_lacks_the_right_merges_nothing() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let page = compared(&app, Persona::Prescriber, Persona::OtherPrescriber).await;
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, 'admin_readonly', $2)")
        .bind(world::STAFF)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    app.browser(Persona::Staff).await.get(&address(world::PRESCRIBER)).await.is(403);
    chosen(&page, Persona::Prescriber).submit().await.is(403);
    app.browser(Persona::EmployerAdmin).await.get(&address(world::PRESCRIBER)).await.is(403);
    assert_eq!(
        number(&app, "SELECT count(*) FROM account_mergers WHERE former_id <> $1", world::STAFF).await,
        0
    );
}

#[tokio::test]
async fn a_form_sent_twice_merges_once() {
    let app = TestApp::new().await;
    let form =
        chosen(&compared(&app, Persona::Prescriber, Persona::OtherPrescriber).await, Persona::Prescriber);
    let (one, two) = tokio::join!(form.submit(), form.submit());
    one.is(303);
    two.is(303);
    form.submit().await.is(303);
    let written = app.audit_trail().await;
    assert_eq!(written.iter().filter(|name| *name == "account.merged").count(), 1, "{written:?}");
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "one mail");
}

/// D32: of two of the team who merge one account at once into different ones, one does, and the other reads what changed.
#[tokio::test]
async fn two_mergers_of_one_account_at_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    older(&app, Persona::Prescriber).await;
    let one = compared(&app, Persona::Prescriber, Persona::OtherPrescriber).await;
    let other = compared(&app, Persona::Prescriber, Persona::Orienter).await;
    let (one, other) = (chosen(&one, Persona::Prescriber), chosen(&other, Persona::Prescriber));
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409], "{one:?} {other:?}");
    let late = if one.status.as_u16() == 409 { one } else { other };
    assert!(late.says("Rien n’a été fusionné") && late.says("Comparer de nouveau"), "{late:?}");
}

#[tokio::test]
async fn an_account_that_changed_since_is_compared_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let form =
        chosen(&compared(&app, Persona::Prescriber, Persona::OtherPrescriber).await, Persona::Prescriber);
    app.scenario().deactivate(Persona::OtherPrescriber).await;
    form.submit().await.is(409);
    let open = "SELECT count(*) FROM users WHERE id = $1 AND is_active AND email IS NOT NULL";
    assert_eq!(number(&app, open, world::OTHER_PRESCRIBER).await, 1, "nothing half done");
}

/// Names that have no word in common: it has to be said that they are one person's.
#[tokio::test]
async fn two_people_are_not_merged_by_one_click() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let page = compared(&app, Persona::Prescriber, Persona::OtherPrescriber).await;
    assert!(page.says("portent des noms différents") && page.says("Différent"), "{page:?}");
    let identity = Persona::Prescriber.user().to_string();
    let form = page.form("#merger").check("identity", &identity).fill("remark", WHY);
    let refused = form.submit().await.is(422);
    assert!(refused.error("same_person").unwrap_or_default().contains("vérifiez"), "{refused:?}");
    assert_eq!(refused.form("#merger").value("remark").as_deref(), Some(WHY), "kept");
    let open = "SELECT count(*) FROM users WHERE id = $1 AND is_active AND email IS NOT NULL";
    assert_eq!(number(&app, open, world::OTHER_PRESCRIBER).await, 1, "nothing half done");
    refused.form("#merger").check("same_person", "true").submit().await.is(303);
}
