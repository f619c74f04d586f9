//! What an organisation says of itself, as its administrators publish it (CMP-25, PRE-27).

use chrono::{DateTime, Utc};

use super::{OrganisationChange, OrganisationEvent, OrganisationFamily, Website};
use crate::Changed;
use crate::directory::Position;
use crate::ids::OrganisationId;
use crate::text::{AddressLine, Email, Message, PhoneNumber, typed};

/// Longest name kept.
const LONGEST_NAME: usize = 200;

/// What an organisation is called: one line, with a letter or a digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationName(String);

/// Why a text names no organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationNameRefused {
    /// Nothing is there to be read.
    #[error("the name is blank")]
    Blank,
    /// It is longer than a sign.
    #[error("the name is too long")]
    TooLong,
}

impl OrganisationName {
    /// Reads a name; blanks in a row are one.
    pub fn parse(text: &str) -> Result<Self, OrganisationNameRefused> {
        let name = typed(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.chars().any(char::is_alphanumeric) {
            return Err(OrganisationNameRefused::Blank);
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(OrganisationNameRefused::TooLong);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where an organisation is, in a commune of the reference (D23, D24).
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// Number and street.
    pub line_1: AddressLine,
    /// Building, floor.
    pub line_2: Option<AddressLine>,
    /// Five digits.
    pub post_code: String,
    /// Name of the commune, with its CEDEX if there is one (D24).
    pub city: String,
    /// Its département: of the commune, not of the post code (D23).
    pub department: String,
    /// Where the commune is.
    pub position: Position,
}

/// What an organisation says in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Presentation {
    /// What it does.
    pub description: Option<Message>,
    /// How it accompanies people: of a company.
    pub support: Option<Message>,
}

/// What an organisation says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// What a company goes by, or what a prescriber organisation is called.
    pub name: OrganisationName,
    /// Where it is.
    pub seat: Seat,
    /// The phone that everyone reads.
    pub phone: Option<PhoneNumber>,
    /// The address that everyone reads.
    pub email: Option<Email>,
    /// Its web site.
    pub website: Option<Website>,
    /// Its own words; none for who has none to publish, an orienteur: what is kept stays.
    pub presentation: Option<Presentation>,
}

/// A profile to be written, of whom.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedProfile {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// What it says.
    pub profile: Profile,
}

/// What is published when an administrator sends a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentProfile {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// When what is known of it last changed.
    pub version: DateTime<Utc>,
}

/// Why a profile is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileRefused {
    /// Another was published since the page was read (D32).
    #[error("another profile was published meanwhile")]
    Overtaken,
}

impl CurrentProfile {
    /// Publishes another in its place, which was made from the version that was seen (D32).
    pub fn publish(
        self,
        seen: Option<DateTime<Utc>>,
        profile: Profile,
    ) -> Result<Changed<PublishedProfile>, ProfileRefused> {
        if seen != Some(self.version) {
            return Err(ProfileRefused::Overtaken);
        }
        let Self { organisation, family, .. } = self;
        let event = OrganisationEvent { organisation, change: OrganisationChange::ProfilePublished };
        Ok(Changed::new(PublishedProfile { organisation, family, profile }, event))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;

    pub(in crate::organisations) fn profile() -> Profile {
        Profile {
            name: OrganisationName::parse("Les Jardins").unwrap(),
            seat: Seat {
                line_1: AddressLine::parse("1 rue des Tanneurs").unwrap(),
                line_2: None,
                post_code: "57000".to_owned(),
                city: "Metz".to_owned(),
                department: "57".to_owned(),
                position: Position { latitude: 49.1, longitude: 6.2 },
            },
            phone: None,
            email: None,
            website: None,
            presentation: None,
        }
    }

    #[test]
    fn names_are_read_as_one_line() {
        let read = |text| OrganisationName::parse(text).map(|name| name.0);
        assert_eq!(read("  Les\u{a0} Jardins \n").as_deref(), Ok("Les Jardins"));
        assert_eq!(read(" – "), Err(OrganisationNameRefused::Blank));
        assert_eq!(read(&"a".repeat(201)), Err(OrganisationNameRefused::TooLong));
    }

    #[test]
    fn what_was_published_meanwhile_is_never_written_over() {
        let version = DateTime::UNIX_EPOCH;
        let (organisation, family) = (OrganisationId(Uuid::nil()), OrganisationFamily::Company);
        let current = CurrentProfile { organisation, family, version };
        assert!(current.publish(Some(version), profile()).is_ok());
        for seen in [None, Some(version - TimeDelta::microseconds(1))] {
            assert_eq!(current.publish(seen, profile()), Err(ProfileRefused::Overtaken), "D32");
        }
    }
}
