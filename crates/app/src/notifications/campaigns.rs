//! Mails about campaigns of control, to their DDETS (rule book 04 §1.17).

mod days;
mod queries;

use askama::Template;
use chrono::NaiveDate;
use iae_domain::control::{DEFAULT_RATIO, RATIO_MAX, RATIO_MIN};
use iae_domain::ids::ControlCampaignId;
use iae_domain::notifications::{CampaignMail, Notice};
use sqlx::PgConnection;
use url::Url;

pub(super) use days::Days;

use super::letter::{Text, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Campaign;

/// Writes mails about campaigns; their facts come in two statements, whatever the number of SIAE.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, CampaignMail, ControlCampaignId)>,
) -> Result<Vec<Written>> {
    let facts = queries::campaigns(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let campaign = facts.get(&id).ok_or(Error::NotFound)?;
        Ok(Written { notice, text: one(desk, mail, campaign)?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Every kind has its struct, every struct its template: what is missing does not compile.
fn one(desk: &Desk<'_>, mail: CampaignMail, campaign: &Campaign) -> Result<Text> {
    let link = &links::controls(desk.config, campaign.id);
    let ratio = &links::control_ratio(desk.config, campaign.id);
    let dashboard = &links::dashboard(desk.config);
    let today = desk.today;
    match mail {
        CampaignMail::Opened => {
            let (least, most, usual) = (RATIO_MIN, RATIO_MAX, DEFAULT_RATIO);
            text!(Opened { campaign, ratio, dashboard, today, least, most, usual })
        }
        CampaignMail::Launched => text!(Launched { campaign, link }),
        CampaignMail::ToReview => text!(ToReview { campaign, link, today }),
        CampaignMail::ReviewReminder => text!(ReviewReminder { campaign, link, today }),
        CampaignMail::AdversarialBegun => text!(AdversarialBegun { campaign, link }),
        CampaignMail::ToNotify => text!(ToNotify { campaign, link }),
    }
}

/// E1: the ratio is to be chosen.
#[derive(Template)]
#[template(path = "emails/control_opened.txt", escape = "none", blocks = ["subject", "body"])]
struct Opened<'a> {
    campaign: &'a Campaign,
    ratio: &'a Url,
    dashboard: &'a Url,
    today: NaiveDate,
    least: u8,
    most: u8,
    usual: u8,
}

/// E2: the SIAE are drawn, and how to review them.
#[derive(Template)]
#[template(path = "emails/control_launched.txt", escape = "none", blocks = ["subject", "body"])]
struct Launched<'a> {
    campaign: &'a Campaign,
    link: &'a Url,
}

/// E6: nobody submits any more, and proofs wait.
#[derive(Template)]
#[template(path = "emails/control_to_review.txt", escape = "none", blocks = ["subject", "body"])]
struct ToReview<'a> {
    campaign: &'a Campaign,
    link: &'a Url,
    today: NaiveDate,
}

/// E7: the same, a week later.
#[derive(Template)]
#[template(path = "emails/control_review_reminder.txt", escape = "none", blocks = ["subject", "body"])]
struct ReviewReminder<'a> {
    campaign: &'a Campaign,
    link: &'a Url,
    today: NaiveDate,
}

/// E13: the contradictory phase began, and what that decided by itself.
#[derive(Template)]
#[template(path = "emails/control_adversarial_begun.txt", escape = "none", blocks = ["subject", "body"])]
struct AdversarialBegun<'a> {
    campaign: &'a Campaign,
    link: &'a Url,
}

/// E18: the campaign is closed, and negative results are to be notified.
#[derive(Template)]
#[template(path = "emails/control_to_notify.txt", escape = "none", blocks = ["subject", "body"])]
struct ToNotify<'a> {
    campaign: &'a Campaign,
    link: &'a Url,
}
