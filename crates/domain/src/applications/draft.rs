//! What is written to propose one person: its steps, one subject each (rule book 02 §13), for one employer or several.

mod employers;
mod event;
mod not_sent;
mod unfinished;

pub use employers::{AddedEmployer, MOST_EMPLOYERS, TooManyEmployers, add_employer, remove_employer};
pub use event::{Closed, DraftChange, DraftEvent, discard, save, sent, start, supersede};
pub use not_sent::NotSent;
pub use unfinished::UnfinishedDiagnosis;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::code::code;
use crate::ids::{ApplicationDraftId, ApplicationId, CandidateId, JobDescriptionId, OrganisationId, UserId};
use crate::time::paris_date;

/// Time a draft nobody touches is kept: what it says of a person is then of no use to anyone.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// The last whole day a draft last worked on at `updated_at` is kept.
pub fn kept_until(updated_at: DateTime<Utc>) -> NaiveDate {
    paris_date(updated_at + KEPT - TimeDelta::days(1))
}

code! {
    /// The steps of the draft, under the last word of their address. The posts come first: they are chosen where one
    /// begins, and again for each employer that is added.
    Step {
        Jobs = "jobs", "Les postes visés";
        Candidate = "candidate", "Le candidat";
        Completion = "completion", "Les informations qui manquent";
        Previous = "previous", "Candidature précédente";
        Eligibility = "eligibility", "L’éligibilité et la situation";
        Message = "message", "Le message et le CV";
        Summary = "summary", "Vérification avant envoi";
    }
}

/// What decides which steps a draft goes through, and which are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftFacts {
    /// The person is chosen.
    pub has_candidate: bool,
    /// The person's file lacks what an application needs, and the sender may complete it (SUB-30).
    pub completes_file: bool,
    /// The person was already proposed to one of the employers (SUB-40).
    pub applied_before: bool,
    /// The sender confirmed applying again to each of these.
    pub previous_confirmed: bool,
    /// For each employer, posts, or a spontaneous application, are chosen, and each is still open (SUB-11).
    pub jobs_chosen: bool,
    /// One of the employers is an SIAE.
    pub to_siae: bool,
    /// The person holds a valid PASS.
    pub has_valid_pass: bool,
    /// The eligibility step was gone through, or a diagnosis holds: left folded, it changes nothing (ELI-1).
    pub eligibility_done: bool,
    /// The message is written.
    pub message_done: bool,
}

/// Whether the eligibility step is shown (rule book 02 §4.8): to a prescripteur habilité, for an SIAE, while the
/// person holds no valid PASS. Nobody else is ever offered it.
pub const fn offers_eligibility(actor: &Actor, facts: &DraftFacts) -> bool {
    let authorised = matches!(actor, Actor::Prescriber(prescriber) if prescriber.authorised);
    authorised && facts.to_siae && !facts.has_valid_pass
}

/// The steps of this application, in order. A candidate applies for themselves: there is nobody to look up.
pub fn steps(actor: &Actor, facts: &DraftFacts) -> Vec<Step> {
    let shown = |step: &&Step| match step {
        Step::Candidate => !matches!(actor, Actor::Candidate(_)),
        Step::Completion => facts.has_candidate && facts.completes_file,
        Step::Previous => facts.has_candidate && facts.applied_before,
        Step::Eligibility => offers_eligibility(actor, facts),
        Step::Jobs | Step::Message | Step::Summary => true,
    };
    Step::ALL.iter().filter(shown).copied().collect()
}

/// The first step with something left to do; the summary when nothing is.
pub fn next_missing(actor: &Actor, facts: &DraftFacts) -> Step {
    let done = |step: Step| match step {
        Step::Candidate => facts.has_candidate,
        Step::Completion => !facts.completes_file,
        Step::Previous => facts.previous_confirmed,
        Step::Jobs => facts.jobs_chosen,
        Step::Eligibility => facts.eligibility_done,
        Step::Message => facts.message_done,
        Step::Summary => false,
    };
    steps(actor, facts).into_iter().find(|step| !done(*step)).unwrap_or(Step::Summary)
}

/// Whether a step can be opened: every step before it is done. Going back is always possible.
pub fn may_open(actor: &Actor, facts: &DraftFacts, step: Step) -> bool {
    let steps = steps(actor, facts);
    let position = |wanted: Step| steps.iter().position(|step| *step == wanted);
    match (position(step), position(next_missing(actor, facts))) {
        (Some(wanted), Some(missing)) => wanted <= missing,
        (None, _) | (_, None) => false,
    }
}

/// What someone begins to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// Its id.
    pub id: ApplicationDraftId,
    /// The employer it begins with, under the id its application will have: a double submit is one.
    pub application: ApplicationId,
    /// The employer it begins with.
    pub company: OrganisationId,
    /// Posts; none is a spontaneous application.
    pub jobs: Vec<JobDescriptionId>,
    /// The person, when already known.
    pub candidate: Option<CandidateId>,
    /// The search it comes from: a path of the platform (SUB-22).
    pub search: Option<String>,
}

