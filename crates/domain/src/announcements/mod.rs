//! Announcements of the team at the top of pages (rule book 01 §13): to whom, from when, until when.

mod audience;
mod event;
mod moment;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};

use crate::Changed;
use crate::code::code;
use crate::ids::{AnnouncementEditionId, AnnouncementId, UserId};
use crate::text::Message;

pub use audience::{Audience, Reader, ReaderKind};
pub use event::{AnnouncementChange, AnnouncementEvent, AnnouncementPart};
pub use moment::{paris_instant, typed_time};

/// Longest title, in characters.
pub const TITLE_MAX_CHARS: usize = 120;
/// Longest text, in characters.
pub const BODY_MAX_CHARS: usize = 1000;
/// Announcements a page shows at most, the most urgent first: more would hide what the page is for.
pub const SHOWN_AT_ONCE: usize = 2;
/// The longest an announcement is shown: what is said for longer is a page.
pub const SHOWN_AT_MOST: TimeDelta = TimeDelta::days(366);

code! {
    /// How urgent an announcement is, the most urgent first.
    AnnouncementLevel {
        Warning = "warning", "Urgente";
        Info = "info", "Information";
    }
}

code! {
    /// Where an announcement stands.
    AnnouncementState {
        Running = "running", "En cours";
        Coming = "coming", "À venir";
        Past = "past", "Passée";
        Withdrawn = "withdrawn", "Retirée";
    }
}

/// From an instant until another, which is not of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub until: DateTime<Utc>,
}

impl Span {
    /// Whether it holds this instant.
    pub fn contains(self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }
}

/// What an announcement says, to whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its title.
    pub title: Message<TITLE_MAX_CHARS>,
    /// Its text, in paragraphs parted by line ends.
    pub body: Message<BODY_MAX_CHARS>,
    /// How urgent it is.
    pub level: AnnouncementLevel,
    /// For whom it is.
    pub audience: Audience,
    /// While pages show it.
    pub shown: Span,
    /// The interruption of the service that it announces.
    pub outage: Option<Span>,
}

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its id.
    pub id: AnnouncementId,
    /// What readers hide: another one whenever its words change, so that they read the new ones.
    pub edition: AnnouncementEditionId,
    /// What it says.
    pub notice: Notice,
    /// Who published it.
    pub author: UserId,
    /// When.
    pub published_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// A reader hides an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dismissal {
    /// Who.
    pub user: UserId,
    /// What they read.
    pub edition: AnnouncementEditionId,
}

/// Why an announcement is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnnouncementRefused {
    /// It would end before it begins.
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// It would be over before anybody reads it.
    #[error("it ends in the past")]
    EndsInThePast,
    /// It would be shown for too long.
    #[error("it is shown for too long")]
    TooLong,
    /// The interruption would end before it begins.
    #[error("the interruption ends before it begins")]
    OutageEndsBeforeItBegins,
    /// The interruption is not wholly within what is shown: nobody would read of it.
    #[error("the interruption is not within what is shown")]
    OutageNotShown,
    /// It is shown no more.
    #[error("the announcement is over")]
    Over(AnnouncementState),
    /// Somebody changed it since the page was read (D32).
    #[error("changed since the page was read")]
    Overtaken,
}

impl Notice {
    /// Whether its dates hold together.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), AnnouncementRefused> {
        use AnnouncementRefused as No;
        let Span { from, until } = self.shown;
        if until <= from {
            return Err(No::EndsBeforeItBegins);
        }
        if until <= now {
            return Err(No::EndsInThePast);
        }
        if until - from > SHOWN_AT_MOST {
            return Err(No::TooLong);
        }
        match self.outage {
            Some(outage) if outage.until <= outage.from => Err(No::OutageEndsBeforeItBegins),
            Some(outage) if outage.from < from || until < outage.until => Err(No::OutageNotShown),
            Some(_) | None => Ok(()),
        }
    }

    /// What another says differently.
    fn differs_in(&self, other: &Self) -> Vec<AnnouncementPart> {
        [
            (self.title != other.title, AnnouncementPart::Title),
            (self.body != other.body, AnnouncementPart::Body),
            (self.level != other.level, AnnouncementPart::Level),
            (self.audience != other.audience, AnnouncementPart::Audience),
            (self.shown != other.shown, AnnouncementPart::Shown),
            (self.outage != other.outage, AnnouncementPart::Outage),
        ]
        .into_iter()
        .filter_map(|(differs, part)| differs.then_some(part))
        .collect()
    }
}

