//! What is kept of everything that happens: the audit trail, and the mails of the last two months.

use chrono::{DateTime, TimeDelta, Utc};
use iae_app::AppConfig;
use iae_app::queue::MAX_ATTEMPTS;
use iae_domain::Event;
use iae_domain::actor::ActorRecord;
use iae_domain::applications::ApplicationChange;
use iae_domain::notifications::{About, EmailKind, Notice, Recipient, notices};
use serde_json::Value;
use uuid::Uuid;

use super::parcours::{Application, Member, Parcours};
use super::random::Random;
use super::tables::Tables;
use super::world::World;

/// How long sent mails are kept.
const KEPT_DAYS: i64 = 60;

/// Who acts, in the words of the audit trail.
pub const fn actor(kind: &'static str, member: Option<Member>) -> ActorRecord {
    match member {
        Some(member) => ActorRecord {
            kind,
            user: Some(iae_domain::ids::UserId(member.user)),
            organisation: Some(iae_domain::ids::OrganisationId(member.organisation)),
        },
        None => ActorRecord { kind: "system", user: None, organisation: None },
    }
}

/// A person acting for themselves.
pub const fn candidate(id: Uuid) -> ActorRecord {
    ActorRecord { kind: "candidate", user: Some(iae_domain::ids::UserId(id)), organisation: None }
}

/// Writes the row of an event.
pub fn audit(rng: &mut Random, at: DateTime<Utc>, actor: ActorRecord, event: &Event, tables: &mut Tables) {
    let subject = event.subject();
    tables.audit.push(&[
        &rng.id(at),
        &at,
        &actor.kind,
        &actor.user.map(|user| user.0),
        &actor.organisation.map(|organisation| organisation.0),
        &event.name(),
        &subject.kind,
        &subject.id,
        &iae_app::audit::payload(event).unwrap_or(Value::Null),
        &rng.id(at),
    ]);
}

/// Writes the mails an event called for, when they are recent enough to be kept.
#[expect(clippy::too_many_arguments, reason = "what a mail tells of")]
pub fn mail(
    rng: &mut Random,
    world: &World,
    config: &AppConfig,
    parcours: &Parcours,
    application: &Application,
    at: DateTime<Utc>,
    event: &Event,
    tables: &mut Tables,
) {
    if at.date_naive() < world.calendar.ago(KEPT_DAYS) {
        return;
    }
    for notice in notices(event) {
        let Some(recipient) = recipient(rng, world, config, parcours, application, &notice) else { continue };
        let company = &world.companies[application.company].name;
        let (subject, body) = texts(notice.kind, &parcours.person.full_name(), company);
        let link = match notice.about {
            About::Application(id) => format!("{}applications/{id}", config.base_url),
            About::Candidate(id) => format!("{}candidates/{id}", config.base_url),
        };
        let about_id = match notice.about {
            About::Application(id) => id.0,
            About::Candidate(id) => id.0,
        };
        let about = if matches!(notice.about, About::Application(_)) { "application" } else { "candidate" };
        // Given up long ago: what the queue still tries would leave for addresses nobody has.
        let failed = rng.chance(8);
        tables.emails.push(&[
            &rng.id(at),
            &notice.kind.code(),
            &recipient,
            &subject,
            &format!("Bonjour,\n\n{body}\n\n{link}\n"),
            &format!("<p>Bonjour,</p><p>{body}</p><p><a href=\"{link}\">{link}</a></p>"),
            &about,
            &about_id,
            &if failed { "failed" } else { "sent" },
            &if failed { i64::from(MAX_ATTEMPTS) } else { 1 },
            &failed.then_some("550 5.1.1 boîte inconnue"),
            &at,
            &(!failed).then_some(at + TimeDelta::seconds(rng.between(1, 40))),
        ]);
    }
}

fn recipient(
    rng: &mut Random,
    world: &World,
    config: &AppConfig,
    parcours: &Parcours,
    application: &Application,
    notice: &Notice,
) -> Option<String> {
    let company = super::place::slug(&world.companies[application.company].name);
    match notice.recipient {
        Recipient::Candidate(_) => parcours.person.email.clone(),
        Recipient::Members(_) | Recipient::Actor => {
            Some(format!("equipe.{}@{company}.example", rng.below(9)))
        }
        Recipient::Professional(_) => Some(format!("accompagnement.{}@prescripteur.example", rng.below(900))),
        Recipient::Support => Some(config.support_email.as_str().to_owned()),
    }
}

fn texts(kind: EmailKind, person: &str, company: &str) -> (String, String) {
    let subject = format!("{} : {person}", kind.label());
    let body = match kind {
        EmailKind::ApplicationReceived => format!("La candidature de {person} attend votre réponse."),
        EmailKind::ApplicationSentCandidate | EmailKind::ApplicationSentProxy => {
            format!("La candidature de {person} a été envoyée à {company}.")
        }
        EmailKind::ApplicationPostponedCandidate | EmailKind::ApplicationPostponedProxy => {
            format!("{company} met la candidature de {person} en attente.")
        }
        EmailKind::ApplicationRefusedCandidate | EmailKind::ApplicationRefusedProxy => {
            format!("{company} ne donne pas suite à la candidature de {person}.")
        }
        EmailKind::ApplicationAcceptedCandidate | EmailKind::ApplicationAcceptedProxy => {
            format!("{company} a accepté la candidature de {person}.")
        }
        EmailKind::PassDelivered => format!("Le PASS IAE de {person} est délivré."),
        EmailKind::PassManualDelivery => format!("Le PASS IAE de {person} est à délivrer à la main."),
        EmailKind::CandidateCreated => "Un compte a été créé pour vous par un professionnel.".to_owned(),
    };
    (subject, body)
}

/// The change of an application that a step is.
pub fn change(
    from: iae_domain::applications::StateCode,
    to: iae_domain::applications::StateCode,
    parcours: &Parcours,
    application: &Application,
    at: DateTime<Utc>,
) -> Option<ApplicationChange> {
    use iae_domain::applications::{PassResult, RefusalReason, StateCode};
    Some(match to {
        StateCode::Processing => ApplicationChange::Processing { from },
        StateCode::Postponed => ApplicationChange::Postponed { from },
        StateCode::Refused => {
            ApplicationChange::Refused { from, reason: application.refusal.unwrap_or(RefusalReason::Other) }
        }
        StateCode::Accepted => {
            let pass = match application.hire {
                Some(hire) if hire.is_manual => PassResult::AwaitingManualDelivery,
                Some(hire) => match hire.pass.map(|pass| parcours.passes[pass].at == at) {
                    Some(true) => PassResult::Issued,
                    Some(false) => PassResult::Reused,
                    None => PassResult::NotRequired,
                },
                None => PassResult::NotRequired,
            };
            ApplicationChange::Accepted { from, pass }
        }
        StateCode::Obsolete => {
            let hired = parcours.applications.iter().find(|other| other.accepted_at() == Some(at));
            ApplicationChange::BecameObsolete {
                from,
                because: iae_domain::ids::ApplicationId(hired.map_or(application.id, |hired| hired.id)),
            }
        }
        StateCode::New | StateCode::Pool | StateCode::PriorToHire | StateCode::Cancelled => return None,
    })
}
