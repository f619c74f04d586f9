//! What mails say about a campaign of control.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{self, Calendar, Defended, FinalState, Review, Reviewed, Stage};
use iae_domain::ids::ControlCampaignId;
use iae_domain::organisations::CompanyKind;
use iae_domain::time::Period;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Days;
use crate::error::Result;
use crate::notifications::letter::counted;

/// A campaign, with everything its mails may say.
pub(super) struct Campaign {
    pub id: ControlCampaignId,
    pub institution: String,
    pub days: Days,
    pub ratio: i16,
    adversarial_at: Option<DateTime<Utc>>,
    /// The SIAE that were drawn, in the order of their names.
    companies: Vec<Company>,
}

/// A drawn SIAE.
pub(super) struct Company {
    campaign: ControlCampaignId,
    name: String,
    kind: CompanyKind,
    is_active: bool,
    has_administrator: bool,
    reviewed_at: Option<DateTime<Utc>>,
    final_reviewed_at: Option<DateTime<Utc>>,
    final_state: Option<FinalState>,
    notified_at: Option<DateTime<Utc>>,
    hires: i64,
    is_certified: bool,
    /// Some hire has no criterion, or a criterion without submitted proof.
    lacks_proof: bool,
    /// Since when a submitted proof waits for a decision.
    waiting_since: Option<DateTime<Utc>>,
}

impl Company {
    /// « Les Jardins de la Seille (ACI) ».
    pub(super) fn named(&self) -> String {
        format!("{} ({})", self.name, self.kind.code())
    }
}

impl Campaign {
    /// Whether nobody could be drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.companies.is_empty()
    }

    /// « 12 structures ».
    pub(super) fn drawn(&self) -> String {
        structures(self.companies.len())
    }

    /// « 48 auto-prescriptions ».
    pub(super) fn hires(&self) -> String {
        let hires: i64 = self.companies.iter().map(|one| one.hires).sum();
        counted(hires.unsigned_abs(), "auto-prescription", "auto-prescriptions")
    }

    /// « 2 structures », whose hires the State all certified.
    pub(super) fn certified(&self) -> Option<String> {
        let certified = self.companies.iter().filter(|one| one.is_certified).count();
        (certified > 0).then(|| structures(certified))
    }

    /// Those that are to submit, where nobody receives our mails.
    pub(super) fn without_administrator(&self) -> Vec<&Company> {
        self.those(|one| !one.is_certified && !one.has_administrator)
    }

    /// Those that are to submit, whose convention is no longer active.
    pub(super) fn inactive(&self) -> Vec<&Company> {
        self.those(|one| !one.is_certified && !one.is_active)
    }

    /// Those that go to the contradictory phase because nothing came of them.
    pub(super) fn forced(&self) -> Vec<&Company> {
        self.those(|one| {
            self.is_of_turn(one.reviewed_at) && one.final_reviewed_at.is_none() && one.lacks_proof
        })
    }

    /// Those that are accepted because nobody reviewed what came of them.
    pub(super) fn by_default(&self) -> Vec<&Company> {
        self.those(|one| self.is_of_turn(one.final_reviewed_at) && one.waiting_since.is_some())
    }

    /// Those that are still to be controlled.
    pub(super) fn to_control(&self, today: &NaiveDate) -> Vec<&Company> {
        self.those(|one| self.is_to_control(one, *today))
    }

    /// « 3 structures », still to be controlled.
    pub(super) fn counted_to_control(&self, today: &NaiveDate) -> String {
        structures(self.to_control(today).len())
    }

    /// Those whose negative result is to be notified.
    pub(super) fn to_notify(&self) -> Vec<&Company> {
        self.those(|one| one.notified_at.is_none() && one.final_state == Some(FinalState::Refused))
    }

    /// « 3 structures », to be notified.
    pub(super) fn counted_to_notify(&self) -> String {
        structures(self.to_notify().len())
    }

    /// Whether the contradictory phase began.
    pub(super) const fn is_adversarial(&self) -> bool {
        self.adversarial_at.is_some()
    }

    /// Last day to review what came in this phase.
    pub(super) fn review_until(&self) -> String {
        if self.is_adversarial() {
            self.days.adversarial_review_until()
        } else {
            self.days.amicable_review_until()
        }
    }

    fn those(&self, is_one: impl Fn(&Company) -> bool) -> Vec<&Company> {
        self.companies.iter().filter(|one| is_one(one)).collect()
    }

    /// Whether the turn to the contradictory phase settled it, rather than the DDETS.
    fn is_of_turn(&self, at: Option<DateTime<Utc>>) -> bool {
        at.is_some() && at == self.adversarial_at
    }

    fn is_to_control(&self, one: &Company, today: NaiveDate) -> bool {
        let waiting = one.waiting_since.map(|submitted| Defended {
            is_certified: false,
            has_proof: true,
            submitted_at: Some(submitted),
            review: Review::Pending,
        });
        let reviewed =
            Reviewed { at: one.reviewed_at, finally_at: one.final_reviewed_at, final_state: one.final_state };
        let stage = Stage {
            campaign: control::Campaign::Open,
            is_frozen: true,
            reviewed,
            adversarial_from: self.days.calendar.adversarial_from,
            is_adversarial: self.adversarial_at.is_some(),
            today,
        };
        stage.is_still_to_control(waiting.as_slice())
    }
}

