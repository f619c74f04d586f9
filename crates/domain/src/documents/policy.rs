//! Who may read a document (rule book 02 §11.1, PII-4): the one policy of every document of every owner.

use super::About;
use crate::Actor;
use crate::applications::policy::{Exchange, read};
use crate::candidates::policy::{Standing, checks_identity, sees_identity};
use crate::control::policy::read_proof;
use crate::eligibility::policy::keep_proofs;
use crate::habilitations::policy::read_piece;
use crate::ids::{OrganisationId, UserId};
use crate::pass::policy::read_report;

/// What decides about one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readers {
    /// Whom or what it is about.
    pub about: About,
    /// The professional who created this person's file, if one did.
    pub created_by: Option<UserId>,
    /// Whom its owner concerns.
    pub concerned: Concerned,
}

/// Whom the owner of a document concerns, besides the person it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concerned {
    /// An application being written: its author, in the organisation they write it for (SUB-9).
    Draft {
        /// The author.
        author: UserId,
        /// The organisation.
        organisation: Option<OrganisationId>,
    },
    /// An application that was sent: its sender, and whoever reads it.
    Application {
        /// The sender.
        sender: Option<UserId>,
        /// Between whom it is exchanged.
        exchange: Exchange,
    },
    /// A request to prolong a PASS, or the form it is written in.
    ProlongationReport {
        /// The SIAE that asks.
        company: OrganisationId,
        /// The organisation it is addressed to, once it is sent.
        addressed: Option<OrganisationId>,
    },
    /// A criterion that is controlled.
    ControlCriterion {
        /// The SIAE that defends it.
        company: OrganisationId,
        /// The DDETS that controls it.
        institution: OrganisationId,
        /// Whether the proof was submitted: the DDETS reads no other.
        is_submitted: bool,
    },
    /// A proof that an SIAE keeps of a criterion it declared: its members, and nobody else (03 §2.13).
    EligibilityProof {
        /// The SIAE.
        company: OrganisationId,
    },
    /// A piece of a request of habilitation: the organisation that asks, and who instructs.
    HabilitationPiece {
        /// The organisation.
        organisation: OrganisationId,
        /// The département whose DDETS instructs.
        department: String,
        /// Whether the request was submitted: nobody else reads a draft.
        is_submitted: bool,
    },
}

/// Whether the actor reads the document. It says who it is about: whoever may not see the identity does not read it,
/// even at an address they kept (PII-4). The team reads what it checks a PASS with, and nothing else.
pub fn may_read(actor: &Actor, readers: &Readers) -> bool {
    let record = actor.record();
    let is_user = |user: Option<UserId>| user.is_some() && user == record.user;
    let is_related = match &readers.concerned {
        &Concerned::Draft { author, organisation } => {
            is_user(Some(author)) && record.organisation == organisation
        }
        Concerned::Application { sender, exchange } => is_user(*sender) || read(actor, exchange).is_some(),
        &Concerned::ProlongationReport { company, addressed } => read_report(actor, (company, addressed)),
        // Its readers are those of the control, whatever else they may see of the person (04 §1.19).
        &Concerned::ControlCriterion { company, institution, is_submitted } => {
            return read_proof(actor, (company, institution), is_submitted);
        }
        Concerned::EligibilityProof { company } => {
            return matches!(actor, Actor::Employer(actor) if keep_proofs(actor, *company));
        }
        Concerned::HabilitationPiece { organisation, department, is_submitted } => {
            return read_piece(actor, *organisation, department, *is_submitted);
        }
    };
    let Some(candidate) = readers.about.person() else { return false };
    let standing = Standing { is_related, ..Standing::related(candidate, readers.created_by) };
    let sees = match readers.concerned {
        Concerned::Draft { .. } | Concerned::Application { .. } => sees_identity(actor, &standing),
        Concerned::ProlongationReport { .. }
        | Concerned::ControlCriterion { .. }
        | Concerned::EligibilityProof { .. }
        | Concerned::HabilitationPiece { .. } => checks_identity(actor, &standing),
    };
    is_related && sees
}
