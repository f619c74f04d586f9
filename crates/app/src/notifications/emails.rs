//! Mail templates: `templates/emails/<kind>.txt`, each with a block `subject` and a block `body`.
//!
//! People receive text, and the same paragraphs in a plain HTML frame (NOT-1).

use askama::Template;
use chrono::NaiveDate;
use iae_domain::french;
use iae_domain::notifications::EmailKind;
use iae_domain::text::{full_name, masked};
use iae_domain::time::Period;
use url::Url;

use super::store::{ApplicationFacts, CandidateFacts};
use crate::error::{Error, Result};
use crate::{AppConfig, links};

/// A mail ready for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What the templates about an application read.
struct ApplicationMail<'a> {
    facts: &'a ApplicationFacts,
    link: Url,
    pass_link: Option<Url>,
    today: NaiveDate,
}

impl ApplicationMail<'_> {
    fn candidate(&self) -> String {
        full_name(&self.facts.candidate_first_name, &self.facts.candidate_last_name)
    }

    /// The name as the sender may read it (PII-5).
    fn candidate_for_sender(&self) -> String {
        if self.facts.sender_sees_identity { self.candidate() } else { masked(&self.candidate()) }
    }

    /// « d'Amel BENALI ».
    fn of_candidate(&self) -> String {
        french::of(&self.candidate())
    }

    fn of_candidate_for_sender(&self) -> String {
        french::of(&self.candidate_for_sender())
    }

    fn jobs(&self) -> String {
        if self.facts.jobs.is_empty() {
            "Candidature spontanée".to_owned()
        } else {
            self.facts.jobs.join(", ")
        }
    }

    fn sender(&self) -> String {
        match (&self.facts.sender_name, &self.facts.sender_organisation_name) {
            (Some(name), Some(organisation)) => format!("{name} ({organisation})"),
            (Some(name), None) | (None, Some(name)) => name.clone(),
            (None, None) => "la personne elle-même".to_owned(),
        }
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn day(&self, date: &NaiveDate) -> String {
        french::date(*date)
    }

    fn pass_days_left(&self) -> i64 {
        match (self.facts.pass_starts_on, self.facts.pass_ends_on) {
            (Some(start), Some(end)) => Period { start, end }.days_left(self.today),
            (None, _) | (_, None) => 0,
        }
    }
}

/// One template a kind: the struct that renders its subject and the one that renders its body.
macro_rules! templates {
    ($mail:ident, $rendering:ident: $( $kind:ident => $path:literal ),+ $(,)?) => {
        fn $rendering(kind: EmailKind, mail: &$mail<'_>) -> Option<askama::Result<(String, String)>> {
            $(
                if kind == EmailKind::$kind {
                    #[derive(Template)]
                    #[template(path = $path, block = "subject", escape = "none")]
                    struct Subject<'a> { mail: &'a $mail<'a> }
                    #[derive(Template)]
                    #[template(path = $path, block = "body", escape = "none")]
                    struct Body<'a> { mail: &'a $mail<'a> }
                    let render = || Ok((Subject { mail }.render()?, Body { mail }.render()?));
                    return Some(render());
                }
            )+
            None
        }
    };
}

templates! {
    ApplicationMail, application_texts:
    ApplicationReceived => "emails/application_received.txt",
    ApplicationSentCandidate => "emails/application_sent_candidate.txt",
    ApplicationSentProxy => "emails/application_sent_proxy.txt",
    ApplicationPostponedCandidate => "emails/application_postponed_candidate.txt",
    ApplicationPostponedProxy => "emails/application_postponed_proxy.txt",
    ApplicationRefusedCandidate => "emails/application_refused_candidate.txt",
    ApplicationRefusedProxy => "emails/application_refused_proxy.txt",
    ApplicationAcceptedCandidate => "emails/application_accepted_candidate.txt",
    ApplicationAcceptedProxy => "emails/application_accepted_proxy.txt",
    PassDelivered => "emails/pass_delivered.txt",
    PassManualDelivery => "emails/pass_manual_delivery.txt",
}

/// What the templates about a candidate's file read.
struct CandidateMail<'a> {
    facts: &'a CandidateFacts,
    link: Url,
}

impl CandidateMail<'_> {
    fn candidate(&self) -> String {
        full_name(&self.facts.first_name, &self.facts.last_name)
    }
}

templates! {
    CandidateMail, candidate_texts:
    CandidateCreated => "emails/candidate_created.txt",
}

/// A mail about an application.
pub(super) fn of_application(
    config: &AppConfig,
    kind: EmailKind,
    facts: &ApplicationFacts,
    today: NaiveDate,
) -> Result<Rendered> {
    let mail = ApplicationMail {
        facts,
        link: links::application(config, facts.id),
        pass_link: facts.pass_id.map(|id| links::pass(config, id)),
        today,
    };
    finish(kind, application_texts(kind, &mail))
}

/// A mail about a candidate's file.
pub(super) fn of_candidate(config: &AppConfig, kind: EmailKind, facts: &CandidateFacts) -> Result<Rendered> {
    finish(kind, candidate_texts(kind, &CandidateMail { facts, link: links::dashboard(config) }))
}

#[derive(Template)]
#[template(path = "emails/layout.txt", escape = "none")]
struct TextLayout<'a> {
    body: &'a str,
}

#[derive(Template)]
#[template(path = "emails/layout.html")]
struct HtmlLayout<'a> {
    subject: &'a str,
    paragraphs: Vec<Vec<Line<'a>>>,
}

/// A line of a paragraph: text, or the address of a page.
enum Line<'a> {
    Text(&'a str),
    Link(&'a str),
}

fn finish(kind: EmailKind, texts: Option<askama::Result<(String, String)>>) -> Result<Rendered> {
    let failed = |error| Error::internal("mail template", error);
    let Some(texts) = texts else {
        return Err(Error::Internal(format!("no template for the mail {}", kind.code()), None));
    };
    let (subject, body) = texts.map_err(failed)?;
    // A subject is one line, whatever names it holds, and fits the column (NOT-1).
    let subject: String =
        subject.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(250).collect();
    let text = TextLayout { body: body.trim() }.render().map_err(failed)?;
    let paragraphs = text
        .split("\n\n")
        .map(|paragraph| {
            let line = |line: &'_ str| line.starts_with("http");
            paragraph
                .lines()
                .map(|text| if line(text) { Line::Link(text) } else { Line::Text(text) })
                .collect()
        })
        .collect();
    let html = HtmlLayout { subject: &subject, paragraphs }.render().map_err(failed)?;
    Ok(Rendered { subject, text, html })
}
