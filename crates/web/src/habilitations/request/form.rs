//! What is typed of a request.

use iae_app::documents::ReceivedFile;
use iae_app::habilitations::{NewPiece, Request};
use iae_domain::documents::DocumentRefused;
use iae_domain::habilitations::{Habilitation, WRITTEN_MAX_CHARS, Written};
use iae_domain::ids::HabilitationPieceId;
use iae_domain::text::Message;
use serde::Deserialize;

use super::{KIND, PIECE};
use crate::documents::messages;
use crate::forms::FieldErrors;
use crate::transition::{instant, version};

/// The longest name of a piece, in characters.
const LABEL_MAX_CHARS: usize = 100;

/// What is typed, beside the file.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct RequestForm {
    identified: String,
    mission: String,
    staff: String,
    need: String,
    agreements: String,
    local_bodies: String,
    pub(super) piece_label: String,
    /// When the draft that was read changed last (D32).
    pub(super) seen: String,
    /// The piece to take back, when its button was pressed.
    removes: String,
    /// `review` to read it again before it is submitted; anything else keeps it, as Enter does.
    step: String,
}

impl RequestForm {
    /// As the draft has it.
    pub(super) fn of(open: &Habilitation) -> Self {
        let Written { identified, mission, staff, need, agreements, local_bodies } = open.written.clone();
        let seen = version(open.changed_at);
        Self { identified, mission, staff, need, agreements, local_bodies, seen, ..Self::default() }
    }

    /// Whether the request is to be read again, then submitted.
    pub(super) fn reviews(&self) -> bool {
        self.step == "review"
    }

    /// The piece to take back.
    pub(super) fn removes(&self) -> Option<HabilitationPieceId> {
        self.removes.parse().ok()
    }

    /// What was typed, as it was.
    pub(super) fn written(&self) -> Written {
        let Self { identified, mission, staff, need, agreements, local_bodies, .. } = self.clone();
        Written { identified, mission, staff, need, agreements, local_bodies }
    }

    /// What the form means with its file, or all its mistakes: the file is left then, and may be one of them.
    pub(super) fn parse(&self, files: &mut Vec<ReceivedFile>) -> Result<Request, FieldErrors> {
        let mut errors = FieldErrors::default();
        let written = Written {
            identified: text(&mut errors, "identified", &self.identified),
            mission: text(&mut errors, "mission", &self.mission),
            staff: text(&mut errors, "staff", &self.staff),
            need: text(&mut errors, "need", &self.need),
            agreements: text(&mut errors, "agreements", &self.agreements),
            local_bodies: text(&mut errors, "local_bodies", &self.local_bodies),
        };
        if files.len() > 1 {
            errors.add(PIECE, messages::refused(KIND, DocumentRefused::TooMany));
        }
        let label = self.piece_label.trim();
        match (files.is_empty(), label.is_empty()) {
            (false, true) => errors.add("piece_label", "Dites ce qu’est cette pièce."),
            (true, false) => errors.add(PIECE, "Choisissez le fichier de cette pièce."),
            (false, false) | (true, true) => {}
        }
        errors.check_length("piece_label", label, LABEL_MAX_CHARS);
        if !errors.is_empty() {
            return Err(errors);
        }
        let piece = files.pop().map(|file| NewPiece { label: label.to_owned(), file });
        let (removes, is_whole) = (self.removes(), self.reviews());
        Ok(Request { seen: instant(&self.seen), written, piece, removes, is_whole })
    }
}

/// A text that may be blank, or its mistake.
fn text(errors: &mut FieldErrors, name: &'static str, typed: &str) -> String {
    errors.check_length(name, typed.trim(), WRITTEN_MAX_CHARS);
    Message::<WRITTEN_MAX_CHARS>::parse(typed).map(|message| message.as_str().to_owned()).unwrap_or_default()
}
