//! An announcement, as its readers see it.

use chrono::{DateTime, Timelike as _, Utc};
use iae_domain::announcements::{Announcement, AnnouncementLevel, Span};
use iae_domain::ids::{AnnouncementEditionId, AnnouncementId};
use iae_domain::time::{paris_date, paris_time};

use crate::french::{date, date_time, spaced};

/// An announcement on a page.
#[derive(Debug, Clone)]
pub struct Banner {
    /// The announcement.
    pub id: AnnouncementId,
    /// What its reader hides.
    pub edition: AnnouncementEditionId,
    /// Its title.
    pub title: String,
    /// « Interruption prévue le 6 mai 2026, de 20 h 00 à 22 h 00. »
    pub outage: Option<String>,
    /// Its text.
    pub paragraphs: Vec<String>,
    level: AnnouncementLevel,
}

impl Banner {
    /// The announcement, as it is seen at this time.
    pub fn of(announcement: &Announcement, now: DateTime<Utc>) -> Self {
        let notice = &announcement.notice;
        let lines = notice.body.as_str().lines().map(str::trim);
        Self {
            id: announcement.id,
            edition: announcement.edition,
            title: spaced(notice.title.as_str()),
            outage: notice.outage.and_then(|outage| interruption(outage, now)),
            paragraphs: lines.filter(|line| !line.is_empty()).map(spaced).collect(),
            level: notice.level,
        }
    }

    /// Whether it is said at once to who listens to the page.
    pub const fn is_urgent(&self) -> bool {
        matches!(self.level, AnnouncementLevel::Warning)
    }

    /// The tone of its box.
    pub const fn tone(&self) -> &'static str {
        match self.level {
            AnnouncementLevel::Warning => "warning",
            AnnouncementLevel::Info => "info",
        }
    }
}

/// What is said of an interruption before and while it lasts; nothing once it is over.
fn interruption(outage: Span, now: DateTime<Utc>) -> Option<String> {
    let Span { from, until } = outage;
    if until <= now {
        return None;
    }
    Some(if from <= now {
        format!("Interruption en cours, jusqu’au {}.", date_time(until))
    } else if paris_date(from) == paris_date(until) {
        format!("Interruption prévue le {}, de {} à {}.", date(paris_date(from)), hour(from), hour(until))
    } else {
        format!("Interruption prévue du {} au {}.", date_time(from), date_time(until))
    })
}

/// « 20 h 05 », on the clock of Paris.
fn hour(at: DateTime<Utc>) -> String {
    let at = paris_time(at);
    format!("{}\u{a0}h\u{a0}{:02}", at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interruption_is_told_before_and_while_it_lasts() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let evening = Span { from: at("2026-05-06T18:00:00Z"), until: at("2026-05-06T20:30:00Z") };
        let night = Span { until: at("2026-05-07T04:00:00Z"), ..evening };
        let said = |span, now| interruption(span, at(now)).map(|said| said.replace('\u{a0}', " "));
        assert_eq!(
            said(evening, "2026-05-04T09:00:00Z").unwrap(),
            "Interruption prévue le 6 mai 2026, de 20 h 00 à 22 h 30."
        );
        assert_eq!(
            said(night, "2026-05-04T09:00:00Z").unwrap(),
            "Interruption prévue du 6 mai 2026 à 20 h 00 au 7 mai 2026 à 6 h 00."
        );
        assert_eq!(
            said(evening, "2026-05-06T18:00:00Z").unwrap(),
            "Interruption en cours, jusqu’au 6 mai 2026 à 22 h 30."
        );
        assert_eq!(said(evening, "2026-05-06T20:30:00Z"), None);
    }
}
