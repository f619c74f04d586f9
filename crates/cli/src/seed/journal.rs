//! What is kept of everything that happens: the audit trail, and the mails of the last two months.

use chrono::{DateTime, TimeDelta, Utc};
use iae_app::AppConfig;
use iae_app::queue::MAX_ATTEMPTS;
use iae_domain::Event;
use iae_domain::actor::ActorRecord;
use iae_domain::applications::ApplicationChange;
use iae_domain::french;
use iae_domain::notifications::{
    AccountMail, ApplicationMail, CandidateMail, EmailKind, Mail, NirCorrectionMail, Notice, Recipient,
    SuspensionMail, notices,
};
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
    company: usize,
    at: DateTime<Utc>,
    event: &Event,
    tables: &mut Tables,
) {
    if at.date_naive() < world.calendar.ago(KEPT_DAYS) {
        return;
    }
    let company = world.companies[company].name.as_str();
    for notice in notices(event) {
        let Some(recipient) = recipient(rng, config, parcours, company, &notice) else { continue };
        let (subject, body) = texts(notice.mail.kind(), &parcours.person.full_name(), company);
        let link = match notice.mail {
            Mail::Account(..) | Mail::Letter(..) => config.base_url.to_string(),
            Mail::Application(_, id) => format!("{}applications/{id}", config.base_url),
            Mail::Candidate(_, id) => format!("{}candidates/{id}", config.base_url),
            Mail::NirCorrection(_, id) => format!("{}admin/nir-corrections/{id}", config.base_url),
            Mail::Suspension(_, id) => format!("{}pass/{id}", config.base_url),
            Mail::Campaign(_, id) => format!("{}control-campaigns/{id}/controls", config.base_url),
            Mail::Control(_, id) => format!("{}controls/{id}", config.base_url),
            Mail::Opening(..) | Mail::Succession(..) => format!("{}organisation", config.base_url),
            Mail::Habilitation(..) | Mail::Authorisation(..) => format!("{}habilitation", config.base_url),
            Mail::Member(..) | Mail::Members(..) => format!("{}members", config.base_url),
            Mail::Invitation(_, id) => format!("{}invitations/{id}", config.base_url),
            Mail::Company(_, id) => format!("{}employers/{id}", config.base_url),
            Mail::Import(_, id) => format!("{}admin/imports/{id}", config.base_url),
            Mail::SignUp(..) => format!("{}sign-up/professional", config.base_url),
            Mail::NewOrganisation(..) => format!("{}admin", config.base_url),
            Mail::Prolongation(_, id) | Mail::Cancelled(_, id) => {
                format!("{}prolongations/{id}", config.base_url)
            }
        };
        let about = notice.mail.about();
        // Given up long ago: what the queue still tries would leave for addresses nobody has.
        let failed = rng.chance(8);
        tables.emails.push(&[
            &rng.id(at),
            &notice.mail.kind().code(),
            &recipient,
            &subject,
            &format!("Bonjour,\n\n{body}\n\n{link}\n"),
            &format!("<p>Bonjour,</p><p>{body}</p><p><a href=\"{link}\">{link}</a></p>"),
            &about.kind,
            &about.id,
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
    config: &AppConfig,
    parcours: &Parcours,
    company: &str,
    notice: &Notice,
) -> Option<String> {
    let company = super::place::slug(company);
    match notice.recipient {
        Recipient::Candidate(_) | Recipient::FormerAddress(_) | Recipient::Letter(_) => {
            parcours.person.email.clone()
        }
        Recipient::Members(_)
        | Recipient::Administrators(_)
        | Recipient::OtherAdministrators { .. }
        | Recipient::Actor => Some(format!("equipe.{}@{company}.example", rng.below(9))),
        Recipient::Professional { .. } => {
            Some(format!("accompagnement.{}@prescripteur.example", rng.below(900)))
        }
        Recipient::Invited(_) => Some(format!("invitation.{}@{company}.example", rng.below(9))),
        Recipient::OfficialAddress(_) => Some(format!("direction@{company}.example")),
        Recipient::Support => Some(config.support_email.as_str().to_owned()),
    }
}

fn texts(kind: EmailKind, person: &str, company: &str) -> (String, String) {
    let subject = format!("{} : {person}", kind.label());
    let body = match kind {
        EmailKind::Account(AccountMail::BudgetSpent) => {
            "La limite de recherches de personnes est atteinte.".to_owned()
        }
        EmailKind::Account(AccountMail::Merged) => "Les deux comptes n’en font plus qu’un.".to_owned(),
        EmailKind::Account(AccountMail::ClosingAnnounced) => "Un compte inutilisé sera fermé.".to_owned(),
        EmailKind::Letter(mail) => format!("{}.", mail.label()),
        EmailKind::Application(mail) => about_application(mail, person, company),
        EmailKind::Candidate(CandidateMail::Created) => {
            "Un compte a été créé pour vous par un professionnel.".to_owned()
        }
        EmailKind::Candidate(CandidateMail::Updated | CandidateMail::EmailChanged) => {
            "Votre dossier a été modifié par un professionnel.".to_owned()
        }
        EmailKind::NirCorrection(NirCorrectionMail::Asked) => {
            format!("La correction du numéro de sécurité sociale {} est demandée.", french::of(person))
        }
        EmailKind::NirCorrection(NirCorrectionMail::Refused) => {
            format!("La correction du numéro de sécurité sociale {} est refusée.", french::of(person))
        }
        EmailKind::Suspension(mail) => about_suspension(mail, person),
        EmailKind::Cancelled(mail) => format!("{}\u{a0}: PASS IAE {}.", mail.label(), french::of(person)),
        EmailKind::Prolongation(mail) => format!("{}\u{a0}: PASS IAE {}.", mail.label(), french::of(person)),
        EmailKind::Campaign(mail) => format!("{}.", mail.label()),
        EmailKind::Control(mail) => format!("{}.", mail.label()),
        EmailKind::Opening(mail) => format!("{}.", mail.label()),
        EmailKind::Habilitation(mail) => format!("{}.", mail.label()),
        EmailKind::Authorisation(mail) => format!("{}.", mail.label()),
        EmailKind::Member(mail) => format!("{}.", mail.label()),
        EmailKind::Members(mail) => format!("{}.", mail.label()),
        EmailKind::Invitation(mail) => format!("{}.", mail.label()),
        EmailKind::Company(mail) => format!("{}.", mail.label()),
        EmailKind::Import(mail) => format!("{}.", mail.label()),
        EmailKind::SignUp(mail) => format!("{}.", mail.label()),
        EmailKind::NewOrganisation(mail) => format!("{}.", mail.label()),
        EmailKind::Succession(mail) => format!("{}.", mail.label()),
    };
    (subject, body)
}

fn about_suspension(mail: SuspensionMail, person: &str) -> String {
    let of_person = french::of(person);
    match mail {
        SuspensionMail::Suspended => format!("Le PASS IAE {of_person} est suspendu."),
        SuspensionMail::Changed => format!("La suspension du PASS IAE {of_person} est modifiée."),
        SuspensionMail::Lifted | SuspensionMail::Removed => {
            format!("Le PASS IAE {of_person} n’est plus suspendu.")
        }
        SuspensionMail::Closed => format!("Le PASS IAE {of_person} est clôturé."),
        SuspensionMail::Corrected => format!("Les dates du PASS IAE {of_person} sont corrigées."),
    }
}

fn about_application(mail: ApplicationMail, person: &str, company: &str) -> String {
    let of_person = french::of(person);
    match mail {
        ApplicationMail::Received | ApplicationMail::Reminder => {
            format!("La candidature {of_person} attend votre réponse.")
        }
        ApplicationMail::SentCandidate | ApplicationMail::SentProxy => {
            format!("La candidature {of_person} a été envoyée à {company}.")
        }
        ApplicationMail::PostponedCandidate | ApplicationMail::PostponedProxy => {
            format!("{company} met la candidature {of_person} en attente.")
        }
        ApplicationMail::RefusedCandidate | ApplicationMail::RefusedProxy => {
            format!("{company} ne donne pas suite à la candidature {of_person}.")
        }
        ApplicationMail::AcceptedCandidate | ApplicationMail::AcceptedProxy => {
            format!("{company} a accepté la candidature {of_person}.")
        }
        ApplicationMail::CancelledEmployer | ApplicationMail::CancelledProxy => {
            format!("{company} a annulé l’embauche {of_person}.")
        }
        ApplicationMail::PassDelivered => format!("Le PASS IAE {of_person} est délivré."),
        ApplicationMail::PassRefused => format!("Le PASS IAE {of_person} n’est pas délivré."),
        ApplicationMail::PassManualDelivery => format!("Le PASS IAE {of_person} est à délivrer à la main."),
    }
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
        StateCode::Postponed => ApplicationChange::Postponed { from, answer: None },
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
            ApplicationChange::Accepted { from, pass, advisor: None }
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
