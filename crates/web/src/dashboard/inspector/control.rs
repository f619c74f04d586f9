//! The card « Contrôle a posteriori » of a DDETS: the campaigns that are under way, what is to be done of each and until when, then
//! the others (rule book 04 §1.19).

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{self, CampaignCard};
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::control::policy;
use iae_domain::time::paris_date;

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::french::{date, period, plural};
use crate::paths::{ControlCalendarPath, ControlDrawPath, ControlRatioPath, ControlsPath};

/// The card; none for who controls nothing, or has nothing to control yet.
pub(super) struct ControlCard {
    pub current: Vec<Current>,
    pub past: Vec<Past>,
}

/// A campaign that is under way.
pub(super) struct Current {
    pub hired: String,
    pub href: String,
    /// What is to be done, or waited for.
    pub to_do: String,
    pub until: Option<NaiveDate>,
    pub late: Option<StateBadge>,
    pub calendar: String,
    /// How its draw is made, once its list is frozen.
    pub draw: Option<String>,
}

/// A campaign that is over.
pub(super) struct Past {
    pub hired: String,
    pub href: String,
    pub ended_on: Option<NaiveDate>,
    /// The decisions that are still awaited.
    pub to_notify: Option<String>,
}

const LATE: StateBadge = StateBadge { label: "En retard", tone: "accent", icon: "alert" };

impl ControlCard {
    pub(super) async fn of(app: &App, ctx: &Ctx<InspectorActor>) -> PageResult<Option<Self>> {
        if policy::control(&ctx.actor).is_err() {
            return Ok(None);
        }
        let campaigns = review::campaigns(app, ctx).await?;
        let (current, past): (Vec<_>, Vec<_>) = campaigns.iter().partition(|one| one.is_active(ctx.now));
        // What is closed comes after what is to be done.
        let (open, closed): (Vec<_>, Vec<_>) = current.into_iter().partition(|one| one.ended_at.is_none());
        let current = open.into_iter().chain(closed).map(|one| Current::of(one, ctx.today())).collect();
        let past = past.into_iter().map(Past::of).collect();
        Ok((!campaigns.is_empty()).then_some(Self { current, past }))
    }
}

impl Current {
    fn of(campaign: &CampaignCard, today: NaiveDate) -> Self {
        let id = campaign.id;
        let (to_do, until, is_due) = to_do(campaign, today);
        let href = match campaign.launched_at {
            Some(_) => ControlsPath { id }.to_string(),
            None => ControlRatioPath { id }.to_string(),
        };
        Self {
            hired: period(campaign.hired.start, campaign.hired.end),
            href,
            to_do,
            until,
            late: until.filter(|until| is_due && *until < today).map(|_| LATE),
            calendar: ControlCalendarPath { id }.to_string(),
            draw: campaign.list_is_frozen.then(|| ControlDrawPath { id }.to_string()),
        }
    }
}

impl Past {
    fn of(campaign: &CampaignCard) -> Self {
        Self {
            hired: period(campaign.hired.start, campaign.hired.end),
            href: ControlsPath { id: campaign.id }.to_string(),
            ended_on: campaign.ended_at.map(paris_date),
            to_notify: (campaign.to_notify > 0).then(|| to_notify(campaign)),
        }
    }
}

