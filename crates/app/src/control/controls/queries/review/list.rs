//! The SIAE a DDETS controls, as a file for it and for the team (rule book 04 §1.21): a line each. What each is at is computed, hence
//! read before its line.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::control::{Badge, Campaign, CompanyState, Control, Subsidy, policy};
use iae_domain::exports::ListKind;
use iae_domain::ids::{ControlCampaignId, ControlId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use url::form_urlencoded;
use uuid::Uuid;

use super::super::super::store::{self, Only};
use crate::control::campaigns::queries::{self, Reach};
use crate::error::{Error, Result};
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};
use crate::{App, Ctx};

/// The SIAE that a DDETS controls, in one of its campaigns or in all those in view; or those of a campaign, for the team.
#[derive(Debug, Clone)]
pub struct Controls {
    /// Of which DDETS; of any, for the team.
    institution: Option<OrganisationId>,
    states: Arc<HashMap<ControlId, State>>,
    today: NaiveDate,
}

/// What a controlled SIAE is at.
#[derive(Debug, Clone, Copy)]
struct State {
    badge: Badge,
    code: &'static str,
    phase: &'static str,
}

impl Controls {
    /// The list that an address asks for: it says the campaign, since whoever writes a long sheet knows nothing else of it.
    pub async fn asked(app: &App, ctx: &Ctx<Actor>, raw: &str) -> Result<Self> {
        Self::of(app, ctx, campaign_of(raw)).await
    }

    /// The list of an agent, whose campaign does not exist once it is out of view (§1.19); that of one campaign, for the team.
    pub async fn of(app: &App, ctx: &Ctx<Actor>, campaign: Option<ControlCampaignId>) -> Result<Self> {
        let Actor::Inspector(agent) = &ctx.actor else {
            policy::list_campaigns(&ctx.actor)?;
            let id = campaign.ok_or(Error::NotFound)?;
            let list = Self::read(app, ctx, None, &[id]).await?;
            if list.states.is_empty() {
                queries::campaign(&app.db, id).await?.ok_or(Error::NotFound)?;
            }
            return Ok(list);
        };
        let agent = ctx.with(agent.clone());
        let institution = policy::control(&agent.actor)?;
        let campaigns = match campaign {
            Some(id) => vec![id],
            None => super::campaigns(app, &agent).await?.into_iter().map(|card| card.id).collect(),
        };
        let list = Self::read(app, ctx, Some(institution), &campaigns).await?;
        if let Some(id) = campaign.filter(|_| list.states.is_empty()) {
            super::campaign(app, &agent, id).await?;
        }
        Ok(list)
    }

    /// That a file asked for before may still be taken away: an agent takes nothing of a campaign that went out of view since.
    pub async fn ensure_in_view(app: &App, ctx: &Ctx<Actor>, raw: &str) -> Result<()> {
        if let (Actor::Inspector(agent), Some(id)) = (&ctx.actor, campaign_of(raw)) {
            super::campaign(app, &ctx.with(agent.clone()), id).await?;
        }
        Ok(())
    }

    /// The SIAE of these campaigns: for a DDETS, all of its own and in view.
    async fn read(
        app: &App,
        ctx: &Ctx<Actor>,
        institution: Option<OrganisationId>,
        campaigns: &[ControlCampaignId],
    ) -> Result<Self> {
        let today = ctx.today();
        let in_view_on = institution.map(|_| today);
        let mut states = HashMap::new();
        for id in campaigns {
            let only = Only { campaign: Some(*id), in_view_on, ..Only::default() };
            let controls = store::read(&app.db, only).await?;
            if controls.iter().any(|control| institution.is_some_and(|own| own != control.institution)) {
                return Err(Error::NotFound);
            }
            states.extend(controls.iter().map(|control| (control.id, State::of(control, today))));
        }
        Ok(Self { institution, states: Arc::new(states), today })
    }

    fn state(&self, row: &ControlRow) -> Option<State> {
        self.states.get(&row.id).copied()
    }
}

impl State {
    fn of(control: &Control, today: NaiveDate) -> Self {
        let (raw, reviewed) = (control.raw(), control.reviewed);
        let is_notified = control.notified_at.is_some();
        Self {
            badge: control.stage(today).badge_of_company(raw, is_notified),
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

/// The campaign an address names.
fn campaign_of(raw: &str) -> Option<ControlCampaignId> {
    let named = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == "campaign");
    named.and_then(|(_, id)| id.parse().ok())
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
    is_active: bool,
    access_until: Option<DateTime<Utc>>,
}

impl ControlRow {
    const fn reach(&self) -> Reach {
        Reach {
            has_admin: !self.emails.is_empty(),
            is_active: self.is_active,
            access_until: self.access_until,
        }
    }
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
        LEFT JOIN company_activity a ON a.organisation_id = coalesce(o.replaced_by, o.id)
        LEFT JOIN departments d ON d.code = o.department_code";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        let read: Vec<Uuid> = self.states.keys().map(|id| id.0).collect();
        sql.push(
            "FROM controls c
             JOIN control_campaigns k ON k.id = c.campaign_id
             JOIN organisations o ON o.id = c.company_id
             WHERE c.id = ANY(",
        );
        sql.push_bind(read).push(")");
        if let Some(institution) = self.institution {
            sql.push(" AND k.institution_id = ").push_bind(institution);
        }
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
                   WHERE m.organisation_id = coalesce(o.replaced_by, o.id)
                     AND m.is_admin
                     AND m.is_active
                     AND u.is_active
                     AND u.email IS NOT NULL
                   ORDER BY u.email
               ) AS emails
             , o.phone
             , coalesce(a.active_until = 'infinity', false) AS is_active
             , nullif(a.active_until, 'infinity') AS access_until",
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
            Column::new("notices", "À savoir", |list: &Self, row: &ControlRow| {
                Cell::Several(row.reach().notices(list.today))
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
        let becomes = Subsidy::ALL.iter().map(|one| Facet::new(one.code(), one.label())).collect();
        let subsidy = Filter::choice_by("subsidy", "Aide au poste", "Toutes", becomes, |sql, codes| {
            let cuts: Vec<bool> = codes.iter().map(|code| code == Subsidy::Cut.code()).collect();
            sql.push(
                " AND EXISTS (
                      SELECT FROM control_decisions y
                      WHERE y.control_id = c.id
                        AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = y.id)
                        AND NOT y.is_annulment
                        AND y.cuts_subsidy = ANY(",
            );
            sql.push_bind(cuts).push("))");
        });
        vec![badge, subsidy, Filter::thing("campaign", "Campagne", "c.campaign_id")]
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("name", Direction::Ascending)
    }
}
