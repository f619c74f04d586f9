//! What is typed of a request.

use iae_app::documents::ReceivedFile;
use iae_app::habilitations::{NewPiece, Request};
use iae_domain::documents::DocumentRefused;
use iae_domain::habilitations::{Habilitation, WRITTEN_MAX_CHARS, Written};
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
    /// Which button was pressed.
    step: String,
}

impl RequestForm {
    /// As the draft has it.
    pub(super) fn of(open: &Habilitation) -> Self {
        let Written { identified, mission, staff, need, agreements, local_bodies } = open.written.clone();
        let seen = version(open.changed_at);
        Self { identified, mission, staff, need, agreements, local_bodies, seen, ..Self::default() }
    }

    /// Whether the request is submitted.
    pub(super) fn submits(&self) -> bool {
        self.step == "submit"
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
        Ok(Request { seen: instant(&self.seen), written, piece, submits: self.submits() })
    }
}

/// A text that may be blank, or its mistake.
fn text(errors: &mut FieldErrors, name: &'static str, typed: &str) -> String {
    errors.check_length(name, typed.trim(), WRITTEN_MAX_CHARS);
    Message::<WRITTEN_MAX_CHARS>::parse(typed).map(|message| message.as_str().to_owned()).unwrap_or_default()
}