/// Publishes an announcement under an id its form was made with: sent twice, it is published once.
pub fn publish(
    id: AnnouncementId,
    notice: Notice,
    author: UserId,
    now: DateTime<Utc>,
) -> Result<Changed<Announcement>, AnnouncementRefused> {
    notice.check(now)?;
    let change = AnnouncementChange::Published { level: notice.level };
    let edition = AnnouncementEditionId::at(now);
    let (published_at, changed_at, withdrawn_at) = (now, now, None);
    let announcement = Announcement { id, edition, notice, author, published_at, changed_at, withdrawn_at };
    let event = announcement.event(change);
    Ok(Changed::new(announcement, event))
}

impl Announcement {
    /// Where it stands.
    pub fn state(&self, now: DateTime<Utc>) -> AnnouncementState {
        let Span { from, until } = self.notice.shown;
        if self.withdrawn_at.is_some() {
            AnnouncementState::Withdrawn
        } else if until <= now {
            AnnouncementState::Past
        } else if now < from {
            AnnouncementState::Coming
        } else {
            AnnouncementState::Running
        }
    }

    /// Whether it may still be changed or withdrawn.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.ensure_lasts(now).is_err()
    }

    fn ensure_lasts(&self, now: DateTime<Utc>) -> Result<(), AnnouncementRefused> {
        match self.state(now) {
            AnnouncementState::Running | AnnouncementState::Coming => Ok(()),
            over @ (AnnouncementState::Past | AnnouncementState::Withdrawn) => {
                Err(AnnouncementRefused::Over(over))
            }
        }
    }

    /// What its form, sent again, did: this very announcement, or nothing, since it says something else.
    pub fn published_as(&self, notice: &Notice) -> Result<(), AnnouncementRefused> {
        if self.notice == *notice { Ok(()) } else { Err(AnnouncementRefused::Overtaken) }
    }

    /// Changes what it says. Nothing happens when nothing differs; other words are shown again to whoever hid the former ones.
    pub fn change(
        self,
        notice: Notice,
        now: DateTime<Utc>,
    ) -> Result<Option<Changed<Self>>, AnnouncementRefused> {
        self.ensure_lasts(now)?;
        notice.check(now)?;
        let changes = self.notice.differs_in(&notice);
        if changes.is_empty() {
            return Ok(None);
        }
        let has_other_words = changes.iter().any(|part| part.is_read());
        let edition = if has_other_words { AnnouncementEditionId::at(now) } else { self.edition };
        let event = self.event(AnnouncementChange::Changed { changes });
        Ok(Some(Changed::new(Self { edition, notice, changed_at: now, ..self }, event)))
    }

    /// Shows it to nobody any more.
    pub fn withdraw(self, now: DateTime<Utc>) -> Result<Changed<Self>, AnnouncementRefused> {
        self.ensure_lasts(now)?;
        let event = self.event(AnnouncementChange::Withdrawn);
        Ok(Changed::new(Self { changed_at: now, withdrawn_at: Some(now), ..self }, event))
    }

    /// Hides it from somebody who read this edition; nothing happens when they hid it already, or when it says something else
    /// since.
    pub fn dismiss(
        &self,
        user: UserId,
        edition: AnnouncementEditionId,
        dismissed: &[AnnouncementEditionId],
    ) -> Option<Changed<Dismissal>> {
        let is_news = edition == self.edition && !dismissed.contains(&edition);
        is_news.then(|| Changed::new(Dismissal { user, edition }, self.event(AnnouncementChange::Dismissed)))
    }

    /// Whether a page shows it to this reader, but for what it shows before.
    pub fn is_for(
        &self,
        reader: &Reader<'_>,
        dismissed: &[AnnouncementEditionId],
        now: DateTime<Utc>,
    ) -> bool {
        self.state(now) == AnnouncementState::Running
            && self.notice.audience.includes(reader)
            && !dismissed.contains(&self.edition)
    }

    const fn event(&self, change: AnnouncementChange) -> AnnouncementEvent {
        AnnouncementEvent { announcement: self.id, change }
    }
}

/// The order of a page: the most urgent first, then the last to begin.
pub fn by_urgency(one: &Announcement, other: &Announcement) -> std::cmp::Ordering {
    let rank = |of: &Announcement| (of.notice.level, std::cmp::Reverse((of.notice.shown.from, of.id)));
    rank(one).cmp(&rank(other))
}
