//! Accounts, as the team lists and finds them. What is typed to find somebody is in no address: it is no filter.

use std::fmt;

use chrono::{DateTime, Utc};
use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::exports::ListKind;
use iae_domain::ids::UserId;
use iae_domain::staff::{StaffRight, ensure};
use uuid::Uuid;

use crate::Ctx;
use crate::db::like;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Facet, Facets, Filter, List, Sql, Time};

/// Every account that a member of the team may see, or those of somebody they look for.
#[derive(Debug, Clone)]
pub struct Users {
    sees_superusers: bool,
    sought: Option<Sought>,
}

/// Whom the team looks for.
#[derive(Clone)]
pub(super) enum Sought {
    /// By an address, that of an account closed since included.
    Email(String),
    /// By an id of the platform.
    Id(Uuid),
    /// By a social security number.
    Nir(String),
    /// By a number at France Travail, which may be the start of anything else.
    FranceTravail(String),
    /// By words of a name, or as a provider calls them.
    Words(String, Vec<String>),
}

impl fmt::Debug for Sought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sought(…)")
    }
}

impl Users {
    /// All of them.
    pub fn of(ctx: &Ctx<StaffActor>) -> Result<Self> {
        ensure(&ctx.actor, StaffRight::ReadUsers)?;
        Ok(Self { sees_superusers: ctx.actor.may_see(true), sought: None })
    }

    /// Those of somebody, called so here or by any provider.
    pub(super) fn called(self, sought: Sought) -> Self {
        Self { sought: Some(sought), ..self }
    }
}

/// An account, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct UserRow {
    /// The account.
    pub id: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it is open.
    pub is_active: bool,
    /// « Prénom NOM ».
    pub name: String,
    /// Its address.
    pub email: Option<String>,
    /// Where they are members, now.
    pub organisations: Vec<String>,
    last_login_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl UserRow {
    /// Its address, as the person wrote it.
    pub fn shown_email(&self) -> Option<&str> {
        Some(shown_address(self.email.as_deref()?, self.is_active))
    }
}

/// An address, without what marks that of an account closed by the team, free for another (USR-15).
pub fn shown_address(email: &str, is_active: bool) -> &str {
    match email.rsplit_once("_old") {
        Some((before, rest)) if !is_active && (rest.is_empty() || rest.starts_with('_')) => before,
        _ => email,
    }
}

impl List for Users {
    type Row = UserRow;

