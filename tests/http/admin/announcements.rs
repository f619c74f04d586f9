//! What the team says at the top of pages (rule book 01 §13): to whom, when, and what readers do of it.

use chrono::TimeDelta;
use iae_tests::{Form, Page, Persona, TestApp, world};
use uuid::Uuid;

/// The form of a new announcement, filled.
async fn form(app: &TestApp, title: &str) -> Form {
    let page = app.browser(Persona::Staff).await.get("/admin/announcements/new").await.is(200);
    page.form("#announcement").fill("title", title).fill("body", "Première ligne.\nSeconde ligne.")
}

/// What its author reads before it is published.
async fn reviewed(form: Form) -> Page {
    form.press("review").submit().await.is(200)
}

/// Publishes it, and gives its page.
async fn publish(form: Form) -> Page {
    let published = reviewed(form).await.form("#announcement").press("confirm").submit().await.is(303);
    published.follow().await.is(200)
}

/// The titles of what a page announces.
fn shown(page: &Page) -> Vec<String> {
    page.all(".announcements .fr-alert__title")
}

async fn dashboard(app: &TestApp, persona: Persona) -> Page {
    app.browser(persona).await.get("/dashboard").await.is(200)
}

#[tokio::test]
async fn an_announcement_is_read_by_those_it_is_for_and_costs_no_statement() {
    let app = TestApp::new().await;
    let before = dashboard(&app, Persona::Employer).await.statements.len();
    let form = form(&app, "Contrôle en juin").await.check("kinds", "employer").check("level", "warning");
    let review = reviewed(form.clone().fill("departments", "57, 54")).await;
    assert!(
        review.says("Employeurs, départements 54, 57") && review.says("Elle n’est pas pour"),
        "{review:?}"
    );
    assert!(review.says("Seconde ligne.") && shown(&dashboard(&app, Persona::Employer).await).is_empty());
    let page = publish(form.fill("departments", "57")).await;
    assert_eq!(page.flash(), Some("Annonce publiée".to_owned()));
    assert!(page.says("En cours") && page.says("Urgente"), "{page:?}");

    let read = dashboard(&app, Persona::Employer).await;
    assert_eq!(shown(&read), ["Contrôle en juin"]);
    assert_eq!(read.attribute(".announcements .fr-alert", "role"), Some("alert".to_owned()));
    assert_eq!(read.statements.len(), before, "{:#?}", read.statements);
    for other in [Persona::Prescriber, Persona::Candidate, Persona::Inspector, Persona::Staff] {
        assert!(shown(&dashboard(&app, other).await).is_empty(), "{other:?}");
    }
    assert!(shown(&app.visitor().get("/").await.is(200)).is_empty());
    let listed = app.browser(Persona::Staff).await.get("/admin/announcements").await.is(200);
    assert!(listed.says("Contrôle en juin") && listed.says("Sofia MARTIN"), "{listed:?}");
    assert_eq!(app.audit_trail().await, ["announcement.published"]);
}

#[tokio::test]
async fn visitors_read_what_is_for_everybody_and_hide_nothing() {
    let app = TestApp::new().await;
    publish(form(&app, "Pour tous").await).await;
    let home = app.visitor().get("/").await.is(200);
    assert_eq!(shown(&home), ["Pour tous"]);
    assert_eq!(home.attribute(".announcements .fr-alert", "role"), None, "it is not urgent");
    assert!(!home.has_form("dismissal"));
    assert_eq!(shown(&dashboard(&app, Persona::Candidate).await), ["Pour tous"]);
}

/// Of the organisation one acts for, or of where a candidate lives.
#[tokio::test]
async fn a_departement_is_that_of_the_reader() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE candidates SET department_code = '57' WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("UPDATE candidates SET department_code = '54' WHERE id = $1")
        .bind(world::OTHER_CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    publish(form(&app, "En Moselle").await.fill("departments", "57")).await;
    for (persona, is_shown) in [
        (Persona::Candidate, true),
        (Persona::OtherCandidate, false),
        (Persona::Prescriber, true),
        (Persona::Inspector, true),
        (Persona::OtherInspector, false),
        (Persona::Staff, false),
    ] {
        assert_eq!(!shown(&dashboard(&app, persona).await).is_empty(), is_shown, "{persona:?}");
    }
}

