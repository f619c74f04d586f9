//! From the events of a commit to the mails of the outbox, in its transaction.
//!
//! What staff read in the outbox is what was decided then, whatever changes afterwards (ADR 6). Each feature writes its
//! mails in a file of its own, one struct a mail, from facts loaded once for all of them.

mod accounts;
mod applications;
mod campaigns;
mod cancelled;
mod candidates;
mod controls;
mod letter;
pub mod list;
mod nir_corrections;
mod prolongations;
pub mod queries;
mod quote;
mod recipients;
mod store;
mod suspensions;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Event;
use iae_domain::actor::ActorRecord;
use iae_domain::notifications::{Mail, Notice, notices};
use iae_domain::time::paris_date;
use sqlx::PgConnection;

pub use store::{lock_email, mark_failed, mark_sent};

use crate::AppConfig;
use crate::error::Result;
use crate::queue::SendEmail;
use letter::{Frame, Text};
use store::NewEmail;

/// What every mail of a commit is written with.
struct Desk<'a> {
    config: &'a AppConfig,
    by: &'a ActorRecord,
    today: NaiveDate,
}

impl Desk<'_> {
    /// Whether the team acts.
    fn is_team(&self) -> bool {
        self.by.kind == "staff"
    }
}

/// A mail whose text is written, and whom it is for.
struct Written {
    notice: Notice,
    text: Text,
    /// The same for the administrators of whoever left, where they may read more (NOT-3).
    copy: Option<Text>,
}

/// Writes the mails that follow from `events` to the outbox, and returns the tasks that send them. The number of
/// statements depends neither on the number of events nor on that of recipients.
pub async fn queue(
    config: &AppConfig,
    db: &mut PgConnection,
    by: &ActorRecord,
    now: DateTime<Utc>,
    events: &[Event],
) -> Result<Vec<SendEmail>> {
    let notices: Vec<Notice> = events.iter().flat_map(notices).collect();
    if notices.is_empty() {
        return Ok(vec![]);
    }
    let desk = Desk { config, by, today: paris_date(now) };
    let written = write(db, &desk, &notices).await?;
    let addresses = recipients::load(db, by, &notices).await?;
    let mut emails = Vec::new();
    for Written { notice, text, copy } in written {
        let answers = addresses.answers(&notice, config);
        for envelope in addresses.envelopes(&notice, config) {
            let frame = Frame { note: envelope.note.as_deref(), answers: &answers.name };
            // A note stands on copies alone.
            let text = copy.as_ref().filter(|_| envelope.note.is_some()).unwrap_or(&text);
            let rendered = letter::framed(text, &frame)?;
            emails.extend(envelope.to.into_iter().map(|to| NewEmail {
                mail: notice.mail,
                to,
                reply_to: answers.email.clone(),
                rendered: rendered.clone(),
            }));
        }
    }
    let ids = store::insert_emails(db, now, &emails).await?;
    Ok(ids.into_iter().map(|email| SendEmail { email }).collect())
}

/// The texts, feature by feature.
async fn write(db: &mut PgConnection, desk: &Desk<'_>, notices: &[Notice]) -> Result<Vec<Written>> {
    let (mut applications, mut candidates, mut corrections) = (vec![], vec![], vec![]);
    let (mut accounts, mut suspensions) = (vec![], vec![]);
    let (mut prolongations, mut cancelled) = (vec![], vec![]);
    let (mut campaigns, mut controls) = (vec![], vec![]);
    for notice in notices {
        match notice.mail {
            Mail::Account(mail, id) => accounts.push((*notice, mail, id)),
            Mail::Application(mail, id) => applications.push((*notice, mail, id)),
            Mail::Candidate(mail, id) => candidates.push((*notice, mail, id)),
            Mail::NirCorrection(mail, id) => corrections.push((*notice, mail, id)),
            Mail::Suspension(mail, id) => suspensions.push((*notice, mail, id)),
            Mail::Prolongation(mail, id) => prolongations.push((*notice, mail, id)),
            Mail::Cancelled(mail, id) => cancelled.push((*notice, mail, id)),
            Mail::Campaign(mail, id) => campaigns.push((*notice, mail, id)),
            Mail::Control(mail, id) => controls.push((*notice, mail, id)),
        }
    }
    let mut written = applications::write(db, desk, applications).await?;
    written.extend(candidates::write(db, desk, candidates).await?);
    written.extend(nir_corrections::write(db, desk, corrections).await?);
    written.extend(suspensions::write(db, desk, suspensions).await?);
    written.extend(accounts::write(db, desk, accounts).await?);
    written.extend(prolongations::write(db, desk, prolongations).await?);
    written.extend(cancelled::write(db, desk, cancelled).await?);
    written.extend(campaigns::write(db, desk, campaigns).await?);
    written.extend(controls::write(db, desk, controls).await?);
    Ok(written)
}
