//! What happens to a request of habilitation, and to the right it gave.

use chrono::NaiveDate;
use serde::Serialize;

use super::order::Opinion;
use crate::event::happenings;
use crate::ids::{DocumentId, HabilitationId, OrganisationId};
use crate::time::Period;

/// Something happened to a request of habilitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HabilitationEvent {
    /// The request.
    pub habilitation: HabilitationId,
    /// Who asks.
    pub organisation: OrganisationId,
    /// The DDETS that instructs it, when it has an active member.
    pub ddets: Option<OrganisationId>,
    /// What happened.
    pub change: HabilitationChange,
}

/// What happened to a request of habilitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum HabilitationChange {
    /// It was begun.
    Begun {
        /// The organisation had the right already.
        is_renewal: bool,
    },
    /// It was submitted, or submitted again once completed.
    Submitted {
        /// The organisation had the right already.
        is_renewal: bool,
        /// It answers what the DDETS asked for.
        is_completed: bool,
    },
    /// The DDETS asked for something more.
    ComplementAsked,
    /// The opinion of the commission was recorded.
    OpinionRecorded {
        /// What it said.
        opinion: Opinion,
    },
    /// It was granted: the organisation is an OHPD (PRE-5).
    Granted {
        /// The days of the right.
        period: Period,
        /// No request was made here: an order was entered.
        is_recorded: bool,
    },
    /// It was refused: the organisation stays an orienteur.
    Refused,
    /// The right was revoked.
    Revoked {
        /// Its last day, as it was ordered.
        planned: NaiveDate,
        /// Whether it is told: once, when several orders go together.
        #[serde(skip)]
        is_told: bool,
    },
    /// The end of the right was announced.
    Announced {
        /// Months before it.
        months: u32,
        /// Its last day.
        ends_on: NaiveDate,
    },
    /// The right ended.
    Ended {
        /// Its last day.
        ends_on: NaiveDate,
        /// Another order took its place.
        is_renewed: bool,
    },
    /// A file was given with it.
    DocumentStored {
        /// The file.
        document: DocumentId,
    },
    /// A file was taken back.
    DocumentDeleted {
        /// The file.
        document: DocumentId,
    },
    /// A file was read.
    DocumentDownloaded {
        /// The file.
        document: DocumentId,
    },
}

happenings! {
    HabilitationEvent: HabilitationChange about "habilitation" habilitation {
        Begun = "habilitation.begun", "Demande d’habilitation commencée";
        Submitted = "habilitation.submitted", "Demande d’habilitation transmise";
        ComplementAsked = "habilitation.complement_asked", "Complément d’une demande d’habilitation demandé";
        OpinionRecorded = "habilitation.opinion_recorded", "Avis de la commission enregistré";
        Granted = "habilitation.granted", "Habilitation préfectorale accordée";
        Refused = "habilitation.refused", "Demande d’habilitation refusée";
        Revoked = "habilitation.revoked", "Habilitation préfectorale abrogée";
        Announced = "habilitation.announced", "Fin d’une habilitation annoncée";
        Ended = "habilitation.ended", "Habilitation préfectorale arrivée à terme";
        DocumentStored = "habilitation.document_stored", "Pièce d’une demande d’habilitation ajoutée";
        DocumentDeleted = "habilitation.document_deleted", "Pièce d’une demande d’habilitation retirée";
        DocumentDownloaded = "habilitation.document_downloaded", "Pièce d’une demande d’habilitation téléchargée";
    }
}