#[tokio::test]
async fn what_is_hidden_stays_hidden_until_its_words_change() {
    let app = TestApp::new().await;
    let page = publish(form(&app, "Nouveauté").await).await;
    let employer = app.browser(Persona::Employer).await;
    let read = employer.get("/pass").await.is(200);
    let hides = read.all(".announcements form[data-hides]");
    assert_eq!(hides.len(), 1, "a script hides it where it stands: what is being typed in the page stays");
    let hidden = read.form("dismissal").submit().await.is(303);
    assert!(hidden.location().unwrap().ends_with("/pass"), "back where it was read");
    assert!(shown(&employer.get("/pass").await.is(200)).is_empty());
    assert!(shown(&dashboard(&app, Persona::Employer).await).is_empty(), "on every browser of the account");
    assert_eq!(shown(&dashboard(&app, Persona::Prescriber).await), ["Nouveauté"], "theirs alone");

    let edit = page.click("Modifier l’annonce").await.is(200).form("#announcement");
    let review = reviewed(edit.clone()).await;
    assert!(review.says("reste telle qu’elle est publiée") && !review.says("Rien n’est encore publié"));
    let until = (app.today() + TimeDelta::days(9)).to_string();
    publish(edit.fill("until_day", &until)).await;
    assert!(shown(&dashboard(&app, Persona::Employer).await).is_empty(), "other dates are no news");
    let edit = page.click("Modifier l’annonce").await.is(200).form("#announcement");
    publish(edit.fill("body", "Autre chose.")).await;
    assert_eq!(shown(&dashboard(&app, Persona::Employer).await), ["Nouveauté"]);
    let trail = app.audit_trail().await;
    assert_eq!(
        trail,
        ["announcement.published", "announcement.dismissed", "announcement.changed", "announcement.changed"]
    );
    let journal = app.browser(Persona::Staff).await.get("/admin/audit?aggregate=announcement").await.is(200);
    assert!(journal.says("Ce qui a changé : Texte"), "{}", journal.text());
}

#[tokio::test]
async fn a_page_shows_two_the_most_urgent_first() {
    let app = TestApp::new().await;
    publish(form(&app, "Première").await).await;
    app.advance(TimeDelta::minutes(1));
    publish(form(&app, "Deuxième").await).await;
    app.advance(TimeDelta::minutes(1));
    let urgent = form(&app, "Urgente").await.check("level", "warning");
    let review = reviewed(urgent.clone()).await;
    assert_eq!(review.all("main .fr-alert__title").iter().filter(|title| *title == "Urgente").count(), 1);
    publish(urgent).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get("/dashboard").await.is(200);
    assert_eq!(shown(&page), ["Urgente", "Deuxième"]);
    page.form("dismissal").submit().await.is(303);
    assert_eq!(shown(&employer.get("/dashboard").await), ["Deuxième", "Première"]);
}

#[tokio::test]
async fn an_interruption_is_announced_before_it_comes() {
    let app = TestApp::new().await;
    let (day, after) = (app.today().to_string(), (app.today() + TimeDelta::days(1)).to_string());
    let maintenance = form(&app, "Maintenance").await;
    let maintenance = maintenance
        .fill("from_day", &day)
        .fill("from_time", "14h")
        .fill("until_day", &after)
        .fill("until_time", "0:00")
        .fill("outage_from_day", &day)
        .fill("outage_from_time", "20:00")
        .fill("outage_until_day", &day)
        .fill("outage_until_time", "22 h 30");
    let page = publish(maintenance).await;
    assert!(page.says("À venir"), "{page:?}");
    let home = async || app.visitor().get("/").await.is(200);
    assert!(shown(&home().await).is_empty(), "eleven o’clock");
    app.advance(TimeDelta::hours(3));
    assert!(home().await.says("Interruption prévue le 4 mai 2026, de 20 h 00 à 22 h 30."));
    app.advance(TimeDelta::hours(7));
    assert!(home().await.says("Interruption en cours, jusqu’au 4 mai 2026 à 22 h 30."));
    app.advance(TimeDelta::hours(2));
    let late = home().await;
    assert_eq!((shown(&late).len(), late.says("Interruption")), (1, false));
    app.advance(TimeDelta::hours(1));
    assert!(shown(&home().await).is_empty());
}