    const KIND: ListKind = ListKind::Users;
    const ID: &'static str = "u.id";
    const KEPT: &'static str = "u.id
        , u.kind
        , u.is_active
        , u.first_name
        , u.last_name
        , u.email
        , u.last_login_at
        , u.created_at";
    const JOINS: &'static str = "";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM users u WHERE true");
        if !self.sees_superusers {
            sql.push(" AND NOT u.is_superuser");
        }
        let Some(sought) = &self.sought else { return };
        let called = match sought {
            Sought::Email(text) | Sought::Nir(text) | Sought::FranceTravail(text) => text.clone(),
            Sought::Id(id) => id.to_string(),
            Sought::Words(typed, _) => typed.clone(),
        };
        sql.push(" AND u.id IN (SELECT i.user_id FROM identities i WHERE i.subject = ")
            .push_bind(called.clone())
            .push(" OR i.subject = ")
            .push_bind(format!("old_{called}"))
            .push(" UNION ");
        match sought {
            Sought::Email(email) => {
                sql.push("SELECT o.id FROM users o WHERE o.email = ")
                    .push_bind(email.clone())
                    .push(" OR o.email = ")
                    .push_bind(format!("{email}_old"));
            }
            Sought::Id(id) => {
                sql.push("SELECT o.id FROM users o WHERE o.id = ").push_bind(*id);
            }
            Sought::Nir(nir) => {
                sql.push("SELECT c.id FROM candidates c WHERE c.nir = ").push_bind(nir.clone());
            }
            Sought::FranceTravail(number) => {
                sql.push("SELECT c.id FROM candidates c WHERE c.france_travail_id = ")
                    .push_bind(number.clone());
            }
            Sought::Words(_, words) => {
                sql.push("SELECT o.id FROM users o WHERE true");
                for word in words {
                    // The first condition follows from the second, and is the one an index of trigrams serves.
                    let word = like::escaped(word);
                    sql.push(" AND folded(o.last_name || ' ' || o.first_name) LIKE ")
                        .push_bind(format!("%{word}%"))
                        .push(" AND ' ' || folded(o.last_name || ' ' || o.first_name) LIKE ")
                        .push_bind(format!("% {word}%"));
                }
            }
        }
        sql.push(")");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.kind
             , page.is_active
             , full_name(page.first_name, page.last_name) AS name
             , page.email
             , ARRAY(
                   SELECT o.shown_name
                   FROM memberships m
                   JOIN organisations o ON o.id = m.organisation_id
                   WHERE m.user_id = page.id AND m.is_active
                   ORDER BY m.joined_at, m.id
                   LIMIT 20
               ) AS organisations
             , page.last_login_at
             , page.created_at",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("name", "Nom", |_, row: &UserRow| Cell::text(&row.name))
                .under("Adresse e-mail", |_, row: &UserRow| Cell::text_or(row.shown_email(), "")),
            Column::new("kind", "Nature", |_, row: &UserRow| Cell::text(row.kind.label())),
            Column::new("state", "État", |_, row: &UserRow| {
                Cell::text(if row.is_active { "Ouvert" } else { "Désactivé" })
            }),
            Column::new("organisations", "Structures", |_, row: &UserRow| {
                if row.organisations.is_empty() {
                    Cell::Nothing("Aucune")
                } else {
                    Cell::Several(row.organisations.clone())
                }
            }),
            Column::new("last_login", "Dernière connexion", |_, row: &UserRow| {
                Cell::at_or(row.last_login_at, "Jamais")
            }),
            Column::new("created", "Ouvert le", |_, row: &UserRow| Cell::instant_day(row.created_at))
                .latest_first("u.created_at"),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let kinds = UserKind::ALL.iter().map(|kind| Facet::new(kind.code(), kind.label())).collect();
        let states = vec![Facet::new("active", "Ouvert"), Facet::new("inactive", "Désactivé")];
        let roads = vec![
            Facet::new("provider", "Par un fournisseur d’identité"),
            Facet::new("password", "Par mot de passe"),
            Facet::new("none", "Par aucun moyen encore"),
        ];
        let places = vec![
            Facet::new("without", "Professionnels sans structure"),
            Facet::new("several", "Membres de plusieurs structures"),
        ];
        let mut filters = vec![
            Filter::choice("kind", "Nature", "Toutes", kinds, "u.kind"),
            Filter::choice(
                "state",
                "État",
                "Tous",
                states,
                "CASE WHEN u.is_active THEN 'active' ELSE 'inactive' END",
            ),
            Filter::choice(
                "road",
                "Connexion",
                "Toutes",
                roads,
                "CASE
                     WHEN EXISTS (SELECT FROM identities i WHERE i.user_id = u.id) THEN 'provider'
                     WHEN EXISTS (SELECT FROM local_passwords p WHERE p.user_id = u.id) THEN 'password'
                     ELSE 'none'
                 END",
            ),
            Filter::choice(
                "organisations",
                "Structures",
                "Toutes",
                places,
                "CASE
                     WHEN u.kind <> 'professional' THEN NULL
                     ELSE (
                         SELECT CASE count(*) WHEN 0 THEN 'without' WHEN 1 THEN 'one' ELSE 'several' END
                         FROM memberships m
                         WHERE m.user_id = u.id AND m.is_active
                     )
                 END",
            ),
        ];
        filters.extend(Filter::period("Ouvert depuis le", "Ouvert jusqu’au", Time::At("u.created_at")));
        filters
    }
}
