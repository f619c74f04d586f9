//! Every mail, word for word, as the mail server received it.

mod controls;
mod habilitations;
mod letters;
mod members;
mod passes;
mod sign_up;
mod succession;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::accounts::follow_unused;
use iae_app::organisations::openings::expire_all;
use iae_domain::ids::{ApplicationId, EmailId};
use iae_domain::notifications::{EmailKind, MembersMail, ProlongationMail};
use iae_test_mail_server::{MailServer, Taken};
use iae_tests::{Browser, Page, Persona, TestApp, world};
use uuid::Uuid;

use super::server;
use crate::{application_drafts, candidates, imports};

/// A kind of mail without snapshot fails here: give it a scenario below or in `every_mail/`, then accept what
/// it says (`cargo insta review`).
#[tokio::test]
async fn every_mail_says_what_it_must_to_whom_it_must() {
    let (app, server) = server::app().await;
    a_file_is_created(&app).await;
    an_application_is_sent_postponed_declined_then_accepted(&app).await;
    someone_without_identifier_is_hired(&app).await;
    an_employer_is_reminded(&app).await;
    a_file_is_corrected(&app).await;
    too_many_people_are_looked_up(&app).await;
    imports::a_company_comes_in_and_an_import_stops(&app).await;
    passes::prolongations_are_asked_granted_and_refused(&app).await;
    passes::a_pass_is_suspended_changed_lifted_suspended_again_and_removed(&app).await;
    passes::a_pass_is_closed(&app).await;
    passes::a_hire_is_cancelled(&app).await;
    passes::a_pass_is_corrected_then_goes_with_the_request_to_prolong_it(&app).await;
    nobody_renews_spontaneous_applications(&app).await;
    two_accounts_become_one(&app).await;
    nobody_uses_an_account(&app).await;

    all_are_accepted(&app, &server, |kind| {
        !is_of_a_control(kind)
            && !is_of_members(kind)
            && !is_of_a_right(kind)
            && !is_of_a_sign_up(kind)
            && !is_of_a_succession(kind)
            && !is_a_letter(kind)
    })
    .await;
}

#[tokio::test]
async fn every_mail_of_a_control_says_what_it_must_to_whom_it_must() {
    let (app, server) = server::app().await;
    controls::campaigns_say_everything(&app).await;
    all_are_accepted(&app, &server, is_of_a_control).await;
}

#[tokio::test]
async fn every_mail_of_members_says_what_it_must_to_whom_it_must() {
    let (app, server) = server::app().await;
    members::members_come_and_go(&app).await;
    all_are_accepted(&app, &server, is_of_members).await;
}

#[tokio::test]
async fn every_mail_of_a_habilitation_says_what_it_must_to_whom_it_must() {
    let (app, server) = server::app().await;
    habilitations::habilitations_say_everything(&app).await;
    all_are_accepted(&app, &server, is_of_a_right).await;
}

#[tokio::test]
async fn every_mail_of_a_sign_up_says_what_it_must_to_whom_it_must() {
    let (app, server) = server::app().await;
    sign_up::people_sign_up(&app).await;
    all_are_accepted(&app, &server, is_of_a_sign_up).await;
}

#[tokio::test]
async fn every_mail_of_a_succession_says_what_it_must_to_whom_it_must() {
    let (app, server) = server::app().await;
    succession::structures_change(&app).await;
    all_are_accepted(&app, &server, is_of_a_succession).await;
}

fn is_of_a_succession(kind: EmailKind) -> bool {
    matches!(kind, EmailKind::Succession(_) | EmailKind::Members(MembersMail::Transferred))
}

fn is_of_a_sign_up(kind: EmailKind) -> bool {
    matches!(kind, EmailKind::SignUp(_) | EmailKind::NewOrganisation(_))
}

/// The right to prescribe, and what goes back when it ends.
fn is_of_a_right(kind: EmailKind) -> bool {
    matches!(
        kind,
        EmailKind::Habilitation(_)
            | EmailKind::Authorisation(_)
            | EmailKind::Prolongation(ProlongationMail::Returned)
    )
}

fn is_of_members(kind: EmailKind) -> bool {
    matches!(kind, EmailKind::Member(_) | EmailKind::Members(_) | EmailKind::Invitation(_))
        && !is_of_a_succession(kind)
}

/// AUT-7 to AUT-9, USR-14, D25.
#[tokio::test]
async fn every_letter_about_an_account_says_what_it_must_to_whom_it_must() {
    let (app, server) = server::app().await;
    letters::letters_say_what_is_there(&app).await;
    all_are_accepted(&app, &server, is_a_letter).await;
}

