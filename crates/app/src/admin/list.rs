//! The audit trail, as staff read it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use iae_domain::Event;
use iae_domain::actor::StaffActor;
use iae_domain::exports::ListKind;
use iae_domain::french;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::staff::{StaffRight, ensure};
use uuid::Uuid;

use super::words;
use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Facet, Facets, Filter, List, Sql, Time, Value};

/// Every row of the audit trail.
#[derive(Debug, Clone)]
pub struct AuditTrail {
    reader: StaffActor,
}

impl AuditTrail {
    /// The trail of whoever may read it.
    pub fn of(ctx: &Ctx<StaffActor>) -> Result<Self> {
        ensure(&ctx.actor, StaffRight::ReadAudit)?;
        Ok(Self { reader: ctx.actor.clone() })
    }

    /// Who reads it.
    pub const fn reader(&self) -> &StaffActor {
        &self.reader
    }
}

/// A row of the audit trail.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuditRow {
    /// The thing it happened to.
    pub subject_id: Uuid,
    /// What kind of thing it is.
    pub subject_kind: String,
    /// The account that acted; none of the service itself.
    pub actor_id: Option<UserId>,
    /// The member of the team who acted in their place, if one did (AUT-31).
    pub impersonator_id: Option<UserId>,
    /// The organisation it was done for.
    pub organisation_id: Option<OrganisationId>,
    /// Whether the thing is the account of a superuser, whom superusers alone see (STF-1).
    pub is_of_superuser: bool,
    subject_name: Option<String>,
    at: DateTime<Utc>,
    actor_kind: String,
    actor_name: Option<String>,
    merged_into: Option<String>,
    impersonator_name: Option<String>,
    organisation_name: Option<String>,
    action: String,
    payload: String,
    /// The names of the organisations and of the professionals whose ids the payload holds, and why the team saw the platform as
    /// somebody, by id.
    names: Option<String>,
}

impl AuditRow {
    /// Who acted: « Léa MARTIN à la place de Nadia ROUX » when the team saw the platform as somebody (AUT-31).
    fn actor(&self) -> String {
        let mut actor =
            self.actor_name.as_deref().unwrap_or_else(|| words::actor(&self.actor_kind)).to_owned();
        // The trail keeps the account that acted, whatever became of it since.
        if let Some(kept) = &self.merged_into {
            actor = format!("{actor}, compte fusionné dans celui de {kept}");
        }
        match &self.impersonator_name {
            Some(by) => format!("{by} à la place {}", french::of(&actor)),
            None => actor,
        }
    }

    /// Whether it happened to a thing: a search for people is about nobody, the trail keeps it with who searched.
    pub fn has_subject(&self) -> bool {
        self.action != "account.searched_by_team"
    }

    /// What it holds, with the name of what may be named in place of its id (D34).
    fn details(&self) -> Vec<String> {
        let names = self.names.as_deref().and_then(|names| serde_json::from_str(names).ok());
        let names: BTreeMap<String, String> = names.unwrap_or_default();
        let named =
            |said: String| names.iter().fold(said, |said, (id, name)| said.replace(id.as_str(), name));
        words::details(&self.action, &self.payload).into_iter().map(named).collect()
    }
}

impl List for AuditTrail {
    type Row = AuditRow;

    const KIND: ListKind = ListKind::AuditTrail;
    const ID: &'static str = "e.id";
    const KEPT: &'static str = "e.*";
    const JOINS: &'static str =
        "LEFT JOIN users u ON u.id = page.actor_id LEFT JOIN users team ON team.id = page.impersonator_id
         LEFT JOIN account_mergers merger ON merger.former_id = page.actor_id LEFT JOIN users kept ON kept.id = merger.kept_id
         LEFT JOIN organisations o ON o.id = page.organisation_id
         LEFT JOIN users account ON page.subject_kind = 'account' AND account.id = page.subject_id
         LEFT JOIN organisations thing ON page.subject_kind = 'organisation' AND thing.id = page.subject_id
         LEFT JOIN announcements said ON page.subject_kind = 'announcement' AND said.id = page.subject_id
         LEFT JOIN passes pass ON page.subject_kind = 'pass' AND pass.id = page.subject_id";

