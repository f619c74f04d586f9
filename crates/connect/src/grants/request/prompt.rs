//! What a relying party says about signing in again: `prompt`, `max_age` (OpenID Connect Core §3.1.2.1).

use chrono::{DateTime, TimeDelta, Utc};

use super::{AuthorizationError, AuthorizationRequest};
use crate::params::Params;
use crate::sessions::Session;

/// What the relying party says about signing in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prompt {
    interaction: Interaction,
    max_age: Option<TimeDelta>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interaction {
    AsNeeded,
    Forbidden,
    Required,
    Creation,
}

/// What a valid request leads to.
#[derive(Debug)]
pub(crate) enum Next<'a> {
    /// Give a code for this session, without a word (IDP-5: even if the hint names someone else).
    GiveCode(&'a Session),
    /// Ask for the second factor in this session.
    AskSecondFactor(&'a Session),
    /// Show the login page.
    AskLogin,
    /// Show the page where accounts are opened.
    AskRegistration,
    /// The relying party forbade asking.
    Refuse(AuthorizationError),
}

impl Prompt {
    /// Reads it.
    pub(super) fn parse(params: &Params) -> Result<Self, AuthorizationError> {
        use AuthorizationError::InvalidRequest;
        let mut interaction = Interaction::AsNeeded;
        let values: Vec<&str> = params.get("prompt").unwrap_or_default().split_whitespace().collect();
        for value in &values {
            interaction = match *value {
                "none" if values.len() > 1 => return Err(InvalidRequest("prompt=none excludes any other")),
                "none" => Interaction::Forbidden,
                "create" if values.len() > 1 => {
                    return Err(InvalidRequest("prompt=create excludes any other"));
                }
                "create" => Interaction::Creation,
                "login" | "select_account" => Interaction::Required,
                // No consent screen: relying parties are all ours (IDP-1).
                "consent" => interaction,
                _ => return Err(InvalidRequest("prompt is unknown")),
            };
        }
        let max_age = params
            .get("max_age")
            .map(|seconds| {
                seconds.parse::<u32>().map_err(|_| InvalidRequest("max_age is not a number of seconds"))
            })
            .transpose()?
            .map(|seconds| TimeDelta::seconds(seconds.into()));
        Ok(Self { interaction, max_age })
    }

    /// Whether nothing may be asked of the person.
    pub(crate) fn forbids_asking(self) -> bool {
        self.interaction == Interaction::Forbidden
    }

    /// Decides between the open session and the pages of ours.
    pub(crate) fn decide<'s>(
        self,
        request: &AuthorizationRequest,
        session: Option<&'s Session>,
        now: DateTime<Utc>,
    ) -> Next<'s> {
        let usable = session
            .filter(|session| self.max_age.is_none_or(|max_age| now - session.authenticated_at <= max_age))
            .filter(|session| request.subject.is_none_or(|subject| subject == session.account_id));
        let is_enough = |session: &Session| !request.second_factor || session.methods.are_two();
        match (self.interaction, usable) {
            (Interaction::Creation, _) => Next::AskRegistration,
            (Interaction::AsNeeded | Interaction::Forbidden, Some(session)) if is_enough(session) => {
                Next::GiveCode(session)
            }
            (Interaction::AsNeeded, Some(session)) => Next::AskSecondFactor(session),
            (Interaction::Forbidden, Some(_)) => Next::Refuse(AuthorizationError::InteractionRequired),
            (Interaction::Forbidden, None) => Next::Refuse(AuthorizationError::LoginRequired),
            (Interaction::AsNeeded, None) | (Interaction::Required, _) => Next::AskLogin,
        }
    }
}
