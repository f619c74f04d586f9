//! Mails about the control of an SIAE (rule book 04 §1.17). None names a person: a hire is called by its rank.

mod queries;

use askama::Template;
use chrono::NaiveDate;
use iae_domain::ids::ControlId;
use iae_domain::notifications::{ControlMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::{Text, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::{Control, InForce};

/// Writes mails about controls; their facts come in one statement, whatever the number of SIAE: a turn writes to all those of a
/// campaign.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, ControlMail, ControlId)>,
) -> Result<Vec<Written>> {
    let facts = queries::controls(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let control = facts.get(&id).ok_or(Error::NotFound)?;
        Ok(Written { notice, text: one(desk, mail, control)?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Every kind has its struct, every struct its template: what is missing does not compile.
fn one(desk: &Desk<'_>, mail: ControlMail, control: &Control) -> Result<Text> {
    let link = &links::control(desk.config, control.id);
    let review = &links::control_review(desk.config, control.id);
    let outcome = &links::control_outcome(desk.config, control.id);
    let today = desk.today;
    match mail {
        ControlMail::Drawn => text!(Drawn { control, link }),
        ControlMail::Certified => text!(Certified { control, link }),
        ControlMail::Submitted => text!(Submitted { control, link: review }),
        ControlMail::AmicableReminder => text!(AmicableReminder { control, link, today }),
        ControlMail::Conform => text!(Conform { control, link }),
        ControlMail::ProofsExpected => text!(ProofsExpected { control, link }),
        ControlMail::NothingReceived => text!(NothingReceived { control, link }),
        ControlMail::NotReviewed => text!(NotReviewed { control, link }),
        ControlMail::NotReviewedAtEnd => text!(NotReviewedAtEnd { control, link }),
        ControlMail::AdversarialReminder => text!(AdversarialReminder { control, link, today }),
        ControlMail::NewProofsConform => text!(NewProofsConform { control, link }),
        ControlMail::Negative => text!(Negative { control, link }),
        ControlMail::NegativeWithoutProof => text!(NegativeWithoutProof { control, link }),
        ControlMail::NotSanctioned => {
            text!(NotSanctioned { control, decision: decision(control)?, link: outcome })
        }
        ControlMail::Training => text!(Training { control, decision: decision(control)?, link: outcome }),
        ControlMail::DecisionReplaced => {
            text!(DecisionReplaced { control, decision: decision(control)?, link: outcome })
        }
    }
}

/// The decision in force: its mails are written with it, in one transaction.
fn decision(control: &Control) -> Result<&InForce> {
    control.decision().ok_or_else(|| Error::inconsistent("control_decisions", "control_id", control.id))
}

/// E3: the SIAE was drawn, and what it does.
#[derive(Template)]
#[template(path = "emails/control_drawn.txt", escape = "none", blocks = ["subject", "body"])]
struct Drawn<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E4: the State certified all its hires, nothing is asked of it.
#[derive(Template)]
#[template(path = "emails/control_certified.txt", escape = "none", blocks = ["subject", "body"])]
struct Certified<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E5, to the DDETS: it submitted its proofs.
#[derive(Template)]
#[template(path = "emails/control_submitted.txt", escape = "none", blocks = ["subject", "body"])]
struct Submitted<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E8: nothing was received yet.
#[derive(Template)]
#[template(path = "emails/control_amicable_reminder.txt", escape = "none", blocks = ["subject", "body"])]
struct AmicableReminder<'a> {
    control: &'a Control,
    link: &'a Url,
    today: NaiveDate,
}

/// E9: its proofs conform.
#[derive(Template)]
#[template(path = "emails/control_conform.txt", escape = "none", blocks = ["subject", "body"])]
struct Conform<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E10: some were refused, and why.
#[derive(Template)]
#[template(path = "emails/control_proofs_expected.txt", escape = "none", blocks = ["subject", "body"])]
struct ProofsExpected<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E11: nothing was received, the contradictory phase begins.
#[derive(Template)]
#[template(path = "emails/control_nothing_received.txt", escape = "none", blocks = ["subject", "body"])]
struct NothingReceived<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E12: the DDETS did not review in time.
#[derive(Template)]
#[template(path = "emails/control_not_reviewed.txt", escape = "none", blocks = ["subject", "body"])]
struct NotReviewed<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E12 bis: nor the new proofs.
#[derive(Template)]
#[template(path = "emails/control_not_reviewed_at_end.txt", escape = "none", blocks = ["subject", "body"])]
struct NotReviewedAtEnd<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E14: nothing new was received in the contradictory phase.
#[derive(Template)]
#[template(path = "emails/control_adversarial_reminder.txt", escape = "none", blocks = ["subject", "body"])]
struct AdversarialReminder<'a> {
    control: &'a Control,
    link: &'a Url,
    today: NaiveDate,
}

/// E15: its new proofs conform.
#[derive(Template)]
#[template(path = "emails/control_new_proofs_conform.txt", escape = "none", blocks = ["subject", "body"])]
struct NewProofsConform<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E16: the result is negative.
#[derive(Template)]
#[template(path = "emails/control_negative.txt", escape = "none", blocks = ["subject", "body"])]
struct Negative<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E17: the result is negative, for nothing was received.
#[derive(Template)]
#[template(path = "emails/control_negative_without_proof.txt", escape = "none", blocks = ["subject", "body"])]
struct NegativeWithoutProof<'a> {
    control: &'a Control,
    link: &'a Url,
}

/// E19: the DDETS decided not to sanction, and why.
#[derive(Template)]
#[template(path = "emails/control_not_sanctioned.txt", escape = "none", blocks = ["subject", "body"])]
struct NotSanctioned<'a> {
    control: &'a Control,
    decision: &'a InForce,
    link: &'a Url,
}

/// E20: a session of training, in the words of the DDETS.
#[derive(Template)]
#[template(path = "emails/control_training.txt", escape = "none", blocks = ["subject", "body"])]
struct Training<'a> {
    control: &'a Control,
    decision: &'a InForce,
    link: &'a Url,
}

/// After an appeal, another decision takes the place of the one that was notified.
#[derive(Template)]
#[template(path = "emails/control_decision_replaced.txt", escape = "none", blocks = ["subject", "body"])]
struct DecisionReplaced<'a> {
    control: &'a Control,
    decision: &'a InForce,
    link: &'a Url,
}