    /// What an account did is what it did itself, and what it did in the place of others: each comes from its index, in the order of
    /// the trail.
    fn cut(&self, sql: &mut Sql, asked: &Asked) {
        let Some(Value::Thing(account)) = asked.value("user") else {
            sql.push("FROM audit_events e WHERE true");
            return;
        };
        // Each in this order, so that they are merged as they are read rather than sorted once all are.
        let in_order = " ORDER BY at DESC, id DESC)";
        sql.push("FROM ((SELECT * FROM audit_events WHERE actor_id = ").push_bind(*account).push(in_order);
        sql.push(" UNION ALL (SELECT * FROM audit_events WHERE impersonator_id = ").push_bind(*account);
        sql.push(" AND actor_id IS DISTINCT FROM ").push_bind(*account).push(in_order).push(") e WHERE true");
    }

    /// Things are named where that says nobody's business: a candidate is not, nor what is of one (D34).
    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.at
             , page.actor_kind
             , page.actor_id
             , full_name(u.first_name, u.last_name) AS actor_name
             , full_name(kept.first_name, kept.last_name) AS merged_into
             , page.impersonator_id
             , full_name(team.first_name, team.last_name) AS impersonator_name
             , page.organisation_id
             , o.shown_name AS organisation_name
             , page.action
             , page.subject_kind
             , page.subject_id
             , coalesce(
                   thing.shown_name
                 , said.title
                 , pass.number
                 , CASE WHEN account.kind <> 'job_seeker' THEN full_name(account.first_name, account.last_name) END
               ) AS subject_name
             , coalesce(account.is_superuser, false) AS is_of_superuser
             , page.payload::text AS payload
             , (
                   SELECT jsonb_object_agg(
                              held.said
                            , coalesce(named.shown_name, full_name(person.first_name, person.last_name))
                          )::text
                   FROM jsonb_each_text(
                            CASE WHEN jsonb_typeof(page.payload) = 'object' THEN page.payload ELSE '{}'::jsonb END
                        ) AS held (field, said)
                   CROSS JOIN LATERAL (
                       SELECT CASE
                                  WHEN held.said ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN held.said::uuid
                              END AS id
                   ) AS meant
                   LEFT JOIN organisations named ON named.id = meant.id
                   LEFT JOIN memberships member ON member.id = meant.id
                   LEFT JOIN users person ON person.id = coalesce(member.user_id, meant.id)
                       AND person.kind <> 'job_seeker' AND NOT person.is_superuser
                   WHERE coalesce(named.shown_name, full_name(person.first_name, person.last_name)) IS NOT NULL
               ) AS names",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("action", "Action", |_, row: &AuditRow| Cell::text(words::action(&row.action))),
            Column::new("at", "Quand", |_, row: &AuditRow| Cell::At(row.at)).latest_first("e.at"),
            Column::new("actor", "Par qui", |_, row: &AuditRow| Cell::text(row.actor())),
            Column::new("organisation", "Pour", |_, row: &AuditRow| {
                Cell::text_or(row.organisation_name.as_deref(), "—")
            }),
            Column::new("subject", "Objet", |_, row: &AuditRow| {
                if row.has_subject() {
                    Cell::text(words::subject(&row.subject_kind))
                } else {
                    Cell::Nothing("—")
                }
            })
            .under("Nom de l’objet", |trail, row: &AuditRow| {
                let name = row.subject_name.as_deref().filter(|_| row.has_subject());
                Cell::text_or(name.filter(|_| trail.reader.may_see(row.is_of_superuser)), "")
            }),
            Column::new("details", "Détail", |_, row: &AuditRow| {
                let details = row.details();
                if details.is_empty() { Cell::Nothing("—") } else { Cell::Several(details) }
            }),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let actions = Event::kinds().map(|kind| Facet::new(kind.code, kind.label)).collect();
        let kinds = words::SUBJECTS.iter().map(|(code, label)| Facet::new(*code, *label)).collect();
        let mut filters = vec![
            Filter::choice_by("action", "Action", "Toutes", actions, |sql, codes| {
                any(sql, "e.action", codes);
            }),
            Filter::choice_by("aggregate", "Nature de l’objet", "Toutes", kinds, |sql, codes| {
                any(sql, "e.subject_kind", codes);
            }),
        ];
        filters.extend(Filter::period("Depuis le", "Jusqu’au", Time::At("e.at")));
        filters.push(Filter::id("subject", "Identifiant de l’objet", "e.subject_id"));
        filters.push(Filter::id_of_cut("user", "Identifiant du compte qui a agi"));
        filters
    }
}

/// One code is an equality: the index that begins with the column gives the rows in the order of the trail.
fn any(sql: &mut Sql, column: &'static str, codes: &[String]) {
    match codes {
        [code] => sql.push(format_args!(" AND {column} = ")).push_bind(code.clone()),
        codes => sql.push(format_args!(" AND {column} = ANY(")).push_bind(codes.to_vec()).push(")"),
    };
}
