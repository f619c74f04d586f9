//! What will be sent, to be read once before it is.

use askama::Template;
use iae_domain::organisations::invitations::Invited;
use iae_domain::text::full_name;

use super::form::NewInvitationsForm;
use crate::french::plural;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "organisations/invitations/recap.html")]
pub(super) struct RecapPage {
    pub(super) layout: Layout,
    pub(super) people: Vec<Invited>,
    pub(super) form: NewInvitationsForm,
}

impl RecapPage {
    /// « Envoyer 3 invitations ».
    fn act(&self) -> String {
        let count = i64::try_from(self.people.len()).unwrap_or(i64::MAX);
        format!("Envoyer {}", plural(count, "invitation", "invitations"))
    }

    fn names(&self) -> Vec<(String, &str)> {
        let name = |one: &Invited| full_name(one.first_name.as_str(), one.last_name.as_str());
        self.people.iter().map(|one| (name(one), one.email.as_str())).collect()
    }
}