fn is_a_letter(kind: EmailKind) -> bool {
    matches!(kind, EmailKind::Letter(_))
}

fn is_of_a_control(kind: EmailKind) -> bool {
    matches!(kind, EmailKind::Campaign(_) | EmailKind::Control(_))
}

/// Every one of these kinds was sent, and each says what was accepted.
async fn all_are_accepted(app: &TestApp, server: &MailServer, these: impl Fn(EmailKind) -> bool) {
    let kinds: Vec<(EmailId, String)> =
        sqlx::query_as("SELECT id, kind FROM emails ORDER BY id").fetch_all(app.db()).await.unwrap();
    let received = server.taken();
    let mut written: BTreeMap<&str, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for (id, kind) in &kinds {
        let message_id = format!("<{id}@parcours.test>");
        let message = received.iter().find(|message| message.header("Message-ID") == message_id).unwrap();
        written.entry(kind).or_default().entry(shown(message)).or_default().push(message.header("To"));
    }
    for kind in EmailKind::all().filter(|kind| these(*kind)) {
        let texts = written.get(kind.code());
        let texts =
            texts.unwrap_or_else(|| panic!("no scenario sends « {} » ({})", kind.label(), kind.code()));
        let all: Vec<String> =
            texts.iter().map(|(text, to)| format!("To: {}\n{text}", to.join(", "))).collect();
        insta::assert_snapshot!(kind.code(), all.join("\n=====\n"));
    }
}

#[tokio::test]
async fn a_mail_in_html_leads_to_the_platform_and_nowhere_else() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let answer = "Voyez <nos offres> :\nhttps://ailleurs.test/offres";
    decline(&app.browser(Persona::Employer).await, id, "no_position", answer).await.is(303);
    app.run_jobs().await;
    let mails = app.mails();
    let mail = mails.iter().find(|mail| mail.recipient == Persona::Candidate.email()).unwrap();
    insta::assert_snapshot!("html", redacted(mail.html_body.as_deref().unwrap()));
}

async fn a_file_is_created(app: &TestApp) {
    let browser = app.browser(Persona::Orienter).await;
    let summary = candidates::filled(&candidates::creation(&browser).await).submit().await.is(200);
    summary.form("new").press("Créer le dossier").submit().await.is(303);
    app.run_jobs().await;
}

async fn an_application_is_sent_postponed_declined_then_accepted(app: &TestApp) {
    let summary = application_drafts::at_summary(&app.browser(Persona::Prescriber).await).await;
    application_drafts::agreed(&summary).submit().await.is(303);
    let id: ApplicationId =
        sqlx::query_scalar("SELECT id FROM applications").fetch_one(app.db()).await.unwrap();
    app.run_jobs().await;

    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/postponement")).await.is(200);
    page.form("main form").fill("answer", "Nous recrutons en juin.").submit().await.is(303);
    app.run_jobs().await;

    decline(&employer, id, "not_mobile", "Bonne chance pour la suite.").await.is(303);
    app.run_jobs().await;

    hire(app, id).await;
}

