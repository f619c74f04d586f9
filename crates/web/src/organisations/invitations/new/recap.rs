//! What will be sent, to be read once before it is.

use askama::Template;
use chrono::{DateTime, Utc};
use iae_app::organisations::invitations::queries::OpenInvitation;
use iae_domain::organisations::invitations::Invited;
use iae_domain::text::full_name;

use super::form::NewInvitationsForm;
use crate::filters;
use crate::french::plural;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "organisations/invitations/recap.html")]
pub(super) struct RecapPage {
    pub(super) layout: Layout,
    pub(super) people: Vec<Invited>,
    /// Invitations of the organisation that nobody accepted, the latest first.
    pub(super) waiting: Vec<OpenInvitation>,
    pub(super) now: DateTime<Utc>,
    pub(super) form: NewInvitationsForm,
}

impl RecapPage {
    /// What they would join.
    fn organisation(&self) -> &str {
        self.layout.user.as_ref().and_then(|user| user.organisation.as_deref()).unwrap_or_default()
    }

    /// « Envoyer 3 invitations ».
    fn act(&self) -> String {
        let count = i64::try_from(self.people.len()).unwrap_or(i64::MAX);
        format!("Envoyer {}", plural(count, "invitation", "invitations"))
    }

    /// Everyone: their name, their address, and the invitation that already waits for them (INV-4: another may leave).
    fn names(&self) -> Vec<(String, &str, Option<&OpenInvitation>)> {
        let name = |one: &Invited| full_name(one.first_name.as_str(), one.last_name.as_str());
        self.people.iter().map(|one| (name(one), one.email.as_str(), self.waiting_for(one))).collect()
    }

    fn waiting_for(&self, person: &Invited) -> Option<&OpenInvitation> {
        let is_theirs =
            |one: &&OpenInvitation| one.email == person.email.as_str() && one.expires_at > self.now;
        self.waiting.iter().find(is_theirs)
    }
}