#[tokio::test]
async fn what_is_mistaken_is_said_beside_its_field_and_nothing_is_published() {
    let app = TestApp::new().await;
    let form = form(&app, "Maintenance").await;
    let (day, long) = (app.today().to_string(), "é".repeat(121));
    let (day, long) = (day.as_str(), long.as_str());
    for (field, value, says) in [
        ("title", " ", "Écrivez le titre"),
        ("title", long, "121 caractères, 120 au plus"),
        ("body", "", "Écrivez ce que l’annonce dit"),
        ("departments", "57, 99", "Aucun département n’a ce code : 99"),
        ("until_day", "", "Choisissez le jour"),
        ("until_day", day, "avant de commencer"),
        ("until_day", "2028-01-01", "un an au plus"),
        ("until_time", "25:00", "Écrivez l’heure"),
        ("outage_from_day", day, ""),
    ] {
        let form = if field == "until_day" { form.clone().fill("until_time", "0:00") } else { form.clone() };
        let refused = form.fill(field, value).press("review").submit().await.is(422);
        let error = refused.error(field).unwrap_or_default();
        assert!(error.contains(says), "{field} {value:?}: {:?}", refused.errors());
        let kept = if field == "body" { "" } else { "Première ligne.\nSeconde ligne." };
        assert_eq!(refused.value("body").as_deref(), Some(kept), "what was typed is kept");
    }
    let forged = form.clone().forge("kinds", "everyone").press("review").submit().await.is(422);
    assert!(forged.error("kinds").is_some());
    let before = form
        .fill("outage_from_day", "2026-05-20")
        .fill("outage_from_time", "20:00")
        .fill("outage_until_day", "2026-05-20")
        .fill("outage_until_time", "22:00");
    let refused = before.press("review").submit().await.is(422);
    assert!(refused.error("outage_from_day").unwrap().contains("pendant l’affichage"), "{refused:?}");
    assert!(app.audit_trail().await.is_empty());
}

#[tokio::test]
async fn a_form_sent_twice_publishes_once() {
    let app = TestApp::new().await;
    let confirm = reviewed(form(&app, "Une fois").await).await.form("#announcement").press("confirm");
    let (one, other) = tokio::join!(confirm.submit(), confirm.submit());
    one.is(303);
    other.is(303);
    confirm.submit().await.is(303);
    let other = confirm.forge("title", "Autre chose").submit().await.is(409);
    assert!(other.says("a publié cette annonce") && other.says("n’a pas été enregistré"), "{other:?}");
    other.click("Revoir l’annonce").await.is(200);
    assert_eq!(app.audit_trail().await, ["announcement.published"]);
}

/// D32: of two who change it, the second reads who did.
#[tokio::test]
async fn what_a_colleague_changed_is_not_changed_unseen() {
    let app = TestApp::new().await;
    let page = publish(form(&app, "Partagée").await).await;
    let edit = page.click("Modifier l’annonce").await.is(200).form("#announcement");
    let late = page.click("Modifier l’annonce").await.is(200).form("#announcement");
    let late = late.fill("title", "Autrement");
    let confirm = reviewed(late.clone()).await.form("#announcement").press("confirm");
    let withdrawal = page.click("Retirer l’annonce").await.is(200).form("#withdrawal");
    app.advance(TimeDelta::minutes(1));
    publish(edit.fill("title", "Changée")).await;
    for late in [late.clone().press("review"), confirm] {
        let conflict = late.submit().await.is(409);
        assert!(conflict.says("Sofia MARTIN a modifié cette annonce"), "{conflict:?}");
        assert_eq!(conflict.all("main table td"), ["Changée", "Autrement"], "both are read");
        assert_eq!(conflict.value("title").as_deref(), Some("Autrement"), "what was typed stays");
        assert_eq!(shown(&app.visitor().get("/").await), ["Changée"]);
    }
    withdrawal.submit().await.is(409);
    let conflict = late.press("review").submit().await.is(409);
    publish(conflict.form("#announcement")).await;
    assert_eq!(shown(&app.visitor().get("/").await), ["Autrement"], "sent again, once it was read");
}