/// Neither a social security number nor the identifier they have at France Travail: the team delivers the PASS by hand.
async fn someone_without_identifier_is_hired(app: &TestApp) {
    sqlx::query(
        "UPDATE candidates
         SET nir = NULL, nir_missing_reason = 'NO_NIR', france_travail_id = NULL,
             france_travail_id_missing_reason = 'FORGOTTEN'
         WHERE id = $1",
    )
    .bind(world::OTHER_CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
    let of = world::OTHER_CANDIDATE;
    app.scenario().diagnosis().by(Persona::OtherPrescriber).of(of).insert().await;
    let id = app.scenario().application().by(Persona::Orienter).of(of).insert().await;
    hire(app, id).await;
    let page =
        app.browser(Persona::Staff).await.get(&format!("/applications/{id}/pass-delivery")).await.is(200);
    let asked = page.form("pass-delivery").press("refuse").submit().await.is(200);
    asked.form("pass-delivery").press("confirm").submit().await.is(303);
    app.run_jobs().await;
}

async fn an_employer_is_reminded(app: &TestApp) {
    let waiting = app.scenario().application().to(world::EI).by(Persona::Orienter).sent(TimeDelta::days(20));
    let id = waiting.insert().await;
    let page = app.browser(Persona::Orienter).await.get(&format!("/applications/{id}")).await.is(200);
    page.form("reminder").submit().await.is(303);
    app.run_jobs().await;
}

/// Nobody said since they opened that they are still taken: with open posts, and without (CMP-36).
async fn nobody_renews_spontaneous_applications(app: &TestApp) {
    expire_all(&app.app, &Ctx::system(app.now())).await.unwrap();
    app.run_jobs().await;
}

/// Once more than an account may in ten minutes.
async fn too_many_people_are_looked_up(app: &TestApp) {
    let browser = app.browser(Persona::Employer).await;
    for _ in 0..=30 {
        candidates::by_nir(&browser, world::UNKNOWN_NIR).await;
    }
    app.run_jobs().await;
}

/// The team makes one account of the two of a professional (rule book 01 §13).
async fn two_accounts_become_one(app: &TestApp) {
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/admin/users/{}/merger", world::NO_ORGANISATION)).await.is(200);
    let other = page.form("#other-account").fill("email", Persona::DeactivatedMember.email());
    let form = other.submit().await.is(200).form("#merger").fill("remark", "Deux comptes, une personne.");
    let form = form.check("identity", &world::NO_ORGANISATION.to_string());
    form.check("same_person", "true").submit().await.is(303);
    app.run_jobs().await;
}

/// Its holder is told a month before it goes (USR-16).
async fn nobody_uses_an_account(app: &TestApp) {
    letters::last_signed_in_long_ago(app, world::OTHER_INSPECTOR).await;
    follow_unused(&app.app, &Ctx::system(app.now())).await.unwrap();
    app.run_jobs().await;
}

/// Name, phone and address; then another NIR is asked of the team.
async fn a_file_is_corrected(app: &TestApp) {
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get(&format!("/candidates/{}/update", world::CANDIDATE)).await.is(200);
    let form = page
        .form("update")
        .fill("title", "MME")
        .fill("education_level", "51")
        .fill("phone", "07 00 00 00 01");
    let recap = form.fill("email", "amel.neuf@exemple.fr").submit().await.is(200);
    recap.form("update").press("save").submit().await.is(303);
    app.run_jobs().await;
    let page = browser.get(&format!("/candidates/{}/nir-correction", world::CANDIDATE)).await.is(200);
    let form = page.form("nir-correction").fill("nir", world::UNKNOWN_NIR);
    form.fill("rationale", "Erreur de saisie à la création du dossier.").submit().await.is(303);
    let staff = app.browser(Persona::Staff).await;
    let asked = staff.get("/admin/nir-corrections").await.is(200).click("Demande du").await.is(200);
    let answer = asked.form("#verdict").fill("refusal", "Ce numéro est celui de quelqu’un d’autre.");
    answer.press("refuse").submit().await.is(303);
    app.run_jobs().await;
}

/// The employer declines, by the form of the page.
pub(crate) async fn decline(employer: &Browser, id: ApplicationId, reason: &str, answer: &str) -> Page {
    let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
    let mut form = page.form("main form").fill("reason", reason).fill("answer", answer);
    form = form.check("shared_with_candidate", "true");
    if form.names().contains(&"answer_to_prescriber") {
        form = form.fill("answer_to_prescriber", "Aidez-la à passer le permis.");
    }
    form.submit().await
}

/// The employer accepts, by the forms of the pages.
pub(crate) async fn hire(app: &TestApp, id: ApplicationId) {
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/acceptance")).await.is(200);
    let start = app.today() + TimeDelta::days(7);
    let form = page.form("main form").fill("starts_on", &start.to_string());
    let recap = form.fill("answer", "Rendez-vous à 8 h.").press("review").submit().await.is(200);
    recap.form("main form").press("confirm").submit().await.is(303);
    app.run_jobs().await;
}

/// What the mail server received, without what changes at each run.
fn shown(message: &Taken) -> String {
    let headers = ["From", "Reply-To", "Message-ID", "Auto-Submitted", "Subject"];
    let headers: Vec<String> =
        headers.iter().map(|name| format!("{name}: {}\n", message.header(name))).collect();
    redacted(&format!("{}\n{}", headers.concat(), message.text().replace("\r\n", "\n")))
}

/// Ids and the words of links are made from the time and chance.
fn redacted(text: &str) -> String {
    let mut parts = text.split("token=");
    let first = parts.next().unwrap_or_default().to_owned();
    let is_of_token = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let text = parts
        .fold(first, |text, part| format!("{text}token=[token]{}", part.trim_start_matches(is_of_token)));
    let text = text.as_str();
    let is_id = |text: &str| Uuid::parse_str(text).is_ok();
    let mut redacted = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (kept, length) = match rest.get(..36) {
            Some(id) if is_id(id) => ("[id]", 36),
            _ => (&rest[..letter.len_utf8()], letter.len_utf8()),
        };
        redacted.push_str(kept);
        rest = &rest[length..];
    }
    let mut parts = redacted.split("account-letters/[id]/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        format!("{text}account-letters/[id]/[key]{}", part.trim_start_matches(is_of_token))
    })
}
