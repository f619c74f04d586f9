//! The SIAE a DDETS controls, as a file (rule book 04 §1.21): a line each. What each is at is computed, hence read before its line.

use std::collections::HashMap;
use std::sync::Arc;

use iae_domain::actor::InspectorActor;
use iae_domain::control::{Badge, Campaign, CompanyState, Control, policy};
use iae_domain::exports::ListKind;
use iae_domain::ids::{ControlCampaignId, ControlId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use uuid::Uuid;

use super::super::super::store::{self, Only};
use crate::error::{Error, Result};
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};
use crate::{App, Ctx};

/// The SIAE that a DDETS controls, in one of its campaigns or in all those in view.
#[derive(Debug, Clone)]
pub struct Controls {
    institution: OrganisationId,
    states: Arc<HashMap<ControlId, State>>,
}

/// What a controlled SIAE is at.
#[derive(Debug, Clone, Copy)]
struct State {
    badge: Badge,
    code: &'static str,
    phase: &'static str,
}

impl Controls {
    /// The list of an agent; an address says the campaign too, since whoever writes a long sheet knows nothing else of it.
    pub async fn of(
        app: &App,
        ctx: &Ctx<InspectorActor>,
        campaign: Option<ControlCampaignId>,
    ) -> Result<Self> {
        let institution = policy::control(&ctx.actor)?;
        let campaigns = match campaign {
            Some(id) => vec![id],
            None => super::campaigns(app, ctx).await?.into_iter().map(|card| card.id).collect(),
        };
        let mut states = HashMap::new();
        for id in campaigns {
            let only = Only { campaign: Some(id), ..Only::default() };
            let controls = store::read(&app.db, only).await?;
            if controls.iter().any(|control| control.institution != institution) {
                return Err(Error::NotFound);
            }
            states.extend(controls.iter().map(|control| (control.id, State::of(control, ctx))));
        }
        Ok(Self { institution, states: Arc::new(states) })
    }

    fn state(&self, row: &ControlRow) -> Option<State> {
        self.states.get(&row.id).copied()
    }
}

impl State {
    fn of(control: &Control, ctx: &Ctx<InspectorActor>) -> Self {
        let (raw, reviewed) = (control.raw(), control.reviewed);
        let is_notified = control.notified_at.is_some();
        Self {
            badge: control.stage(ctx.today()).badge_of_company(raw, is_notified),
            code: code(reviewed.state(raw, control.phase)),
            phase: match (control.phase, reviewed.at, reviewed.finally_at) {
                (Campaign::Ended, _, _) => "Campagne terminée",
                (Campaign::Open, None, _) => "Phase amiable",
                (Campaign::Open, Some(_), None) => "Phase contradictoire",
                (Campaign::Open, Some(_), Some(_)) => "Contrôle terminé",
            },
        }
    }
}

/// The code of a state, as the rule book names it (§1.8).
const fn code(state: CompanyState) -> &'static str {
    match state {
        CompanyState::Accepted => "ACCEPTED",
        CompanyState::Refused => "REFUSED",
        CompanyState::Submitted => "SUBMITTED",
        CompanyState::Submittable => "SUBMITTABLE",
        CompanyState::Pending => "PENDING",
        CompanyState::Adversarial => "ADVERSARIAL_STAGE",
    }
}

/// A controlled SIAE, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ControlRow {
    /// Its control.
    pub id: ControlId,
    campaign: String,
    siret: String,
    kind: CompanyKind,
    name: String,
    department: Option<String>,
    emails: Vec<String>,
    phone: Option<String>,
}

impl List for Controls {
    type Row = ControlRow;

    const KIND: ListKind = ListKind::Controls;
    const ID: &'static str = "c.id";
    const KEPT: &'static str = "c.id, c.company_id, k.name AS campaign, o.shown_name AS name";
    const JOINS: &'static str = "
        JOIN organisations o ON o.id = page.company_id
        JOIN companies x ON x.organisation_id = page.company_id
        LEFT JOIN conventions v ON v.id = x.convention_id
        LEFT JOIN departments d ON d.code = o.department_code";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        let read: Vec<Uuid> = self.states.keys().map(|id| id.0).collect();
        sql.push(
            "FROM controls c
             JOIN control_campaigns k ON k.id = c.campaign_id
             JOIN organisations o ON o.id = c.company_id
             WHERE k.institution_id = ",
        );
        sql.push_bind(self.institution).push(" AND c.id = ANY(").push_bind(read).push(")");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.campaign
             , coalesce(v.siret_signature, o.siret) AS siret
             , o.kind
             , page.name
             , d.name || ' (' || d.code || ')' AS department
             , ARRAY(
                   SELECT u.email
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = page.company_id
                     AND m.is_admin
                     AND m.is_active
                     AND u.is_active
                     AND u.email IS NOT NULL
                   ORDER BY u.email
               ) AS emails
             , o.phone",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("campaign", "Campagne", |_, row: &ControlRow| Cell::text(&row.campaign)),
            Column::new("siret", "SIRET signature", |_, row: &ControlRow| Cell::text(&row.siret)),
            Column::new("kind", "Type", |_, row: &ControlRow| Cell::text(row.kind.code())),
            Column::new("name", "Nom", |_, row: &ControlRow| Cell::text(&row.name)).sorted_by(
                "folded(o.shown_name)",
                KeyKind::Text,
                Direction::Ascending,
            ),
            Column::new("department", "Département", |_, row: &ControlRow| {
                Cell::text_or(row.department.as_ref(), "")
            }),
            Column::new("emails", "Emails administrateurs", |_, row: &ControlRow| {
                Cell::Several(row.emails.clone())
            }),
            Column::new("phone", "Numéro de téléphone", |_, row: &ControlRow| {
                Cell::text_or(row.phone.as_ref(), "")
            }),
            Column::new("state", "État du contrôle", |list: &Self, row: &ControlRow| {
                Cell::text_or(list.state(row).map(|state| state.code), "")
            }),
            Column::new("phase", "Phase du contrôle", |list: &Self, row: &ControlRow| {
                Cell::text_or(list.state(row).map(|state| state.phase), "")
            }),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let badges = Badge::ALL.iter().map(|badge| Facet::new(badge.code(), badge.label())).collect();
        let states = Arc::clone(&self.states);
        let badge = Filter::choice_by("badge", "État", "Tous", badges, move |sql, codes| {
            let is_asked = |state: &State| codes.iter().any(|code| code == state.badge.code());
            let asked: Vec<Uuid> =
                states.iter().filter(|(_, state)| is_asked(state)).map(|(id, _)| id.0).collect();
            sql.push(" AND c.id = ANY(").push_bind(asked).push(")");
        });
        vec![badge, Filter::thing("campaign", "Campagne", "c.campaign_id")]
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("name", Direction::Ascending)
    }
}
