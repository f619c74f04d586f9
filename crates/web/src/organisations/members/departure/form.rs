//! Whose each thing that a member holds becomes, as a form says it.

use std::collections::BTreeMap;

use iae_domain::ids::UserId;
use iae_domain::organisations::members::{Departure, Held};
use serde::Deserialize;

use super::super::role::seen;
use crate::error::PageResult;

/// Whose each thing becomes, and what the page showed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DepartureForm {
    seen: String,
    seen_holdings: String,
    to_applications: String,
    to_drafts: String,
    to_accompaniments: String,
    to_prolongations_to_answer: String,
    to_prolongations_asked: String,
    to_nir_corrections: String,
}

/// The field that says whose something becomes.
pub(crate) const fn field(held: Held) -> &'static str {
    match held {
        Held::Applications => "to_applications",
        Held::Drafts => "to_drafts",
        Held::Accompaniments => "to_accompaniments",
        Held::ToAnswer => "to_prolongations_to_answer",
        Held::Asked => "to_prolongations_asked",
        Held::NirCorrections => "to_nir_corrections",
    }
}

/// What it means for whoever takes it.
pub(crate) const fn meaning(held: Held) -> &'static str {
    match held {
        Held::Applications => "Cette personne recevra les réponses des employeurs.",
        Held::Drafts => "Cette personne pourra les terminer et les envoyer.",
        Held::Accompaniments => "Cette personne en devient l’interlocuteur dans votre structure.",
        Held::ToAnswer => {
            "Cette personne reçoit chaque demande par e-mail\u{a0}; chacun dans l’organisation peut toujours y répondre."
        }
        Held::Asked => "Cette personne recevra la réponse des prescripteurs.",
        Held::NirCorrections => "Cette personne recevra la réponse de l’équipe du service.",
    }
}

impl DepartureForm {
    /// Who was chosen to take this over.
    pub(crate) fn chosen(&self, held: Held) -> &str {
        match held {
            Held::Applications => &self.to_applications,
            Held::Drafts => &self.to_drafts,
            Held::Accompaniments => &self.to_accompaniments,
            Held::ToAnswer => &self.to_prolongations_to_answer,
            Held::Asked => &self.to_prolongations_asked,
            Held::NirCorrections => &self.to_nir_corrections,
        }
    }

    /// What is asked.
    pub(crate) fn parse(&self) -> PageResult<Departure> {
        let chosen = |held: &Held| Some((*held, self.chosen(*held).parse::<UserId>().ok()?));
        let to: BTreeMap<Held, UserId> = Held::ALL.iter().filter_map(chosen).collect();
        Ok(Departure { seen: seen(&self.seen)?, seen_holdings: self.seen_holdings.clone(), to })
    }
}
