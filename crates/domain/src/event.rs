//! What happens, in one enum: each event becomes an audit row, and some become mails.
//!
//! A feature names its events, says what they are about and what is kept of them in its own `event.rs`
//! ([`happenings`]); here it is one line.

use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::accounts::{AccountEvent, LetterEvent};
use crate::announcements::AnnouncementEvent;
use crate::applications::ApplicationEvent;
use crate::applications::draft::DraftEvent;
use crate::candidates::CandidateEvent;
use crate::control::{CampaignEvent, ControlEvent};
use crate::eligibility::DiagnosisEvent;
use crate::exports::ExportEvent;
use crate::habilitations::HabilitationEvent;
use crate::imports::ImportEvent;
use crate::notifications::EmailEvent;
use crate::organisations::invitations::InvitationEvent;
use crate::organisations::members::MemberEvent;
use crate::organisations::{ConventionEvent, OrganisationEvent};
use crate::pass::PassEvent;

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Kind of thing.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
}

/// A kind of event, as the audit trail names it (`<subject>.<what happened>`) and as the team reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventKind {
    /// The name kept.
    pub code: &'static str,
    /// The same in French.
    pub label: &'static str,
}

/// Says of the events of a feature what they are about, and of each kind its name and its French label. What the audit
/// row holds is what the change serialises to: states and ids, never what a person typed.
macro_rules! happenings {
    ($event:ident: $change:ident about $subject:literal $id:ident { $( $variant:ident = $code:literal, $label:literal; )+ }) => {
        impl $event {
            pub(crate) const KINDS: &'static [$crate::event::EventKind] =
                &[ $( $crate::event::EventKind { code: $code, label: $label }, )+ ];

            pub(crate) const fn name(&self) -> &'static str {
                match &self.change { $( $change::$variant { .. } => $code, )+ }
            }

            pub(crate) const fn subject(&self) -> $crate::event::Subject {
                $crate::event::Subject { kind: $subject, id: self.$id.0 }
            }
        }

        impl serde::Serialize for $event {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.change, serializer)
            }
        }
    };
}

pub(crate) use happenings;

macro_rules! events {
    ($( $(#[$meta:meta])* $variant:ident($event:ident), )+) => {
        /// Something that happened and must be kept.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Event { $( $(#[$meta])* $variant($event), )+ }

        /// The things things happen to, one for each feature that keeps events.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Aggregate { $( $(#[$meta])* $variant, )+ }

        impl Aggregate {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];
        }

        impl Event {
            /// Every kind of event, feature by feature.
            pub fn kinds() -> impl Iterator<Item = EventKind> {
                [ $( $event::KINDS, )+ ].into_iter().flatten().copied()
            }

            /// The name kept in the audit trail: `<subject>.<what happened>`.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$variant(event) => event.name(), )+ }
            }

            /// What the event is about.
            pub const fn subject(&self) -> Subject {
                match self { $( Self::$variant(event) => event.subject(), )+ }
            }
        }

        /// What the audit row holds.
        impl Serialize for Event {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $( Self::$variant(event) => event.serialize(serializer), )+ }
            }
        }

        $(
            impl From<$event> for Event {
                fn from(event: $event) -> Self {
                    Self::$variant(event)
                }
            }
        )+
    };
}

events! {
    /// To an account.
    Account(AccountEvent),
    /// To a mail about an account.
    Letter(LetterEvent),
    /// To an announcement of the team.
    Announcement(AnnouncementEvent),
    /// To an organisation.
    Organisation(OrganisationEvent),
    /// To a member of an organisation.
    Member(MemberEvent),
    /// To an invitation to join one.
    Invitation(InvitationEvent),
    /// To a convention.
    Convention(ConventionEvent),
    /// To a candidate's file.
    Candidate(CandidateEvent),
    /// To an application.
    Application(ApplicationEvent),
    /// To an application being written.
    Draft(DraftEvent),
    /// To a diagnosis.
    Diagnosis(DiagnosisEvent),
    /// To a PASS.
    Pass(PassEvent),
    /// To a campaign of control.
    Campaign(CampaignEvent),
    /// To the control of an SIAE.
    Control(ControlEvent),
    /// To a request of habilitation by the prefect.
    Habilitation(HabilitationEvent),
    /// To an export.
    Export(ExportEvent),
    /// To an import of official files.
    Import(ImportEvent),
    /// To a mail of the outbox.
    Email(EmailEvent),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_event_has_a_name_of_its_own() {
        let mut names: Vec<_> = Event::kinds().map(|kind| kind.code).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
