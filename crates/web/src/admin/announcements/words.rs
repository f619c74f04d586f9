//! Announcements, in the words of the team.

use iae_domain::announcements::{AnnouncementLevel, AnnouncementState, Audience, Notice, ReaderKind, Span};

use crate::applications::state_badge::StateBadge;
use crate::french::date_time;

/// For whom it is: « Employeurs, Orienteurs, en 54, 57 ».
pub(super) fn audience(audience: &Audience) -> String {
    let kinds: Vec<&str> = audience.kinds.iter().copied().map(ReaderKind::label).collect();
    let who = if audience.is_everybody() {
        "Tout le monde".to_owned()
    } else if kinds.is_empty() {
        "Tous les comptes".to_owned()
    } else {
        kinds.join(", ")
    };
    match audience.departments.as_slice() {
        [] => who,
        [one] => format!("{who}, département {one}"),
        several => format!("{who}, départements {}", several.join(", ")),
    }
}

/// « Du 4 mai 2026 à 11 h 00 au 11 mai 2026 à 10 h 00 ».
pub(super) fn span(span: Span) -> String {
    format!("Du {} au {}", date_time(span.from), date_time(span.until))
}

/// What differs between what an announcement says and what it would say: what, and both.
pub(super) fn differences(before: &Notice, after: &Notice) -> Vec<(&'static str, String, String)> {
    said(before)
        .into_iter()
        .zip(said(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((what, before), (_, after))| (what, before, after))
        .collect()
}

/// All it says.
fn said(notice: &Notice) -> [(&'static str, String); 6] {
    [
        ("Titre", notice.title.as_str().to_owned()),
        ("Texte", notice.body.as_str().to_owned()),
        ("Niveau", notice.level.label().to_owned()),
        ("Destinataires", audience(&notice.audience)),
        ("Affichage", span(notice.shown)),
        ("Interruption annoncée", notice.outage.map(span).unwrap_or_default()),
    ]
}

/// The badge of where it stands.
pub(super) const fn state_badge(state: AnnouncementState) -> StateBadge {
    let (tone, icon) = match state {
        AnnouncementState::Running => ("success", "eye"),
        AnnouncementState::Coming => ("info", "hourglass"),
        AnnouncementState::Past => ("neutral", "archive"),
        AnnouncementState::Withdrawn => ("neutral", "ban"),
    };
    StateBadge { label: state.label(), tone, icon }
}

/// The badge of how urgent it is.
pub(super) const fn level_badge(level: AnnouncementLevel) -> StateBadge {
    let (tone, icon) = match level {
        AnnouncementLevel::Warning => ("warning", "alert"),
        AnnouncementLevel::Info => ("info", "info"),
    };
    StateBadge { label: level.label(), tone, icon }
}
