//! An announcement as each of its readers will see it, among the others.

use chrono::{DateTime, Utc};
use iae_domain::announcements::{Announcement, Notice, Reader, ReaderKind, SHOWN_AT_ONCE, by_urgency};
use iae_domain::ids::{AnnouncementEditionId, AnnouncementId, UserId};

use crate::announcements::Banner;

/// What it will look like.
pub(super) struct Preview {
    /// Readers who see the same, and what they see.
    pub seen: Vec<(String, Vec<Banner>)>,
    /// Those it is for, and who see others in its place.
    pub crowded_out: String,
    /// Those it is not for.
    pub others: String,
}

/// What each reader will see when it begins, or now.
pub(super) fn preview(
    (id, author): (AnnouncementId, UserId),
    notice: &Notice,
    all: Vec<Announcement>,
    now: DateTime<Utc>,
) -> Preview {
    let draft = Announcement {
        id,
        edition: AnnouncementEditionId::at(now),
        notice: notice.clone(),
        author,
        published_at: now,
        changed_at: now,
        withdrawn_at: None,
    };
    let at = now.max(notice.shown.from);
    let mut all: Vec<Announcement> = all.into_iter().filter(|one| one.id != id).chain([draft]).collect();
    all.sort_by(by_urgency);
    let department = notice.audience.departments.first().map(String::as_str);
    let kinds = ReaderKind::ALL.iter().map(|kind| (kind.label(), Reader { kind: Some(*kind), department }));
    let readers = std::iter::once(("Visiteurs sans compte", Reader::default())).chain(kinds);
    let (mut crowded_out, mut others) = (Vec::new(), Vec::new());
    let mut seen: Vec<(Vec<&str>, Vec<&Announcement>)> = Vec::new();
    for (label, reader) in readers {
        let shown: Vec<_> =
            all.iter().filter(|one| one.is_for(&reader, &[], at)).take(SHOWN_AT_ONCE).collect();
        if !notice.audience.includes(&reader) {
            others.push(label);
        } else if !shown.iter().any(|one| one.id == id) {
            crowded_out.push(label);
        } else if let Some((labels, _)) = seen.iter_mut().find(|(_, same)| *same == shown) {
            labels.push(label);
        } else {
            seen.push((vec![label], shown));
        }
    }
    let banners = |shown: Vec<&Announcement>| shown.into_iter().map(|one| Banner::of(one, at)).collect();
    Preview {
        seen: seen.into_iter().map(|(labels, shown)| (labels.join(", "), banners(shown))).collect(),
        crowded_out: crowded_out.join(", "),
        others: others.join(", "),
    }
}
