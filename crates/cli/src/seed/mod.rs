//! The invented people of the demonstration.

use chrono::NaiveDate;
use iae_app::{App, Db};
use indicatif::ProgressBar;

/// Address, name and role of the people shown at sign-in.
pub const PERSONAS: &[(&str, &str, &str)] = &[
    ("camille.martin@candidat.exemple.fr", "Camille Martin", "candidate"),
    ("nadia.roux@ml.exemple.fr", "Nadia Roux", "prescriptrice habilitée, Mission locale de Metz"),
    ("louis.petit@asso.exemple.fr", "Louis Petit", "orienteur, association Tremplin"),
    ("sonia.klein@aci.exemple.fr", "Sonia Klein", "employeuse solidaire, Les Jardins de la Seille (ACI)"),
    ("paul.weber@ddets.exemple.fr", "Paul Weber", "agent de la DDETS de Moselle"),
    ("ana.diaz@equipe.exemple.fr", "Ana Diaz", "équipe de la plateforme"),
];

const PEOPLE: &str = include_str!("people.sql");

/// How much is invented.
#[derive(Debug, Clone, Copy)]
pub enum Size {
    /// One département.
    S,
}

/// Someone with an account.
#[derive(Debug, sqlx::FromRow)]
pub struct Person {
    /// Address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
}

/// Whether nobody has an account yet.
pub async fn is_empty(db: &Db) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT NOT EXISTS (SELECT FROM users)").fetch_one(db).await
}

/// Loads the people, all or none.
pub async fn load(app: &App, _: Size, _: NaiveDate, progress: &ProgressBar) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    sqlx::raw_sql(PEOPLE).execute(&mut *tx).await?;
    tx.commit().await?;
    progress.inc(1);
    Ok(())
}

/// Everyone who may sign in.
pub async fn people(db: &Db) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as("SELECT email, first_name, last_name FROM users WHERE email IS NOT NULL AND is_active")
        .fetch_all(db)
        .await
}
