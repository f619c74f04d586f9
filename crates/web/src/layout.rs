//! What surrounds every page: who is signed in, where they can go, what just happened.
//!
//! Plain data. The session fills it once a request; every page struct carries it as its `layout` field.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::announcements::Banner;
use crate::impersonation::banner::SeenAs;

/// The frame of a page, read by `templates/base.html` and `templates/layouts/`.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The path of the request.
    pub path: String,
    /// Where a switch of organisation comes back to: the path, and what of its query means the same for another.
    pub return_to: String,
    /// The page shows a form with what was typed before the session ended (`kept_form`).
    pub gives_back: bool,
    /// The person signed in, if any.
    pub user: Option<HeaderUser>,
    /// Every organisation the person may act for, the current one included.
    pub organisations: Vec<OrganisationChoice>,
    /// What the one they act for is called to its members: « structure », « organisation »; empty for who acts for none.
    pub own: &'static str,
    /// The main navigation.
    pub nav: Vec<NavItem>,
    /// What the previous action led to.
    pub flash: Option<Flash>,
    /// Somebody of the team sees the page as the person.
    pub impersonation: Option<SeenAs>,
    /// Says on every page that the data is invented.
    pub demo: bool,
    /// Whoever reads never applies, nor for anyone: the State, the team. No page offers it to them.
    pub never_applies: bool,
    /// The announcements of the team that the page shows, the most urgent first.
    pub announcements: Vec<Banner>,
    /// The reader may hide them: they have an account, and the page is read again where they come back to.
    pub may_dismiss: bool,
    /// A candidate reads: the text is larger.
    pub is_candidate: bool,
    /// Of a company whose convention was deactivated: until when its members keep their access.
    pub grace: Option<Grace>,
    /// Where to write to the platform's team; empty on the pages of the gallery.
    pub support_email: String,
    /// Which page of a list it is, from the second: its title says so (RGAA 8.6).
    pub page: Option<u32>,
}

impl Layout {
    /// The frame of a page seen by a visitor.
    pub fn anonymous(path: impl Into<String>) -> Self {
        let path = path.into();
        Self { return_to: path.clone(), path, ..Self::default() }
    }

    /// The organisation every form of the page is made for (D5), as the field `acting_for` carries it.
    pub fn acting_for(&self) -> Option<&str> {
        self.organisations
            .iter()
            .find(|organisation| organisation.current)
            .map(|current| current.key.as_str())
    }

    /// What the organisation of the reader is called: « structure », « organisation », « institution ».
    pub fn own_word(&self) -> &'static str {
        if self.own.is_empty() { "structure" } else { self.own }
    }

    /// Whether the team reads.
    pub fn is_staff(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.is_staff)
    }

    /// The organisations other than the current one: what the switcher offers.
    pub fn other_organisations(&self) -> impl Iterator<Item = &OrganisationChoice> {
        self.organisations.iter().filter(|organisation| !organisation.current)
    }
}

/// The person signed in, as the header shows them.
#[derive(Debug, Clone)]
pub struct HeaderUser {
    /// First and last name.
    pub name: String,
    /// What they are here, in words: « Prescriptrice habilitée », « Employeur solidaire ».
    pub role_label: String,
    /// The organisation they act for.
    pub organisation: Option<String>,
    /// Whether the pages of the staff are theirs.
    pub is_staff: bool,
}

/// The month that members of a company keep once its convention is deactivated (rule book 01 §3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grace {
    /// Its last day.
    pub until: NaiveDate,
    /// Whether the reader administers the company: its annexes are theirs to look at.
    pub is_administrator: bool,
}

impl Grace {
    /// Its last day, in words.
    pub fn last_day(&self) -> String {
        crate::french::date(self.until)
    }
}

/// One organisation a person may act for.
#[derive(Debug, Clone)]
pub struct OrganisationChoice {
    /// The value posted to switch to it.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is, in words: « Atelier et chantier d’insertion ».
    pub kind_label: String,
    /// Whether the person acts for it now.
    pub current: bool,
}

/// One entry of the main navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// The words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether the page shown is there.
    pub current: bool,
    /// How many things wait there.
    pub count: Option<i64>,
}

/// A message about the action just done, shown once on the next page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Flash {
    /// Its tone.
    pub level: FlashLevel,
    /// One line: what happened.
    pub title: String,
    /// What follows from it; may be empty.
    pub message: String,
}

/// The tone of a message, hence its icon and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FlashLevel {
    /// It is done.
    Success,
    /// Worth knowing.
    Info,
    /// Done, with something to watch.
    Warning,
    /// Not done.
    Error,
}

impl FlashLevel {
    /// The suffix of the style classes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