/// What is to be done or waited for, until when, and whether it is the DDETS that owes it.
fn to_do(campaign: &CampaignCard, today: NaiveDate) -> (String, Option<NaiveDate>, bool) {
    if campaign.to_notify > 0 {
        let until = campaign.calendar.sanctions_until(campaign.adversarial_at);
        return (to_notify(campaign), Some(until), true);
    }
    if let Some(ended_at) = campaign.ended_at {
        return (format!("Campagne clôturée le {}", date(paris_date(ended_at))), None, false);
    }
    let Some(days) = campaign.days() else {
        if campaign.ratio_is_set || campaign.list_is_frozen {
            let on = date(campaign.calendar.launch_on);
            return (format!("Le tirage au sort des structures est prévu le {on}"), None, false);
        }
        let until = campaign.calendar.ratio_until();
        return ("Choisissez le taux de contrôle".to_owned(), Some(until), true);
    };
    let (submitted_until, reviewed_until) = (days.until(), days.reviewed_until());
    if campaign.to_review > 0 {
        let proofs = plural(campaign.to_review, "justificatif à traiter", "justificatifs à traiter");
        (proofs, Some(reviewed_until), true)
    } else if today <= submitted_until && !campaign.is_frozen {
        ("Les structures transmettent leurs justificatifs".to_owned(), Some(submitted_until), false)
    } else {
        ("Validez les structures contrôlées".to_owned(), Some(reviewed_until), true)
    }
}

/// « 2 décisions à notifier ».
fn to_notify(campaign: &CampaignCard) -> String {
    plural(campaign.to_notify, "décision à notifier", "décisions à notifier")
}

#[cfg(test)]
mod tests {
    use iae_domain::control::Calendar;
    use iae_domain::ids::ControlCampaignId;
    use iae_domain::time::Period;
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The SIAE to be drawn on 1 June, the contradictory phase planned on 10 August.
    fn campaign() -> CampaignCard {
        CampaignCard {
            id: ControlCampaignId(Uuid::nil()),
            hired: Period { start: day("2025-01-01"), end: day("2025-12-31") },
            calendar: Calendar { launch_on: day("2026-06-01"), adversarial_from: day("2026-08-10") },
            ratio_is_set: false,
            list_is_frozen: false,
            launched_at: None,
            adversarial_at: None,
            is_frozen: false,
            ended_at: None,
            to_review: 0,
            to_notify: 0,
        }
    }

    #[test]
    fn what_is_to_be_done_and_until_when() {
        let launched_at = Some("2026-06-01T08:00:00Z".parse().unwrap());
        let launched = CampaignCard { launched_at, ..campaign() };
        let ended_at = Some("2026-11-02T10:00:00Z".parse().unwrap());
        for (campaign, today, expected, until) in [
            (campaign(), "2026-05-04", "Choisissez le taux de contrôle", Some("2026-05-31")),
            (
                CampaignCard { ratio_is_set: true, ..campaign() },
                "2026-05-04",
                "Le tirage au sort des structures est prévu le 1er juin 2026",
                None,
            ),
            (
                launched.clone(),
                "2026-07-13",
                "Les structures transmettent leurs justificatifs",
                Some("2026-07-13"),
            ),
            (
                CampaignCard { is_frozen: true, ..launched.clone() },
                "2026-07-01",
                "Validez les structures contrôlées",
                Some("2026-08-09"),
            ),
            (launched.clone(), "2026-07-14", "Validez les structures contrôlées", Some("2026-08-09")),
            (
                CampaignCard { to_review: 12, ..launched.clone() },
                "2026-07-14",
                "12 justificatifs à traiter",
                Some("2026-08-09"),
            ),
            (
                CampaignCard { ended_at, to_notify: 2, ..launched.clone() },
                "2026-11-28",
                "2 décisions à notifier",
                Some("2027-01-10"),
            ),
            (
                CampaignCard { ended_at, ..launched },
                "2026-11-28",
                "Campagne clôturée le 2 novembre 2026",
                None,
            ),
        ] {
            let (said, found, _) = to_do(&campaign, day(today));
            assert_eq!(said.replace('\u{a0}', " "), expected);
            assert_eq!(found, until.map(day), "{expected}");
        }
        let late = CampaignCard { to_review: 1, ..campaign() };
        let late = CampaignCard { launched_at, ..late };
        assert!(Current::of(&late, day("2026-08-10")).late.is_some());
        assert!(Current::of(&late, day("2026-08-09")).late.is_none());
    }
}
