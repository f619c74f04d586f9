//! The accesses of the members of an organisation to the files of candidates, and the lists of them they took away, from
//! the audit trail.

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

/// What counts as an access: to the file of one person, or to a list of them taken away.
const ACCESSES: [&str; 6] = [
    "candidate.file_opened",
    "candidate.document_downloaded",
    "candidate.looked_up",
    "candidate.searched_for",
    "export.made",
    "export.asked",
];

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
    /// The person whose file it is; none of a list.
    pub candidate: Option<CandidateId>,
    at: DateTime<Utc>,
    action: String,
    member: String,
    /// The member is of the team, and saw the platform as a member (AUT-31).
    is_of_support: bool,
    person: Option<PersonName>,
    list: Option<String>,
    rows: Option<i64>,
    created_by: Option<UserId>,
    is_related: bool,
}

impl AccessRow {
    /// Who read: a member, or the support in the place of one.
    fn reader(&self) -> String {
        let name = &self.member;
        if self.is_of_support { format!("{name}, équipe du service") } else { name.clone() }
    }

    /// The list that was taken away, and how many lines it has: « Candidatures (312 lignes) ».
    fn taken(&self) -> String {
        let list = self.list.as_deref().and_then(ListKind::parse).map_or("", ListKind::label);
        let rows = self.rows.unwrap_or_default();
        format!("{list} ({rows}\u{a0}{})", if rows < 2 { "ligne" } else { "lignes" })
    }
}

impl List for AccessLog {
    type Row = AccessRow;

    const KIND: ListKind = ListKind::AccessLog;
    const ID: &'static str = "e.id";
    const KEPT: &'static str = "e.*";
    const JOINS: &'static str = "
        JOIN users member ON member.id = coalesce(page.impersonator_id, page.actor_id)
        LEFT JOIN candidates c ON page.subject_kind = 'candidate' AND c.id = page.subject_id
        LEFT JOIN users person ON person.id = c.id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM audit_events e WHERE e.actor_id IS NOT NULL AND e.organisation_id = ");
        sql.push_bind(self.organisation).push(" AND e.action = ANY(").push_bind(ACCESSES.to_vec()).push(")");
        let people = ListKind::ALL.iter().filter(|list| list.names_people()).map(|list| list.code());
        sql.push(" AND (e.subject_kind = 'candidate' OR e.payload->>'list' = ANY(");
        sql.push_bind(people.collect::<Vec<_>>()).push("))");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "c.id AS candidate, page.at, page.action, page.payload->>'list' AS list
                , (page.payload->>'rows')::bigint AS rows, c.created_by, coalesce((SELECT is_related FROM read_is_related(c.id, ",
        );
        sql.push_bind(self.organisation).push(")), false) AS is_related");
        sql.push(", full_name(member.first_name, member.last_name) AS member");
        sql.push(", page.impersonator_id IS NOT NULL AS is_of_support");
        sql.push(", full_name(person.first_name, person.last_name) AS person");
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("member", "Membre", |_, row: &AccessRow| Cell::text(row.reader())),
            Column::new("action", "Accès", |_, row: &AccessRow| Cell::text(words::action(&row.action))),
            Column::new("person", "Dossier ou liste", |list: &Self, row: &AccessRow| {
                let (Some(candidate), Some(person)) = (row.candidate, &row.person) else {
                    return Cell::text(row.taken());
                };
                // A member may open a file they created for another organisation of theirs: its name is not told here.
                let AccessRow { created_by, is_related, .. } = *row;
                let created_by = created_by.filter(|_| is_related);
                let standing = Standing { is_related, ..Standing::related(candidate, created_by) };
                Cell::text(shown_name(&list.actor, &standing, person.clone()))
            }),
            Column::new("at", "Quand", |_, row: &AccessRow| Cell::At(row.at)).latest_first("e.at"),
        ]
    }

    fn filters(&self, facets: &Facets) -> Vec<Filter> {
        let actions = ACCESSES.map(|code| Facet::new(code, words::action(code))).to_vec();
        let [from, to] = Filter::period("Depuis le", "Jusqu’au", Time::At("e.at"));
        let member = Filter::choice(
            "member",
            "Membre",
            "Tous",
            facets.of("member"),
            "coalesce(e.impersonator_id, e.actor_id)::text",
        );
        vec![member, Filter::choice("action", "Accès", "Tous", actions, "e.action"), from, to]
    }

    /// Everyone who belongs or belonged to the organisation.
    async fn facets(&self, db: &Db) -> Result<Facets> {
        let members = accounts::queries::members(db, self.organisation).await?;
        Ok(Facets::default()
            .with("member", members.into_iter().map(|(id, name)| Facet::new(id, name)).collect()))
    }
}
