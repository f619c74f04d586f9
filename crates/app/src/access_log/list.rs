//! The accesses of the members of an organisation to the files of candidates, from the audit trail.

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::candidates::PersonName;
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::exports::ListKind;
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::organisations::policy;

use crate::admin::words;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Facet, Facets, Filter, List, Sql, Time};
use crate::{Ctx, Db, accounts};

/// What counts as an access.
const ACCESSES: [&str; 3] = ["candidate.file_opened", "candidate.document_downloaded", "candidate.looked_up"];

/// The accesses of an organisation's members.
#[derive(Debug, Clone)]
pub struct AccessLog {
    actor: Actor,
    organisation: OrganisationId,
}

impl AccessLog {
    /// The log of the organisation its reader administers.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        Ok(Self { organisation: policy::read_access_log(&ctx.actor)?, actor: ctx.actor.clone() })
    }
}

/// An access.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AccessRow {
    /// The person whose file it is.
    pub candidate: CandidateId,
    at: DateTime<Utc>,
    action: String,
    member: String,
    person: PersonName,
    created_by: Option<UserId>,
    is_related: bool,
}

impl List for AccessLog {
    type Row = AccessRow;

    const KIND: ListKind = ListKind::AccessLog;
    const ID: &'static str = "e.id";
    const KEPT: &'static str = "e.*";
    const JOINS: &'static str = "
        JOIN users member ON member.id = page.actor_id
        JOIN users person ON person.id = page.subject_id
        JOIN candidates c ON c.id = page.subject_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM audit_events e WHERE e.actor_id IS NOT NULL AND e.organisation_id = ");
        sql.push_bind(self.organisation).push(" AND e.action = ANY(").push_bind(ACCESSES.to_vec()).push(")");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.subject_id AS candidate, page.at, page.action, c.created_by, is_related(page.subject_id, ",
        );
        sql.push_bind(self.organisation).push(") AS is_related");
        sql.push(", full_name(member.first_name, member.last_name) AS member");
        sql.push(", full_name(person.first_name, person.last_name) AS person");
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("member", "Membre", |_, row: &AccessRow| Cell::text(&row.member)),
            Column::new("action", "Accès", |_, row: &AccessRow| Cell::text(words::action(&row.action))),
            Column::new("person", "Dossier de", |list: &Self, row: &AccessRow| {
                // A member may open a file they created for another organisation of theirs: its name is not told here.
                let AccessRow { candidate, created_by, is_related, .. } = *row;
                let created_by = created_by.filter(|_| is_related);
                let standing = Standing { is_related, ..Standing::related(candidate, created_by) };
                Cell::text(shown_name(&list.actor, &standing, row.person.clone()))
            }),
            Column::new("at", "Quand", |_, row: &AccessRow| Cell::At(row.at)).latest_first("e.at"),
        ]
    }

    fn filters(&self, facets: &Facets) -> Vec<Filter> {
        let actions = ACCESSES.map(|code| Facet::new(code, words::action(code))).to_vec();
        let [from, to] = Filter::period("Depuis le", "Jusqu’au", Time::At("e.at"));
        let member = Filter::choice("member", "Membre", "Tous", facets.of("member"), "e.actor_id::text");
        vec![member, Filter::choice("action", "Accès", "Tous", actions, "e.action"), from, to]
    }

    /// Everyone who belongs or belonged to the organisation.
    async fn facets(&self, db: &Db) -> Result<Facets> {
        let members = accounts::queries::members(db, self.organisation).await?;
        Ok(Facets::default()
            .with("member", members.into_iter().map(|(id, name)| Facet::new(id, name)).collect()))
    }
}
