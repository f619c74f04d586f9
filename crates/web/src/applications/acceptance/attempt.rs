//! What a posted acceptance comes to.

use iae_app::Failure;
use iae_app::applications::{Hire, Preview, accept, preview};
use iae_domain::applications::PassResult;
use iae_domain::eligibility::Withdrawn;

use super::super::received::ReceivedApplication;
use super::form::Known;
use super::person::Given;
use super::{AcceptancePage, messages};
use crate::state::WebState;
use crate::transition::NotDone;

/// What a posted form came to.
pub(super) enum Attempt {
    /// The person is hired.
    Hired(PassResult),
    /// What the hire would do.
    Recap(Box<(Preview, Hire, Given)>),
    /// The hire would rest on the company's own word, and it may not prescribe to itself (rule book 04 §1.16).
    Withdrawn(Withdrawn),
}

impl AcceptancePage {
    /// Hires when the recap is confirmed; else says what the hire would do.
    pub(super) async fn attempt(
        &self,
        state: &WebState,
        received: &ReceivedApplication,
        confirmed: bool,
    ) -> Result<Attempt, NotDone> {
        let (ctx, id, seen) = (&received.ctx, received.id, received.seen.state);
        let (hire, given) = self.read()?;
        let attempted = if confirmed {
            accept(state, ctx, id, seen, hire).await.map(Attempt::Hired)
        } else {
            let previewed = preview(state, ctx, id, seen, hire.clone()).await;
            previewed.map(|preview| Attempt::Recap(Box::new((preview, hire, given))))
        };
        attempted.or_else(|failure| match failure {
            Failure::Refused(refused) => messages::refused(refused, id, self.asked),
            Failure::App(error) => Err(error.into()),
        })
    }

    /// What the form means, or its mistakes.
    fn read(&self) -> Result<(Hire, Given), NotDone> {
        let known = Known {
            asked: self.asked,
            posts: &self.posts,
            colleagues: &self.colleagues,
            found: &self.found,
            user: self.user,
            kind: self.application.company.kind,
            eligibility: &self.eligibility,
            birth_date: self.application.person.contact.as_ref().and_then(|contact| contact.birth_date),
            today: self.today,
        };
        Ok(self.form.parse(&known)?)
    }
}
