//! Mails about applications (rule book 02 §14.2, §14.3): one struct and one template each.

mod queries;

use askama::Template;
use iae_domain::ids::ApplicationId;
use iae_domain::notifications::{ApplicationMail, Notice, Recipient};
use sqlx::PgConnection;
use url::Url;

use super::letter::{Text, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Application;

/// Writes mails about applications; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, ApplicationMail, ApplicationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::applications(db, mails.iter().map(|(.., id)| *id), desk.by.user, desk.today).await?;
    let write = |(notice, mail, id): (Notice, ApplicationMail, ApplicationId)| {
        let application = facts.get(&id).ok_or(Error::NotFound)?;
        let text = one(desk, mail, application)?;
        let copy = match notice.recipient {
            Recipient::Professional { .. } => Some(one(desk, mail, &application.for_administrators())?),
            Recipient::Members(_)
            | Recipient::Administrators(_)
            | Recipient::OtherAdministrators { .. }
            | Recipient::Candidate(_)
            | Recipient::FormerAddress(_)
            | Recipient::OfficialAddress(_)
            | Recipient::Invited(_)
            | Recipient::Letter(_)
            | Recipient::Actor
            | Recipient::Support => None,
        };
        Ok(Written { notice, text, copy })
    };
    mails.into_iter().map(write).collect()
}

/// Every kind has its struct, every struct its template: what is missing does not compile.
fn one(desk: &Desk<'_>, mail: ApplicationMail, application: &Application) -> Result<Text> {
    let link = &links::application(desk.config, application.id);
    match mail {
        ApplicationMail::Received => text!(Received { application, link }),
        ApplicationMail::SentCandidate => text!(SentCandidate { application, link }),
        ApplicationMail::SentProxy => text!(SentProxy { application, link }),
        ApplicationMail::PostponedCandidate => text!(PostponedCandidate { application, link }),
        ApplicationMail::PostponedProxy => text!(PostponedProxy { application, link }),
        ApplicationMail::RefusedCandidate => {
            text!(RefusedCandidate { application, link, search: &links::employers(desk.config) })
        }
        ApplicationMail::RefusedProxy => text!(RefusedProxy {
            application,
            link,
            search: &links::employers_for(desk.config, application.candidate_id),
            company: &links::employer(desk.config, application.company_id),
        }),
        ApplicationMail::AcceptedCandidate => text!(AcceptedCandidate { application, link }),
        ApplicationMail::AcceptedProxy => text!(AcceptedProxy { application, link }),
        ApplicationMail::CancelledEmployer => {
            text!(CancelledEmployer { application, link, by_team: desk.is_team() })
        }
        ApplicationMail::CancelledProxy => {
            text!(CancelledProxy { application, link, by_team: desk.is_team() })
        }
        ApplicationMail::Reminder => text!(Reminder { application, link }),
        ApplicationMail::PassDelivered => text!(PassDelivered {
            application,
            remaining: application.pass_remaining(desk.today),
            link: application.pass_id.map(|id| links::pass(desk.config, id)),
        }),
        ApplicationMail::PassManualDelivery => text!(PassManualDelivery { application, link }),
        ApplicationMail::PassRefused => text!(PassRefused { application, link }),
    }
}

/// To the members of the company: an application came.
#[derive(Template)]
#[template(path = "emails/application_received.txt", escape = "none", blocks = ["subject", "body"])]
struct Received<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To the candidate: their application was sent.
#[derive(Template)]
#[template(path = "emails/application_sent_candidate.txt", escape = "none", blocks = ["subject", "body"])]
struct SentCandidate<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To whoever sent it: it was sent.
#[derive(Template)]
#[template(path = "emails/application_sent_proxy.txt", escape = "none", blocks = ["subject", "body"])]
struct SentProxy<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To the candidate: the employer put it on hold.
#[derive(Template)]
#[template(path = "emails/application_postponed_candidate.txt", escape = "none", blocks = ["subject", "body"])]
struct PostponedCandidate<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To whoever sent it: the employer put it on hold.
#[derive(Template)]
#[template(path = "emails/application_postponed_proxy.txt", escape = "none", blocks = ["subject", "body"])]
struct PostponedProxy<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To the candidate: the employer declined; who to talk to, where to look further.
#[derive(Template)]
#[template(path = "emails/application_refused_candidate.txt", escape = "none", blocks = ["subject", "body"])]
struct RefusedCandidate<'a> {
    application: &'a Application,
    link: &'a Url,
    search: &'a Url,
}

/// To whoever sent it: the employer declined, and what can be done next.
#[derive(Template)]
#[template(path = "emails/application_refused_proxy.txt", escape = "none", blocks = ["subject", "body"])]
struct RefusedProxy<'a> {
    application: &'a Application,
    link: &'a Url,
    search: &'a Url,
    company: &'a Url,
}

/// To the candidate: the employer accepts.
#[derive(Template)]
#[template(path = "emails/application_accepted_candidate.txt", escape = "none", blocks = ["subject", "body"])]
struct AcceptedCandidate<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To whoever sent it: the employer accepts.
#[derive(Template)]
#[template(path = "emails/application_accepted_proxy.txt", escape = "none", blocks = ["subject", "body"])]
struct AcceptedProxy<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To whoever cancelled the hire: what became of the PASS, and what is left to do.
#[derive(Template)]
#[template(path = "emails/application_cancelled_employer.txt", escape = "none", blocks = ["subject", "body"])]
struct CancelledEmployer<'a> {
    application: &'a Application,
    link: &'a Url,
    by_team: bool,
}

/// To whoever sent the person: the hire is cancelled.
#[derive(Template)]
#[template(path = "emails/application_cancelled_proxy.txt", escape = "none", blocks = ["subject", "body"])]
struct CancelledProxy<'a> {
    application: &'a Application,
    link: &'a Url,
    by_team: bool,
}

/// To the members of the company: an application waits for them.
#[derive(Template)]
#[template(path = "emails/application_reminder.txt", escape = "none", blocks = ["subject", "body"])]
struct Reminder<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To the professional who accepted: the PASS of the person.
#[derive(Template)]
#[template(path = "emails/pass_delivered.txt", escape = "none", blocks = ["subject", "body"])]
struct PassDelivered<'a> {
    application: &'a Application,
    remaining: Option<String>,
    link: Option<Url>,
}

/// To the platform's team: a PASS is to be delivered by hand.
#[derive(Template)]
#[template(path = "emails/pass_manual_delivery.txt", escape = "none", blocks = ["subject", "body"])]
struct PassManualDelivery<'a> {
    application: &'a Application,
    link: &'a Url,
}

/// To whoever accepted: the team refuses to deliver the PASS, why, and who can help.
#[derive(Template)]
#[template(path = "emails/pass_refused.txt", escape = "none", blocks = ["subject", "body"])]
struct PassRefused<'a> {
    application: &'a Application,
    link: &'a Url,
}
