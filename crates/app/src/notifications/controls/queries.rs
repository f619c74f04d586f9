//! What mails say about the control of an SIAE.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Calendar, NegativeReason, Sanction};
use iae_domain::french;
use iae_domain::ids::{ControlId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use iae_domain::time::Period;
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Result;
use crate::notifications::campaigns::Days;
use crate::notifications::letter::counted;

/// A control, with everything its mails may say.
pub(super) struct Control {
    pub id: ControlId,
    pub company_id: OrganisationId,
    pub company: String,
    pub kind: CompanyKind,
    siret: String,
    pub institution: String,
    institution_email: Option<String>,
    institution_phone: Option<String>,
    launch_on: NaiveDate,
    adversarial_from: NaiveDate,
    hired_from: NaiveDate,
    hired_to: NaiveDate,
    launched_at: Option<DateTime<Utc>>,
    adversarial_at: Option<DateTime<Utc>>,
    reviewed_at: Option<DateTime<Utc>>,
    hires: i64,
    certified: i64,
    refused: Json<Vec<Refused>>,
    decision: Option<Json<InForce>>,
}

/// A hire of which a proof was refused.
#[derive(Debug, Deserialize)]
pub(super) struct Refused {
    /// Its place among those of the SIAE: no mail names the person.
    pub rank: u16,
    /// What the DDETS says of it.
    pub comment: String,
}

/// The decision in force on a negative result.
#[derive(Debug, Deserialize)]
pub(super) struct InForce {
    /// Whether it annuls the one before: it says nothing else.
    pub is_annulment: bool,
    reason: Option<NegativeReason>,
    comment: Option<String>,
    training: Option<String>,
    leniency: Option<String>,
    withdraws: bool,
    is_permanent: bool,
    cuts_subsidy: bool,
    why: Option<String>,
}

impl InForce {
    /// The main reason of the result.
    pub(super) fn reason(&self) -> &'static str {
        self.reason.map(NegativeReason::label).unwrap_or_default()
    }

    /// The same in the words of the DDETS.
    pub(super) fn comment(&self) -> &str {
        self.comment.as_deref().unwrap_or_default()
    }

    /// The session of training, in its words.
    pub(super) fn training(&self) -> &str {
        self.training.as_deref().unwrap_or_default()
    }

    /// Why nothing is sanctioned, in its words.
    pub(super) fn leniency(&self) -> &str {
        self.leniency.as_deref().unwrap_or_default()
    }

    /// Why it takes the place of another, in its words.
    pub(super) fn why(&self) -> &str {
        self.why.as_deref().unwrap_or_default()
    }

    /// Whether a registered letter notifies it too.
    pub(super) const fn is_by_letter(&self) -> bool {
        self.withdraws || self.cuts_subsidy
    }

    /// What it decides.
    pub(super) fn sanctions(&self) -> Vec<&'static str> {
        let decided = [
            (self.training.is_some(), Sanction::Training),
            (self.withdraws && !self.is_permanent, Sanction::TemporaryWithdrawal),
            (self.withdraws && self.is_permanent, Sanction::PermanentWithdrawal),
            (self.cuts_subsidy, Sanction::SubsidyCut),
            (self.leniency.is_some(), Sanction::None),
        ];
        decided.into_iter().filter_map(|(is_decided, one)| is_decided.then_some(one.label())).collect()
    }
}

impl Control {
    /// The decision in force, once one was notified.
    pub(super) fn decision(&self) -> Option<&InForce> {
        self.decision.as_ref().map(|decision| &decision.0)
    }

    /// The SIRET under which the convention was signed, in groups.
    pub(super) fn siret(&self) -> String {
        french::groups(&self.siret, &[3, 3, 3, 5])
    }

    /// Address and number of the DDETS, as far as they are known.
    pub(super) fn contact(&self) -> Option<String> {
        let phone = self.institution_phone.as_deref().map(french::phone);
        let contact: Vec<String> = [self.institution_email.clone(), phone].into_iter().flatten().collect();
        (!contact.is_empty()).then(|| contact.join(", "))
    }

