//! From an event to the mails of the outbox, in the transaction of the event.

mod emails;
pub mod queries;
mod store;

use chrono::{DateTime, Utc};
use iae_domain::Event;
use iae_domain::actor::ActorRecord;
use iae_domain::notifications::{About, Notice, Recipient, notices};
use iae_domain::text::Email;
use iae_domain::time::paris_date;
use sqlx::PgConnection;

pub use store::{OutgoingEmail, lock_email, mark_failed, mark_sent};

use crate::AppConfig;
use crate::error::Result;
use crate::queue::SendEmail;
use emails::Rendered;
use store::{ApplicationFacts, NewEmail};

/// Renders and queues the mails that follow from `event`. What staff read in the outbox is what was decided then,
/// whatever changes afterwards.
pub(crate) async fn queue(
    config: &AppConfig,
    connection: &mut PgConnection,
    by: &ActorRecord,
    now: DateTime<Utc>,
    events: &[Event],
) -> Result<Vec<SendEmail>> {
    let mut queued = Vec::new();
    for event in events {
        queued.extend(of_event(config, connection, by, now, event).await?);
    }
    Ok(queued)
}

async fn of_event(
    config: &AppConfig,
    connection: &mut PgConnection,
    by: &ActorRecord,
    now: DateTime<Utc>,
    event: &Event,
) -> Result<Vec<SendEmail>> {
    let notices = notices(event);
    let Some(first) = notices.first() else { return Ok(Vec::new()) };
    let emails = match first.about {
        About::Application(id) => {
            let facts = store::application_facts(connection, id, by.user).await?;
            let mut emails = Vec::new();
            for notice in &notices {
                let rendered = emails::of_application(config, notice.kind, &facts, paris_date(now))?;
                let to = recipients_of_application(config, connection, notice, &facts).await?;
                emails.extend(to.into_iter().map(|to| email(notice, to, &rendered)));
            }
            emails
        }
        About::Candidate(id) => {
            let facts = store::candidate_facts(connection, id).await?;
            let mut emails = Vec::new();
            for notice in &notices {
                let rendered = emails::of_candidate(config, notice.kind, &facts)?;
                emails.extend(facts.email.clone().into_iter().map(|to| email(notice, to, &rendered)));
            }
            emails
        }
    };
    let ids = store::insert_emails(connection, now, &emails).await?;
    Ok(ids.into_iter().map(|email| SendEmail { email }).collect())
}

fn email(notice: &Notice, to: Email, rendered: &Rendered) -> NewEmail {
    NewEmail { kind: notice.kind, about: notice.about, to, rendered: rendered.clone() }
}

/// Addresses a notice about an application goes to; people without address or whose account is closed get none.
async fn recipients_of_application(
    config: &AppConfig,
    connection: &mut PgConnection,
    notice: &Notice,
    facts: &ApplicationFacts,
) -> Result<Vec<Email>> {
    Ok(match notice.recipient {
        Recipient::Members(company) => store::member_emails(connection, company, false).await?,
        Recipient::Candidate(_) => facts.candidate_email.clone().into_iter().collect(),
        Recipient::Professional(_) => {
            let mut to: Vec<Email> = facts.sender_email.clone().into_iter().collect();
            if let (false, Some(organisation)) = (facts.sender_is_member, facts.sender_organisation) {
                // NOT-3: whoever left is copied to the administrators of the organisation they acted for.
                to.extend(store::member_emails(connection, organisation, true).await?);
            }
            to
        }
        Recipient::Actor => facts.actor_email.clone().into_iter().collect(),
        Recipient::Support => vec![config.support_email.clone()],
    })
}
