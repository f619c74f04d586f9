//! Where somebody who signs in is headed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Visit;
use crate::grants::Pending;

/// Where, and through which page.
#[derive(Clone, Copy)]
pub(crate) enum Headed<'a> {
    /// Back to the relying party whose request they answer.
    Answer(&'a Pending),
    /// To where this relying party begins a sign-in of its own: its request was made in another browser, and it takes an answer in
    /// that one only (OID-4).
    Start(&'a str),
    /// To their account, through this login page if through any.
    Account(Option<&'a Visit>),
}

impl<'a> Headed<'a> {
    /// The relying party they go to.
    pub(crate) fn client_id(self) -> Option<&'a str> {
        match self {
            Self::Answer(pending) => Some(&pending.request.client_id),
            Self::Start(client_id) => Some(client_id),
            Self::Account(_) => None,
        }
    }

    /// The only address that the relying party expects (IDP-5).
    pub(crate) fn login_hint(self) -> Option<&'a str> {
        match self {
            Self::Answer(pending) => pending.request.login_hint.as_deref(),
            Self::Start(_) | Self::Account(_) => None,
        }
    }

    /// The page they come through, which serves once, and until when.
    pub(super) fn page(self) -> Option<(Uuid, DateTime<Utc>)> {
        match self {
            Self::Answer(pending) => Some((pending.id, pending.expires_at)),
            Self::Account(Some(visit)) => Some((visit.id, visit.expires_at)),
            Self::Start(_) | Self::Account(None) => None,
        }
    }
}
