//! Accounts, for the team: found, listed, read (rule book 01 §13, STF-1).

use iae_domain::ids::UserId;
use iae_domain::staff::StaffGroup;
use iae_tests::{Browser, Page, Persona, TestApp, world};

/// Makes of the member of the team one of these groups, who holds nothing else.
pub(super) async fn only_in(app: &TestApp, groups: &[StaffGroup]) -> Browser {
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    for group in groups {
        sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, $2, $3)")
            .bind(world::STAFF)
            .bind(group.code())
            .bind(app.now())
            .execute(app.db())
            .await
            .unwrap();
    }
    app.browser(Persona::Staff).await
}

/// Another member of the team, who holds every right.
pub(super) async fn another_superuser(app: &TestApp) -> UserId {
    let id = UserId(uuid::Uuid::from_u128(0xA11));
    sqlx::query(
        "INSERT INTO users (id, kind, email, first_name, last_name, is_superuser, created_at)
         VALUES ($1, 'itou_staff', 'patronne@equipe.exemple.fr', 'Zoé', 'Patronne', true, $2)",
    )
    .bind(id)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    id
}

async fn search(browser: &Browser, term: &str) -> Page {
    let page = browser.get("/admin/users").await.is(200);
    page.form("#search").fill("term", term).submit().await
}

/// 01 §13: by address, name, id, social security number, number at France Travail, what a provider calls them. What is typed is
/// in no address, and nothing of it is kept.
#[tokio::test]
async fn somebody_is_found_by_whatever_names_them() {
    let app = TestApp::new().await;
    sqlx::query("INSERT INTO identities VALUES ('PC', 'sujet-42', $1, now())")
        .bind(world::EMPLOYER)
        .execute(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    let (shouted, id) = (Persona::Employer.email().to_uppercase(), world::EMPLOYER.to_string());
    let file = world::CANDIDATE.to_string();
    let table: [(&str, &str); 8] = [
        (Persona::Employer.email(), "Émile SCHMITT"),
        (&shouted, "Émile SCHMITT"),
        ("schm emi", "Émile SCHMITT"),
        (&id, "Émile SCHMITT"),
        ("sujet-42", "Émile SCHMITT"),
        ("2 90 03 57 463 012 79", "Amel BENALI"),
        ("1234567a", "Amel BENALI"),
        (&file, "Amel BENALI"),
    ];
    for (term, name) in table {
        let page = search(&staff, term).await.is(200);
        assert_eq!(page.all("tbody th"), [name], "{term}");
        assert!(!page.links().iter().any(|link| link.contains("term=")), "{:?}", page.links());
    }
    assert!(search(&staff, "personne@nulle.part.fr").await.is(200).says("Aucun compte trouvé"));
    for signs in ["%", "<b>%'"] {
        assert!(search(&staff, signs).await.is(200).says("Aucun compte trouvé"), "{signs}: nobody");
    }
    let form = staff.get("/admin/users").await.is(200).form("#search").fill("term", "schm emi");
    assert!(
        form.fill("of_kind", "job_seeker").submit().await.is(200).says("Aucun compte trouvé"),
        "of one kind"
    );
    let blank = search(&staff, "  ").await.is(422);
    assert!(blank.error("term").is_some());
    assert!(search(&staff, &"a".repeat(300)).await.is(422).error("term").is_some());
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| *action == "account.searched_by_team").count(), 12);
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM audit_events WHERE payload::text NOT IN ('{}', 'null')")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(kept, 0, "nothing that was typed");
}

/// Filters stand in the address, page after page.
#[tokio::test]
async fn accounts_are_listed_and_filtered() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let all = staff.get("/admin/users").await.is(200);
    assert!(all.statements.len() <= 8, "{:?}", all.statements);
    let team = staff.get("/admin/users?kind=itou_staff").await.is(200);
    assert_eq!(team.all("tbody th").len(), 1);
    let alone = staff.get("/admin/users?organisations=without").await.is(200);
    let names = alone.all("tbody th").join(" ");
    assert!(names.contains("David LANG") && !names.contains("Émile SCHMITT"), "{names}");
    sqlx::query("UPDATE users SET is_active = false WHERE id = $1")
        .bind(world::EMPLOYER)
        .execute(app.db())
        .await
        .unwrap();
    let closed = staff.get("/admin/users?state=inactive").await.is(200);
    assert_eq!(closed.all("tbody th").len(), 1);
    assert!(closed.says("Émile SCHMITT") && closed.says("Désactivé"));
    assert!(
        staff
            .get("/admin/users?kind=itou_staff&state=inactive")
            .await
            .is(200)
            .says("Aucun compte ne correspond")
    );
    staff.get("/admin/users?kind=nonsense&after=zzz").await.is(200);
}

