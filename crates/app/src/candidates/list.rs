//! The people an organisation accompanies (ACP-1 to ACP-3).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::candidates::policy::{Caseload, Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::exports::ListKind;
use iae_domain::ids::{CandidateId, UserId};

use super::known::KnownPerson;
use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};

/// What the order of names compares: kept beside each person, where an index of their organisation follows it.
const NAME: &str = "followed.candidate_search";

/// The people a professional's organisation accompanies.
#[derive(Debug, Clone)]
pub struct Candidates {
    actor: Actor,
    caseload: Caseload,
    /// The day it is.
    pub today: NaiveDate,
}

impl Candidates {
    /// The list of a professional; others are denied.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        Ok(Self { caseload: Caseload::of(&ctx.actor)?, actor: ctx.actor.clone(), today: ctx.today() })
    }

    /// Someone of the list, to be chosen.
    pub(super) fn known(&self, row: &CandidateRow) -> KnownPerson {
        KnownPerson { candidate: row.id, name: self.name(row), city: row.city.clone() }
    }

    fn name(&self, row: &CandidateRow) -> ShownName {
        let standing = Standing::related(row.id, row.created_by);
        let standing = Standing { has_applied: row.has_applied, ..standing };
        shown_name(&self.actor, &standing, row.name.clone())
    }

    /// Whether some names may be masked: an orienteur's list.
    pub const fn masks(&self) -> bool {
        self.caseload.masks
    }
}

/// A person, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CandidateRow {
    /// The person.
    pub id: CandidateId,
    name: PersonName,
    created_by: Option<UserId>,
    has_applied: bool,
    last_action_at: DateTime<Utc>,
    city: String,
    applications: i64,
    /// End of their latest PASS.
    pub pass_ends_on: Option<NaiveDate>,
}

impl CandidateRow {
    /// The state of someone's latest PASS, in words.
    pub fn pass(&self, today: NaiveDate) -> &'static str {
        match self.pass_ends_on {
            None => "Sans PASS IAE",
            Some(end) if end >= today => "PASS IAE valide",
            Some(_) => "PASS IAE expiré",
        }
    }
}

impl List for Candidates {
    type Row = CandidateRow;

    const KIND: ListKind = ListKind::Candidates;
    const ID: &'static str = "followed.candidate_id";
    const KEPT: &'static str = "followed.candidate_id AS id, followed.last_action_at";
    const JOINS: &'static str = "
        JOIN candidates file ON file.id = page.id
        JOIN users person ON person.id = page.id";

    /// One's own are relations; those of all are noted once for each person. An index of either gives the page, and the file of each
    /// person is left out of what neither filters nor sorts by it.
    fn cut(&self, sql: &mut Sql, asked: &Asked) {
        let is_own = self.caseload.has_own && !asked.has("view", "organisation");
        sql.push("FROM ")
            .push(if is_own { "candidate_relations" } else { "followed_people" })
            .push(
                " followed
                LEFT JOIN candidates c ON c.id = followed.candidate_id
                WHERE followed.organisation_id = ",
            )
            .push_bind(self.caseload.organisation);
        if is_own {
            sql.push(" AND followed.user_id = ").push_bind(self.caseload.user);
        }
    }

    fn fill(&self, sql: &mut Sql) {
        let organisation = self.caseload.organisation;
        sql.push(
            "page.id
             , full_name(person.first_name, person.last_name) AS name
             , file.created_by
             , page.last_action_at
             , file.city
             , (
                   SELECT count(*)
                   FROM applications a
                   WHERE a.candidate_id = page.id AND (a.sender_organisation_id = ",
        );
        sql.push_bind(organisation).push(" OR a.company_id = ").push_bind(organisation);
        sql.push(
            ")) AS applications
             , (SELECT max(p.ends_on) FROM passes p WHERE p.candidate_id = page.id) AS pass_ends_on
             , ",
        );
        // Whoever sees every name has no need to know.
        if self.masks() {
            sql.push("(SELECT has_applied_for FROM read_has_applied_for(page.id, ")
                .push_bind(self.caseload.user)
                .push(")) AS has_applied");
        } else {
            sql.push("false AS has_applied");
        }
    }

    fn columns(&self) -> Vec<Column<Self>> {
        let person =
            Column::new("person", "Personne", |list: &Self, row: &CandidateRow| Cell::text(list.name(row)));
        let by_name = |column: Column<Self>| column.sorted_by(NAME, KeyKind::Text, Direction::Ascending);
        vec![
            // The order of masked names would tell what they hide.
            if self.masks() { person } else { by_name(person) },
            // Cities are not masked (PII-4).
            Column::new("city", "Commune", |_, row: &CandidateRow| Cell::text(&row.city)),
            Column::new("pass", "PASS IAE", |list: &Self, row: &CandidateRow| {
                Cell::text(row.pass(list.today))
            })
            .under("Fin du PASS IAE", |_, row: &CandidateRow| Cell::day_or(row.pass_ends_on, "")),
            Column::new("applications", "Candidatures", |_, row: &CandidateRow| {
                Cell::Number(row.applications)
            }),
            Column::new("last_action", "Dernière action", |_, row: &CandidateRow| {
                Cell::instant_day(row.last_action_at)
            })
            .sorted_by("followed.last_action_at", KeyKind::At, Direction::Descending),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let mut name = Filter::words("name", "Nom", NAME);
        if self.masks() {
            // Someone who sees masked names finds by name only those they see (PII-5).
            let user = self.caseload.user;
            name = name.among(move |sql| {
                sql.push(" AND (c.created_by = ").push_bind(user);
                sql.push(" OR (SELECT has_applied_for FROM read_has_applied_for(followed.candidate_id, ")
                    .push_bind(user)
                    .push(")))");
            });
        }
        let today = self.today;
        let pass = Filter::choice_by(
            "pass",
            "PASS IAE",
            "Tous",
            vec![
                Facet::new("valid", "PASS IAE valide"),
                Facet::new("expired", "PASS IAE expiré"),
                Facet::new("none", "Sans PASS IAE"),
            ],
            move |sql, codes| {
                sql.push(" AND (SELECT CASE WHEN max(p.ends_on) IS NULL THEN 'none' WHEN max(p.ends_on) >= ");
                sql.push_bind(today).push(
                    " THEN 'valid' ELSE 'expired' END
                     FROM passes p
                     WHERE p.candidate_id = followed.candidate_id) = ANY(",
                );
                sql.push_bind(codes.to_vec()).push(")");
            },
        );
        let views = vec![
            Facet::new("mine", "Ceux que j’accompagne"),
            Facet::new("organisation", "Toute l’organisation"),
        ];
        let view = self.caseload.has_own.then(|| Filter::view("view", "Vue", views));
        view.into_iter().chain([name, pass]).collect()
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("last_action", Direction::Descending)
    }
}
