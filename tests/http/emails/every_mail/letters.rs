//! Letters about accounts, each as somebody makes it be written.

use chrono::{NaiveDate, TimeDelta};
use iae_app::accounts::{
    SignedIn, change_email, choose_password, confirm_email, create_staff, follow_unused, forgot_password,
    log_in_locally, second_factor, sign_up, signed_in,
};
use iae_app::budgets::Visitor;
use iae_app::{Ctx, links};
use iae_domain::accounts::{NewStaff, SignUp};
use iae_domain::candidates::{BirthDate, BirthPlace, Country, Nir, Title};
use iae_domain::ids::{AccountLetterId, UserId};
use iae_domain::text::{Email, Name};
use iae_tests::{Persona, TestApp, world};

use crate::accounts::local::LOCAL_PASSWORD;
use crate::accounts::second_factor::code;

const STAFF: &str = "zoe.lang@parcours.exemple.fr";

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn ctx(app: &TestApp) -> Ctx<()> {
    Ctx::system(app.now()).with(())
}

/// Everything that is written about accounts, by those who have one and those who do not.
pub(super) async fn letters_say_what_is_there(app: &TestApp) {
    for (address, nir) in [
        ("lise.kauffmann@exemple.fr", None),
        (Persona::Employer.email(), None),
        ("autre.adresse@exemple.fr", Some(world::OTHER_CANDIDATE_NIR)),
    ] {
        sign_up(&app.app, &ctx(app), newcomer(address, nir), LOCAL_PASSWORD.into()).await.unwrap();
    }
    for address in [Persona::Candidate.email(), Persona::Employer.email(), "personne@exemple.fr"] {
        forgot_password(&app.app, &ctx(app), &email(address)).await.unwrap();
    }
    let staff = a_member_of_the_team(app).await;
    for _ in 0..5 {
        let (visitor, wrong) = (Visitor::at("192.0.2.1"), "un autre".into());
        log_in_locally(&app.app, &ctx(app), &email(STAFF), wrong, &visitor, None).await.unwrap_err();
    }
    for address in [Persona::Employer.email(), "zoe@parcours.exemple.fr"] {
        let visitor = Visitor::at("192.0.2.1");
        change_email(&app.app, &ctx(app), &staff, LOCAL_PASSWORD.into(), &email(address), &visitor)
            .await
            .unwrap();
    }
    let (id, key) = letter(app, "account_email_to_confirm").await;
    confirm_email(&app.app, &ctx(app), id, &key).await.unwrap();
    a_backup_code_serves(app, &staff).await;
    nobody_used_accounts(app).await;
    app.run_jobs().await;
}

/// Of a member, and of nobody: the first keeps its name (USR-16).
async fn nobody_used_accounts(app: &TestApp) {
    last_signed_in_long_ago(app, world::OTHER_INSPECTOR).await;
    last_signed_in_long_ago(app, world::NO_ORGANISATION).await;
    follow_unused(&app.app, &Ctx::system(app.now())).await.unwrap();
    app.run_jobs().await;
    app.advance(TimeDelta::days(30));
    follow_unused(&app.app, &Ctx::system(app.now())).await.unwrap();
}

/// They did not sign in for more than two years.
pub(super) async fn last_signed_in_long_ago(app: &TestApp, user: UserId) {
    sqlx::query("UPDATE users SET last_login_at = $2, first_login_at = $2 WHERE id = $1")
        .bind(user)
        .bind(app.now() - TimeDelta::days(800))
        .execute(app.db())
        .await
        .unwrap();
}

fn newcomer(address: &str, nir: Option<&str>) -> SignUp {
    SignUp {
        title: Title::Mister,
        first_name: Name::parse("Luc").unwrap(),
        last_name: Name::parse("Kauffmann").unwrap(),
        birth_date: BirthDate::known(NaiveDate::from_ymd_opt(1998, 11, 2).unwrap()),
        birth_place: BirthPlace::Abroad(Country::parse("109").unwrap()),
        nir: nir.map(|nir| Nir::parse(nir).unwrap()),
        email: email(address),
    }
}

/// Their account is opened, then its password forgotten and chosen again.
async fn a_member_of_the_team(app: &TestApp) -> SignedIn {
    let (first_name, last_name) = (Name::parse("Zoé").unwrap(), Name::parse("Lang").unwrap());
    let id = UserId::at(app.now());
    let staff =
        NewStaff { id, email: email(STAFF), first_name, last_name, is_superuser: false, groups: vec![] };
    create_staff(&app.app, &Ctx::system(app.now()), staff).await.unwrap();
    let (opened, key) = letter(app, "account_of_team").await;
    choose_password(&app.app, &ctx(app), opened, &key, LOCAL_PASSWORD.into()).await.unwrap();
    forgot_password(&app.app, &ctx(app), &email(STAFF)).await.unwrap();
    let (reset, key) = letter(app, "account_password_reset").await;
    choose_password(&app.app, &ctx(app), reset, &key, LOCAL_PASSWORD.into()).await.unwrap();
    app.advance(TimeDelta::seconds(1));
    signed_in(&app.app.db, id, None, app.now()).await.unwrap().expect("the account is open")
}

async fn a_backup_code_serves(app: &TestApp, staff: &SignedIn) {
    let enrolment = second_factor::begin(&app.app, staff, None, app.now()).unwrap();
    let typed = code(&enrolment.key, app.now());
    let added = second_factor::add(&app.app, &ctx(app), staff, &enrolment, ("Mon téléphone", typed.as_str()))
        .await
        .unwrap();
    let backup = added.backup_code.expect("the first application gives one");
    second_factor::use_backup_code(&app.app, &ctx(app), staff, &backup, &[]).await.unwrap();
}

/// The last letter of a kind, and the key of its link.
async fn letter(app: &TestApp, kind: &str) -> (AccountLetterId, String) {
    let id: AccountLetterId = sqlx::query_scalar(
        "SELECT id FROM account_letters WHERE kind = $1 ORDER BY created_at DESC, id DESC",
    )
    .bind(kind)
    .fetch_one(app.db())
    .await
    .unwrap();
    let link = links::opened_letter(&app.app, id);
    (id, link.path().rsplit('/').next().unwrap().to_owned())
}
