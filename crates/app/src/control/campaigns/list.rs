//! « Campagnes de contrôle »: those of every DDETS, for the team (rule book 04 §1.21).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::control::{Calendar, CampaignPhase, ControlCampaign, Digest, PublishedList, Ratio, policy};
use iae_domain::exports::ListKind;
use iae_domain::french;
use iae_domain::ids::{ControlCampaignId, OrganisationId};
use iae_domain::time::Period;

use super::queries::Act;
use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql, Time};

/// Every campaign.
#[derive(Debug, Clone, Copy)]
pub struct ControlCampaigns;

impl ControlCampaigns {
    /// The list of the team.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        policy::list_campaigns(&ctx.actor)?;
        Ok(Self)
    }
}

/// A campaign, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CampaignRow {
    /// The campaign.
    pub id: ControlCampaignId,
    institution_id: OrganisationId,
    ddets: String,
    department: Option<String>,
    launch_on: NaiveDate,
    adversarial_from: NaiveDate,
    hired_from: NaiveDate,
    hired_to: NaiveDate,
    ratio: i16,
    ratio_set_at: Option<DateTime<Utc>>,
    list_frozen_at: Option<DateTime<Utc>>,
    list_digest: Option<Vec<u8>>,
    value_name: Option<String>,
    launched_at: Option<DateTime<Utc>>,
    adversarial_at: Option<DateTime<Utc>>,
    submissions_frozen_at: Option<DateTime<Utc>>,
    freeze_notified_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    companies: i64,
}

impl CampaignRow {
    /// Where it stands.
    pub fn phase(&self) -> CampaignPhase {
        self.campaign().phase()
    }

    fn campaign(&self) -> ControlCampaign {
        let digest = self.list_digest.as_deref().and_then(|digest| <[u8; 32]>::try_from(digest).ok());
        let value_name = self.value_name.clone().unwrap_or_default();
        let list = digest.map(Digest).zip(self.list_frozen_at);
        ControlCampaign {
            id: self.id,
            institution: self.institution_id,
            calendar: Calendar { launch_on: self.launch_on, adversarial_from: self.adversarial_from },
            hired: Period { start: self.hired_from, end: self.hired_to },
            ratio: Ratio::of_column(self.ratio).unwrap_or_default(),
            ratio_set_at: self.ratio_set_at,
            list: list.map(|(digest, frozen_at)| PublishedList { digest, value_name, frozen_at }),
            launched_at: self.launched_at,
            adversarial_at: self.adversarial_at,
            submissions_frozen_at: self.submissions_frozen_at,
            freeze_notified_at: self.freeze_notified_at,
            ended_at: self.ended_at,
        }
    }

    /// What comes next, and the day it is planned on.
    fn next(&self) -> Option<(Act, NaiveDate)> {
        let campaign = self.campaign();
        let act = Act::next(&campaign, usize::try_from(self.companies).unwrap_or_default())?;
        act.planned_on(&campaign).map(|day| (act, day))
    }

    /// Who settled the ratio: the launch does, at its own instant, when the DDETS did not.
    fn chosen(&self) -> &'static str {
        if self.ratio_set_at.is_some() && self.ratio_set_at != self.launched_at {
            "Choisi par la DDETS"
        } else if self.list_frozen_at.is_some() {
            "Faute de choix"
        } else {
            "Pas encore choisi"
        }
    }
}

/// Where a campaign stands, as [`ControlCampaign::phase`] says it.
const PHASE: &str = "(CASE
    WHEN c.ended_at IS NOT NULL THEN 'ended'
    WHEN c.adversarial_at IS NOT NULL THEN 'adversarial'
    WHEN c.launched_at IS NOT NULL THEN 'amicable'
    WHEN c.list_frozen_at IS NOT NULL THEN 'list_frozen'
    ELSE 'sampling'
END)";

/// Words by which a campaign is found.
const WORDS: &str = "concat_ws(' ', o.search, folded(p.name), lower(p.code))";

impl List for ControlCampaigns {
    type Row = CampaignRow;

    const KIND: ListKind = ListKind::ControlCampaigns;
    const ID: &'static str = "c.id";
    const KEPT: &'static str = "c.*
        , d.launch_on
        , d.adversarial_from
        , o.shown_name AS ddets
        , p.name || ' (' || p.code || ')' AS department";
    const JOINS: &'static str = "";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push(
            "FROM control_campaigns c
             JOIN control_calendars d ON d.id = c.calendar_id
             JOIN organisations o ON o.id = c.institution_id
             LEFT JOIN departments p ON p.code = o.department_code
             WHERE true",
        );
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.institution_id
             , page.ddets
             , page.department
             , page.launch_on
             , page.adversarial_from
             , page.hired_from
             , page.hired_to
             , page.ratio
             , page.ratio_set_at
             , page.list_frozen_at
             , page.list_digest
             , page.value_name
             , page.launched_at
             , page.adversarial_at
             , page.submissions_frozen_at
             , page.freeze_notified_at
             , page.ended_at
             , (SELECT count(*) FROM controls k WHERE k.campaign_id = page.id) AS companies",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("ddets", "Département", |_, row: &CampaignRow| {
                Cell::text(row.department.as_ref().unwrap_or(&row.ddets))
            })
            .under("DDETS", |_, row: &CampaignRow| Cell::text(&row.ddets))
            .sorted_by("coalesce(o.department_code, '')", KeyKind::Text, Direction::Ascending),
            Column::new("period", "Embauches contrôlées", |_, row: &CampaignRow| {
                Cell::text(french::period(row.hired_from, row.hired_to))
            })
            .sorted_by("c.hired_to", KeyKind::Day, Direction::Descending),
            Column::new("phase", "Phase", |_, row: &CampaignRow| Cell::text(row.phase().label())),
            Column::new("launched", "Tirage", |_, row: &CampaignRow| {
                row.launched_at.map_or(Cell::Nothing("Pas encore"), Cell::instant_day)
            }),
            Column::new("next", "Prévu", |_, row: &CampaignRow| {
                Cell::day_or(row.next().map(|(_, day)| day), "Plus rien")
            })
            .under("Prochaine étape", |_, row: &CampaignRow| {
                Cell::text_or(row.next().map(|(act, _)| act.label()), "")
            }),
            Column::new("ratio", "Taux de contrôle", |_, row: &CampaignRow| {
                Cell::Counted(row.ratio.into(), format!("{}\u{a0}%", row.ratio))
            })
            .under("Choix du taux", |_, row: &CampaignRow| Cell::text(row.chosen())),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let phases = CampaignPhase::ALL.iter().map(|phase| Facet::new(phase.code(), phase.label())).collect();
        let chosen = vec![Facet::new(CHOSEN, "Choisi par la DDETS"), Facet::new("no", "Non choisi")];
        let mut filters = vec![
            Filter::words("name", "Département ou DDETS", WORDS),
            Filter::choice("phase", "Phase", "Toutes", phases, PHASE),
            Filter::choice_by("ratio", "Taux de contrôle", "Peu importe", chosen, |sql, codes| {
                if let [code] = codes {
                    sql.push(" AND (c.ratio_set_at IS NOT NULL AND c.ratio_set_at IS DISTINCT FROM c.launched_at) = ");
                    sql.push_bind(code == CHOSEN);
                }
            }),
        ];
        filters.extend(Filter::period("Tirée depuis le", "Tirée jusqu’au", Time::At("c.launched_at")));
        filters
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("period", Direction::Descending)
    }
}

/// The ratio was chosen by the DDETS.
const CHOSEN: &str = "yes";