/// What one step saves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepChoice {
    /// The person; another one than before drops what was written about the former.
    Candidate(CandidateId),
    /// Applying again is confirmed, to each of these employers the person was proposed to (SUB-40).
    Previous(Vec<OrganisationId>),
    /// Posts, for each employer; none is a spontaneous application.
    Jobs(Vec<(OrganisationId, Vec<JobDescriptionId>)>),
    /// The eligibility step was gone through: what was typed there and not validated.
    Eligibility(UnfinishedDiagnosis),
    /// The message.
    Message(DraftMessage),
}

/// What the message step keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMessage {
    /// The message; may be empty.
    pub text: String,
    /// Who accompanies the person (professionals only).
    #[serde(default)]
    pub advisor: Advisor,
}

/// Who accompanies the person in the sender's organisation (SUB-62).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advisor {
    /// Whoever sends the application.
    #[default]
    Sender,
    /// A colleague.
    Colleague(UserId),
    /// Someone who has no account: « Non référencé sur le service ».
    Unlisted,
}

impl Advisor {
    /// The colleague, if one is named.
    pub const fn colleague(self) -> Option<UserId> {
        match self {
            Self::Colleague(user) => Some(user),
            Self::Sender | Self::Unlisted => None,
        }
    }
}

impl StepChoice {
    /// The step that saves it.
    pub const fn step(&self) -> Step {
        match self {
            Self::Candidate(_) => Step::Candidate,
            Self::Previous(_) => Step::Previous,
            Self::Jobs(_) => Step::Jobs,
            Self::Eligibility(_) => Step::Eligibility,
            Self::Message(_) => Step::Message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{CandidateActor, PrescriberActor};
    use crate::ids::{CandidateId, OrganisationId, UserId};
    use crate::organisations::PrescriberKind;

    const NOTHING: DraftFacts = DraftFacts {
        has_candidate: false,
        completes_file: false,
        applied_before: false,
        previous_confirmed: false,
        jobs_chosen: false,
        to_siae: true,
        has_valid_pass: false,
        eligibility_done: false,
        message_done: false,
    };

    fn prescriber(authorised: bool) -> Actor {
        PrescriberActor {
            user: UserId(uuid::Uuid::from_u128(1)),
            organisation: OrganisationId(uuid::Uuid::from_u128(2)),
            kind: PrescriberKind::Ft,
            authorised,
            is_admin: false,
        }
        .into()
    }

    fn candidate() -> Actor {
        let id = uuid::Uuid::from_u128(1);
        CandidateActor { user: UserId(id), candidate: CandidateId(id) }.into()
    }

    /// Rule book 02 §4.8 and §13.
    #[test]
    fn only_a_prescripteur_habilite_is_offered_the_eligibility_step() {
        use Step::*;
        let full = steps(&prescriber(true), &NOTHING);
        assert_eq!(full, [Jobs, Candidate, Eligibility, Message, Summary]);
        let short = [Jobs, Candidate, Message, Summary];
        assert_eq!(steps(&prescriber(false), &NOTHING), short);
        assert_eq!(steps(&prescriber(true), &DraftFacts { to_siae: false, ..NOTHING }), short);
        assert_eq!(steps(&prescriber(true), &DraftFacts { has_valid_pass: true, ..NOTHING }), short);
        assert_eq!(steps(&candidate(), &NOTHING), [Jobs, Message, Summary]);
    }

    #[test]
    fn a_previous_application_is_confirmed_before_going_on() {
        let again = DraftFacts { has_candidate: true, applied_before: true, jobs_chosen: true, ..NOTHING };
        assert_eq!(next_missing(&prescriber(false), &again), Step::Previous);
        let confirmed = DraftFacts { previous_confirmed: true, ..again };
        assert_eq!(next_missing(&prescriber(false), &confirmed), Step::Message);
    }

    /// SUB-30: asked of those who may complete the file, before anything else is written.
    #[test]
    fn what_the_file_lacks_is_asked_first() {
        let lacking = DraftFacts {
            has_candidate: true,
            completes_file: true,
            applied_before: true,
            jobs_chosen: true,
            ..NOTHING
        };
        assert_eq!(next_missing(&candidate(), &lacking), Step::Completion);
        assert!(!may_open(&prescriber(true), &lacking, Step::Previous));
        let completed = DraftFacts { completes_file: false, ..lacking };
        assert!(!steps(&prescriber(true), &completed).contains(&Step::Completion));
    }

    /// ELI-1: a diagnosis that holds is left folded, not asked about.
    #[test]
    fn an_eligibility_that_holds_is_no_step_to_go_through() {
        let held = DraftFacts { has_candidate: true, jobs_chosen: true, eligibility_done: true, ..NOTHING };
        assert_eq!(next_missing(&prescriber(true), &held), Step::Message);
        assert!(may_open(&prescriber(true), &held, Step::Eligibility), "it may be updated");
    }

    #[test]
    fn a_step_opens_once_those_before_it_are_done() {
        let chosen = DraftFacts { has_candidate: true, jobs_chosen: true, ..NOTHING };
        assert!(may_open(&prescriber(true), &chosen, Step::Eligibility));
        assert!(may_open(&prescriber(true), &chosen, Step::Candidate), "going back");
        assert!(!may_open(&prescriber(true), &chosen, Step::Summary));
        assert!(!may_open(&prescriber(false), &chosen, Step::Eligibility), "an orienteur never");
    }
}