fn structures(count: usize) -> String {
    counted(count as u64, "structure", "structures")
}

/// These campaigns, by their ids, with the SIAE that were drawn.
pub(super) async fn campaigns(
    db: &mut PgConnection,
    ids: impl Iterator<Item = ControlCampaignId>,
) -> Result<HashMap<ControlCampaignId, Campaign>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"
        SELECT k.id AS "id: ControlCampaignId"
             , o.shown_name AS institution
             , d.launch_on
             , d.adversarial_from
             , k.hired_from
             , k.hired_to
             , k.ratio
             , k.launched_at
             , k.adversarial_at
        FROM control_campaigns k
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations o ON o.id = k.institution_id
        WHERE k.id = ANY ($1)
        ORDER BY k.id
        "#,
        &ids,
    )
    .fetch_all(&mut *db)
    .await?;
    let mut of: HashMap<ControlCampaignId, Vec<Company>> = HashMap::new();
    for company in companies(db, &ids).await? {
        of.entry(company.campaign).or_default().push(company);
    }
    let campaigns = rows.into_iter().map(|row| Campaign {
        id: row.id,
        institution: row.institution,
        days: Days {
            period: Period { start: row.hired_from, end: row.hired_to },
            calendar: Calendar { launch_on: row.launch_on, adversarial_from: row.adversarial_from },
            launched_at: row.launched_at,
            adversarial_at: row.adversarial_at,
        },
        ratio: row.ratio,
        adversarial_at: row.adversarial_at,
        companies: of.remove(&row.id).unwrap_or_default(),
    });
    Ok(campaigns.map(|campaign| (campaign.id, campaign)).collect())
}

/// The SIAE that these campaigns drew, in the order of their names.
async fn companies(db: &mut PgConnection, campaigns: &[Uuid]) -> Result<Vec<Company>> {
    let companies = sqlx::query_as!(
        Company,
        r#"
        SELECT c.campaign_id AS "campaign: ControlCampaignId"
             , o.shown_name AS name
             , o.kind AS "kind: CompanyKind"
             , (a.active_until = 'infinity') IS TRUE AS "is_active!"
             , EXISTS (
                   SELECT
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = c.company_id AND m.is_active AND m.is_admin AND u.is_active
               ) AS "has_administrator!"
             , c.reviewed_at
             , c.final_reviewed_at
             , c.final_state AS "final_state: FinalState"
             , c.notified_at
             , drawn.hires AS "hires!"
             , drawn.is_certified AS "is_certified!"
             , drawn.lacks_proof AS "lacks_proof!"
             , drawn.waiting_since AS "waiting_since?"
        FROM controls c
        JOIN organisations o ON o.id = c.company_id
        JOIN company_activity a ON a.organisation_id = c.company_id
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT h.id) AS hires
                 , coalesce(bool_and(x.is_certified IS TRUE), false) AS is_certified
                 , coalesce(bool_or(x.submitted_at IS NULL), true) AS lacks_proof
                 , min(x.submitted_at) FILTER (WHERE x.review = 'pending') AS waiting_since
            FROM control_hires h
            LEFT JOIN control_criteria x ON x.hire_id = h.id
            WHERE h.control_id = c.id
        ) AS drawn
        WHERE c.campaign_id = ANY ($1)
        ORDER BY folded(o.shown_name), c.id
        LIMIT 100000
        "#,
        campaigns,
    );
    Ok(companies.fetch_all(db).await?)
}
