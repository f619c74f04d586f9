//! From an event to the mails of the outbox, in the transaction of the event.

mod emails;
pub mod queries;
mod store;

use iae_domain::Actor;
use iae_domain::Event;
use iae_domain::notifications::{About, Notice, Recipient, notices};
use iae_domain::text::Email;

pub use store::{OutgoingEmail, lock_email, mark_failed, mark_sent};

use crate::error::Result;
use crate::jobs::send_email::SendEmail;
use crate::{App, Ctx, Tx, jobs};
use emails::Rendered;
use store::{ApplicationFacts, NewEmail};

/// Renders and queues the mails that follow from `event`. What staff read in the outbox is what was decided then,
/// whatever changes afterwards.
pub(crate) async fn enqueue(app: &App, tx: &mut Tx, ctx: &Ctx<Actor>, event: &Event) -> Result<()> {
    let notices = notices(event);
    let Some(first) = notices.first() else { return Ok(()) };
    let emails = match first.about {
        About::Application(id) => {
            let facts = store::application_facts(tx, id, ctx.actor_record().user).await?;
            let mut emails = Vec::new();
            for notice in &notices {
                let rendered = emails::of_application(&app.config, notice.kind, &facts, ctx.today())?;
                let to = recipients_of_application(app, tx, notice, &facts).await?;
                emails.extend(to.into_iter().map(|to| email(notice, to, &rendered)));
            }
            emails
        }
        About::Candidate(id) => {
            let facts = store::candidate_facts(tx, id).await?;
            let mut emails = Vec::new();
            for notice in &notices {
                let rendered = emails::of_candidate(&app.config, notice.kind, &facts)?;
                emails.extend(facts.email.clone().into_iter().map(|to| email(notice, to, &rendered)));
            }
            emails
        }
    };
    let ids = store::insert_emails(tx, ctx.now, &emails).await?;
    jobs::enqueue(&app.db, tx, ids.into_iter().map(|email| SendEmail { email })).await
}

fn email(notice: &Notice, to: Email, rendered: &Rendered) -> NewEmail {
    NewEmail { kind: notice.kind, about: notice.about, to, rendered: rendered.clone() }
}

/// Addresses a notice about an application goes to; people without address or whose account is closed get none.
async fn recipients_of_application(
    app: &App,
    tx: &mut Tx,
    notice: &Notice,
    facts: &ApplicationFacts,
) -> Result<Vec<Email>> {
    Ok(match notice.recipient {
        Recipient::Members(company) => store::member_emails(tx, company, false).await?,
        Recipient::Candidate(_) => facts.candidate_email.clone().into_iter().collect(),
        Recipient::Professional(_) => {
            let mut to: Vec<Email> = facts.sender_email.clone().into_iter().collect();
            if let (false, Some(organisation)) = (facts.sender_is_member, facts.sender_organisation) {
                // NOT-3: whoever left is copied to the administrators of the organisation they acted for.
                to.extend(store::member_emails(tx, organisation, true).await?);
            }
            to
        }
        Recipient::Actor => facts.actor_email.clone().into_iter().collect(),
        Recipient::Support => vec![app.config.support_email.clone()],
    })
}
