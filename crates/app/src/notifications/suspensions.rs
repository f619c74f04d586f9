//! Mails about the suspensions of a PASS and its closure: one text for the person, one for professionals, of the same facts.

mod queries;

use askama::Template;
use iae_domain::ids::PassId;
use iae_domain::notifications::{Notice, Recipient, SuspensionMail};
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Facts;

/// Writes mails about suspensions; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, SuspensionMail, PassId)>,
) -> Result<Vec<Written>> {
    let facts = queries::facts(db, mails.iter().map(|(.., id)| *id), desk.by).await?;
    let write = |(notice, mail, id): (Notice, SuspensionMail, PassId)| {
        let to_person = matches!(notice.recipient, Recipient::Candidate(_));
        let pass = Told { facts: facts.get(&id).ok_or(Error::NotFound)?, to_person, today: desk.today };
        let link = &links::pass(desk.config, id);
        let text = match mail {
            SuspensionMail::Suspended => text!(Suspended { pass, link })?,
            SuspensionMail::Changed => text!(Changed { pass, link })?,
            SuspensionMail::Lifted => text!(Lifted { pass, link })?,
            SuspensionMail::Removed => text!(Removed { pass, link })?,
            SuspensionMail::Closed => text!(Closed { pass, link })?,
            SuspensionMail::Corrected => text!(Corrected { pass, link })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// The facts, as one of those who are told reads them.
struct Told<'a> {
    facts: &'a Facts,
    to_person: bool,
    today: chrono::NaiveDate,
}

impl Told<'_> {
    /// « votre PASS IAE », « le PASS IAE d’Amel BENALI ».
    fn named(&self) -> String {
        if self.to_person { "votre PASS IAE".to_owned() } else { format!("le {}", self.of_holder()) }
    }

    /// The same at the beginning of a sentence.
    fn named_first(&self) -> String {
        if self.to_person { "Votre PASS IAE".to_owned() } else { format!("Le {}", self.of_holder()) }
    }

    fn of_holder(&self) -> String {
        format!("PASS IAE {}", iae_domain::french::of(&self.facts.holder))
    }

    /// Whether the suspension is already over.
    fn is_over(&self) -> bool {
        self.facts.last_suspended_day().is_some_and(|end| end < self.today)
    }

    fn remaining(&self) -> String {
        self.facts.remaining(self.today)
    }

    /// The day of the notice.
    fn written_on(&self) -> String {
        iae_domain::french::date(self.today)
    }
}

/// The PASS is suspended: for how long, and what that does.
#[derive(Template)]
#[template(path = "emails/pass_suspended.txt", escape = "none", blocks = ["subject", "body"])]
struct Suspended<'a> {
    pass: Told<'a>,
    link: &'a Url,
}

/// Its suspension has other dates, or another reason.
#[derive(Template)]
#[template(path = "emails/pass_suspension_changed.txt", escape = "none", blocks = ["subject", "body"])]
struct Changed<'a> {
    pass: Told<'a>,
    link: &'a Url,
}

/// Its suspension ends: the parcours goes on.
#[derive(Template)]
#[template(path = "emails/pass_suspension_lifted.txt", escape = "none", blocks = ["subject", "body"])]
struct Lifted<'a> {
    pass: Told<'a>,
    link: &'a Url,
}

/// Its suspension was taken away, as if it had not been.
#[derive(Template)]
#[template(path = "emails/pass_suspension_removed.txt", escape = "none", blocks = ["subject", "body"])]
struct Removed<'a> {
    pass: Told<'a>,
    link: &'a Url,
}

/// It is closed: why, and what is possible now (rule book 03 §12, X2: notice to the person, dated).
#[derive(Template)]
#[template(path = "emails/pass_closed.txt", escape = "none", blocks = ["subject", "body"])]
struct Closed<'a> {
    pass: Told<'a>,
    link: &'a Url,
}

/// The team moved its days: which they are, and why.
#[derive(Template)]
#[template(path = "emails/pass_corrected.txt", escape = "none", blocks = ["subject", "body"])]
struct Corrected<'a> {
    pass: Told<'a>,
    link: &'a Url,
}
