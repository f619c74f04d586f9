//! What happens to an announcement. What it says is nowhere here: it is in its row.

use serde::Serialize;

use super::AnnouncementLevel;
use crate::code::code;
use crate::event::happenings;
use crate::ids::AnnouncementId;

/// Something happened to an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementEvent {
    /// The announcement.
    pub announcement: AnnouncementId,
    /// What happened.
    pub change: AnnouncementChange,
}

/// What happened to an announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AnnouncementChange {
    /// It was published.
    Published {
        /// How urgent it is.
        level: AnnouncementLevel,
    },
    /// What it says was changed.
    Changed {
        /// In these parts.
        changes: Vec<AnnouncementPart>,
    },
    /// It is shown to nobody any more.
    Withdrawn,
    /// A reader sees it no more.
    Dismissed,
}

code! {
    /// A part of an announcement.
    AnnouncementPart {
        Title = "announcement_title", "Titre";
        Body = "announcement_body", "Texte";
        Level = "announcement_level", "Niveau";
        Audience = "announcement_audience", "Destinataires";
        Shown = "announcement_shown", "Dates d’affichage";
        Outage = "announcement_outage", "Interruption annoncée";
    }
}

impl AnnouncementPart {
    /// Whether its readers read it: when it changes, whoever hid the announcement reads it again.
    pub const fn is_read(self) -> bool {
        match self {
            Self::Title | Self::Body | Self::Level | Self::Outage => true,
            Self::Audience | Self::Shown => false,
        }
    }
}

happenings! {
    AnnouncementEvent: AnnouncementChange about "announcement" announcement {
        Published = "announcement.published", "Annonce publiée";
        Changed = "announcement.changed", "Annonce modifiée";
        Withdrawn = "announcement.withdrawn", "Annonce retirée";
        Dismissed = "announcement.dismissed", "Annonce masquée par une personne";
    }
}