#[tokio::test]
async fn what_is_withdrawn_is_shown_to_nobody_and_stays_so() {
    let app = TestApp::new().await;
    let page = publish(form(&app, "Erreur").await).await;
    let edit = page.click("Modifier l’annonce").await.is(200).form("#announcement").fill("title", "Corrigée");
    let withdrawal = page.click("Retirer l’annonce").await.is(200).form("#withdrawal");
    let done = withdrawal.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash(), Some("Annonce retirée".to_owned()));
    assert!(shown(&app.visitor().get("/").await).is_empty());
    let again = withdrawal.submit().await.is(303).follow().await.is(200);
    assert!(again.flash().unwrap().contains("déjà retirée"), "{again:?}");
    let late = edit.press("review").submit().await.is(409);
    assert!(late.says("a retiré cette annonce") && late.says("nouvelle annonce"), "{late:?}");
    assert_eq!(late.value("title").as_deref(), Some("Corrigée"), "what was typed stays");
    assert_eq!(app.audit_trail().await, ["announcement.published", "announcement.withdrawn"]);
    publish(late.form("#announcement")).await;
    assert_eq!(shown(&app.visitor().get("/").await), ["Corrigée"], "as another one");
}

/// Other processes read what is published within a minute.
#[tokio::test]
async fn another_process_shows_it_once_it_read_again() {
    let app = TestApp::new().await;
    sqlx::query(
        "INSERT INTO announcements
             (id, edition_id, title, body, level, kinds, departments, starts_at, ends_at, author_id, published_at, changed_at, changed_by)
         VALUES ($1, $1, 'D’ailleurs', 'Texte.', 'info', '{}', '{}', $2, $2::timestamptz + interval '1 day', $3, $2, $2, $3)",
    )
    .bind(Uuid::from_u128(1))
    .bind(app.now())
    .bind(world::STAFF)
    .execute(app.db())
    .await
    .unwrap();
    assert!(shown(&app.visitor().get("/").await).is_empty());
    iae_app::announcements::refresh(&app.app).await.unwrap();
    assert_eq!(shown(&app.visitor().get("/").await), ["D’ailleurs"]);
}

#[tokio::test]
async fn what_is_not_for_somebody_does_not_exist_for_them() {
    let app = TestApp::new().await;
    let page = publish(form(&app, "Employeurs").await.check("kinds", "employer")).await;
    let id = page.url.path().rsplit('/').next().unwrap().to_owned();
    let hide = format!("/announcements/{id}/dismissal");
    app.browser(Persona::Candidate).await.post(&hide, &[("edition", &id)]).await.is(404);
    let employer = app.browser(Persona::Employer).await;
    employer.post(&hide, &[("edition", "12")]).await.is(303);
    employer.post(&hide, &[("edition", &id)]).await.is(303);
    assert_eq!(shown(&employer.get("/dashboard").await), ["Employeurs"], "no words of it were read");
    employer.post(&format!("/announcements/{}/dismissal", Uuid::nil()), &[]).await.is(404);
    assert!(app.visitor().post(&hide, &[]).await.is(303).location().unwrap().starts_with("/login"));
}

/// STF-1: a right of the group, not of the team.
#[tokio::test]
async fn only_who_may_announce_reads_and_writes_them() {
    let app = TestApp::new().await;
    let page = publish(form(&app, "Pour tous").await).await;
    let id = page.url.path().rsplit('/').next().unwrap().to_owned();
    let confirm = reviewed(form(&app, "Trop tard").await).await.form("#announcement").press("confirm");
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("DELETE FROM staff_groups WHERE user_id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    for page in [
        String::new(),
        "/new".to_owned(),
        format!("/{id}"),
        format!("/{id}/edition"),
        format!("/{id}/withdrawal"),
    ] {
        staff.get(&format!("/admin/announcements{page}")).await.is(403);
    }
    confirm.submit().await.is(403);
    staff.post(&format!("/admin/announcements/{id}/withdrawal"), &[]).await.is(403);
    app.browser(Persona::EmployerAdmin).await.get("/admin/announcements").await.is(403);
    assert_eq!(app.audit_trail().await, ["announcement.published"]);
}
