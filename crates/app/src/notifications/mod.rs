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
mod habilitations;
mod imports;
mod invitations;
mod letter;
mod letters;
pub mod list;
mod members;
mod nir_corrections;
mod openings;
mod prolongations;
pub mod queries;
mod quote;
mod recipients;
mod sign_up;
mod store;
mod succession;
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
    let (mut accounts, mut letters, mut suspensions) = (vec![], vec![], vec![]);
    let (mut prolongations, mut cancelled) = (vec![], vec![]);
    let (mut campaigns, mut controls) = (vec![], vec![]);
    let mut openings = vec![];
    let (mut habilitations, mut authorisations) = (vec![], vec![]);
    let (mut member, mut members, mut invitations) = (vec![], vec![], vec![]);
    let (mut companies, mut imports) = (vec![], vec![]);
    let (mut sign_ups, mut founded) = (vec![], vec![]);
    let mut successions = vec![];
    for notice in notices {
        match notice.mail {
            Mail::Account(mail, id) => accounts.push((*notice, mail, id)),
            Mail::Letter(kind, id) => letters.push((*notice, kind, id)),
            Mail::Application(mail, id) => applications.push((*notice, mail, id)),
            Mail::Candidate(mail, id) => candidates.push((*notice, mail, id)),
            Mail::NirCorrection(mail, id) => corrections.push((*notice, mail, id)),
            Mail::Suspension(mail, id) => suspensions.push((*notice, mail, id)),
            Mail::Prolongation(mail, id) => prolongations.push((*notice, mail, id)),
            Mail::Cancelled(mail, id) => cancelled.push((*notice, mail, id)),
            Mail::Campaign(mail, id) => campaigns.push((*notice, mail, id)),
            Mail::Control(mail, id) => controls.push((*notice, mail, id)),
            Mail::Opening(mail, id) => openings.push((*notice, mail, id)),
            Mail::Habilitation(mail, id) => habilitations.push((*notice, mail, id)),
            Mail::Authorisation(mail, id) => authorisations.push((*notice, mail, id)),
            Mail::Member(mail, id) => member.push((*notice, mail, id)),
            Mail::Members(mail, id) => members.push((*notice, mail, id)),
            Mail::Invitation(mail, id) => invitations.push((*notice, mail, id)),
            Mail::Company(mail, id) => companies.push((*notice, mail, id)),
            Mail::Import(mail, id) => imports.push((*notice, mail, id)),
            Mail::SignUp(mail, id) => sign_ups.push((*notice, mail, id)),
            Mail::NewOrganisation(mail, id) => founded.push((*notice, mail, id)),
            Mail::Succession(mail, id) => successions.push((*notice, mail, id)),
        }
    }
    let mut written = applications::write(db, desk, applications).await?;
    written.extend(candidates::write(db, desk, candidates).await?);
    written.extend(nir_corrections::write(db, desk, corrections).await?);
    written.extend(suspensions::write(db, desk, suspensions).await?);
    written.extend(accounts::write(db, desk, accounts).await?);
    written.extend(letters::write(db, desk, letters).await?);
    written.extend(prolongations::write(db, desk, prolongations).await?);
    written.extend(cancelled::write(db, desk, cancelled).await?);
    written.extend(campaigns::write(db, desk, campaigns).await?);
    written.extend(controls::write(db, desk, controls).await?);
    written.extend(openings::write(db, desk, openings).await?);
    written.extend(habilitations::write(db, desk, habilitations).await?);
    written.extend(habilitations::write_of_team(db, desk, authorisations).await?);
    written.extend(members::write(db, desk, member).await?);
    written.extend(members::write_of_all(db, desk, members).await?);
    written.extend(invitations::write(db, desk, invitations).await?);
    written.extend(imports::write_companies(db, desk, companies).await?);
    written.extend(imports::write_imports(db, desk, imports).await?);
    written.extend(sign_up::write(db, desk, sign_ups).await?);
    written.extend(sign_up::write_of_new(db, desk, founded).await?);
    written.extend(succession::write(db, desk, successions).await?);
    Ok(written)
}