    /// The days of its campaign.
    pub(super) const fn days(&self) -> Days {
        Days {
            period: Period { start: self.hired_from, end: self.hired_to },
            calendar: Calendar { launch_on: self.launch_on, adversarial_from: self.adversarial_from },
            launched_at: self.launched_at,
            adversarial_at: self.adversarial_at,
        }
    }

    /// « 4 auto-prescriptions ».
    pub(super) fn hires(&self) -> String {
        self_prescriptions(self.hires)
    }

    /// « 1 auto-prescription », that the State certified: nothing is asked for it.
    pub(super) fn certified(&self) -> Option<String> {
        (self.certified > 0).then(|| self_prescriptions(self.certified))
    }

    /// Whether the result of the amicable phase was validated: the SIAE is in the contradictory one.
    pub(super) const fn is_adversarial(&self) -> bool {
        self.reviewed_at.is_some()
    }

    /// Last day of the DDETS to review what came in this phase.
    pub(super) fn review_until(&self) -> String {
        let days = self.days();
        if self.is_adversarial() { days.adversarial_review_until() } else { days.amicable_review_until() }
    }

    /// The hires of which a proof was refused, in their order.
    pub(super) fn refused(&self) -> &[Refused] {
        &self.refused.0
    }
}

fn self_prescriptions(count: i64) -> String {
    counted(count.unsigned_abs(), "auto-prescription", "auto-prescriptions")
}

/// These controls, by their ids.
pub(super) async fn controls(
    db: &mut PgConnection,
    ids: impl Iterator<Item = ControlId>,
) -> Result<HashMap<ControlId, Control>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Control,
        r#"
        SELECT c.id AS "id: ControlId"
             , c.company_id AS "company_id: OrganisationId"
             , o.shown_name AS company
             , o.kind AS "kind: CompanyKind"
             , coalesce(v.siret_signature, o.siret, '') AS "siret!"
             , ddets.shown_name AS institution
             , nullif(ddets.email, '') AS institution_email
             , nullif(ddets.phone, '') AS institution_phone
             , d.launch_on
             , d.adversarial_from
             , k.hired_from
             , k.hired_to
             , k.launched_at
             , k.adversarial_at
             , c.reviewed_at
             , drawn.hires AS "hires!"
             , drawn.certified AS "certified!"
             , drawn.refused AS "refused!: Json<Vec<Refused>>"
             , (
                   SELECT jsonb_build_object(
                              'is_annulment', x.is_annulment,
                              'reason', x.reason,
                              'comment', x.comment,
                              'training', x.training,
                              'leniency', x.leniency,
                              'withdraws', x.withdrawn_days IS NOT NULL,
                              'is_permanent', coalesce(upper_inf(x.withdrawn_days), false),
                              'cuts_subsidy', x.cuts_subsidy,
                              'why', x.replaced_why
                          )
                   FROM control_decisions x
                   WHERE x.control_id = c.id
                     AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = x.id)
               ) AS "decision?: Json<InForce>"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations ddets ON ddets.id = k.institution_id
        JOIN organisations o ON o.id = c.company_id
        JOIN companies s ON s.organisation_id = c.company_id
        LEFT JOIN conventions v ON v.id = s.convention_id
        CROSS JOIN LATERAL (
            SELECT count(*) AS hires
                 , count(*) FILTER (WHERE x.is_certified) AS certified
                 , coalesce(
                       jsonb_agg(jsonb_build_object('rank', h.rank, 'comment', h.comment) ORDER BY h.rank)
                           FILTER (WHERE x.is_refused)
                     , '[]'
                   ) AS refused
            FROM control_hires h
            CROSS JOIN LATERAL (
                SELECT bool_or(y.is_certified) AS is_certified
                     , bool_or(y.review IN ('refused', 'refused_twice')) AS is_refused
                FROM control_criteria y
                WHERE y.hire_id = h.id
            ) AS x
            WHERE h.control_id = c.id
        ) AS drawn
        WHERE c.id = ANY ($1)
        ORDER BY c.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