/// What is read: memberships that are over too; no secret; and that it was read.
#[tokio::test]
async fn an_account_is_read_with_its_memberships_and_its_trail() {
    let app = TestApp::new().await;
    sqlx::query("INSERT INTO identities VALUES ('IC', 'chez-eux', $1, now())")
        .bind(world::EMPLOYER)
        .execute(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/admin/users/{}", world::EMPLOYER)).await.is(200);
    assert_eq!(page.h1(), "Émile SCHMITT");
    for words in
        [Persona::Employer.email(), "Inclusion Connect", "chez-eux", "Les Jardins de la Seille", "Membre"]
    {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    assert!(page.statements.len() <= 8, "{} {:#?}", page.statements.len(), page.statements);
    assert_eq!(app.audit_trail().await, ["account.read_by_team"]);
    let gone = staff.get(&format!("/admin/users/{}", world::DEACTIVATED_MEMBER)).await.is(200);
    assert!(gone.says("N’en fait plus partie"));
    // D34: the file of a candidate is opened, once a day.
    for _ in 0..2 {
        let candidate = staff.get(&format!("/admin/users/{}", world::CANDIDATE)).await.is(200);
        assert!(candidate.says("Amel BENALI"), "{}", candidate.text());
        assert!(!candidate.says(world::CANDIDATE_NIR), "no number is shown");
    }
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| action.starts_with("candidate.")).count(), 1, "{trail:?}");
    staff.get("/admin/users/01900000-0000-7000-8000-000000000000").await.is(404);
    staff.get("/admin/users/12").await.is(404);
}

/// STF-1: each screen asks for its right; superusers do not exist for the others of the team; nobody else comes in.
#[tokio::test]
async fn each_group_opens_what_it_says() {
    let of = |page: &str| format!("/admin/users/{}/{page}", world::CANDIDATE);
    let pages = [
        "/admin/users".to_owned(),
        format!("/admin/users/{}", world::EMPLOYER),
        of("deactivation"),
        of("reactivation"),
        of("email"),
        of("subject"),
        "/admin/users/passwords".to_owned(),
    ];
    let table: [(&[StaffGroup], [u16; 7]); 5] = [
        (&[], [403; 7]),
        (&[StaffGroup::Admin], [200; 7]),
        (&[StaffGroup::AdminReadonly], [200, 200, 403, 403, 403, 403, 403]),
        (&[StaffGroup::Controls], [403; 7]),
        (&[StaffGroup::DisablePasswords], [200, 200, 403, 403, 403, 403, 200]),
    ];
    for (groups, expected) in table {
        let app = TestApp::new().await;
        let staff = only_in(&app, groups).await;
        for (page, status) in pages.iter().zip(expected) {
            staff.get(page).await.is(status);
        }
        for page in ["deactivation", "reactivation", "email", "subject"] {
            let posted = staff.post(&of(page), &[("change", "allow")]).await;
            posted.is(if groups == [StaffGroup::Admin] { 422 } else { 403 });
        }
    }
    let app = TestApp::new().await;
    let patron = another_superuser(&app).await;
    app.browser(Persona::Staff).await.get(&format!("/admin/users/{patron}")).await.is(200);
    let admin = only_in(&app, &[StaffGroup::Admin]).await;
    for page in ["", "/deactivation", "/email", "/subject"] {
        admin.get(&format!("/admin/users/{patron}{page}")).await.is(404);
    }
    assert!(!admin.get("/admin/users?kind=itou_staff").await.is(200).says("PATRONNE"));
    assert!(search(&admin, "patronne").await.is(200).says("Aucun compte trouvé"));
    for persona in [Persona::Candidate, Persona::EmployerAdmin, Persona::Inspector] {
        for page in &pages {
            app.browser(persona).await.get(page).await.is(403);
        }
    }
}
