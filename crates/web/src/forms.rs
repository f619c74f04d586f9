//! Forms: read, checked against the organisation they were made for, and their mistakes beside their fields.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use chrono::NaiveDate;
use iae_domain::ids::OrganisationId;
use iae_domain::text::{MESSAGE_MAX_CHARS, Message, MessageRefused, typed};
use iae_domain::time::typed_date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::error::PageError;
use crate::extract::{acts_for_organisations, visitor};
use crate::french::spaced;
use crate::state::WebState;

/// A posted form. Names may come several times; missing ones take their default.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// The hidden field that says for which organisation the form was made (D5): macro `form::acting_for`.
#[derive(Deserialize)]
struct Made {
    acting_for: Option<OrganisationId>,
}

impl<T: DeserializeOwned> FromRequest<WebState> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        parse(&read_checked(request, state).await?).map(Self)
    }
}

/// The body of a form made for the current organisation.
pub(crate) async fn read_checked(request: Request, state: &WebState) -> Result<Bytes, PageError> {
    let (parts, body) = request.into_parts();
    let visitor = visitor(&parts)?.clone();
    let bytes = read(Request::from_parts(parts, body), state).await?;
    let made: Made = parse(&bytes)?;
    check_organisation(&visitor, made.acting_for)?;
    Ok(bytes)
}

/// The fields of a form that a type asks for.
pub fn parse<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, PageError> {
    serde_html_form::from_bytes(bytes).map_err(|_| PageError::Malformed)
}

/// A posted form that is made for no organisation: choosing one.
#[derive(Debug)]
pub struct UncheckedForm<T>(pub T);

impl<T: DeserializeOwned> FromRequest<WebState> for UncheckedForm<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        parse(&read(request, state).await?).map(Self)
    }
}

/// The body of a form, whoever sends it.
pub(crate) async fn read(request: Request, state: &WebState) -> Result<Bytes, PageError> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !content_type.is_some_and(|value| value.starts_with("application/x-www-form-urlencoded")) {
        return Err(PageError::Malformed);
    }
    // Whoever sends slowly keeps nobody else waiting for a connection.
    state.db.rest();
    let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            PageError::TooLarge
        } else {
            PageError::Malformed
        }
    })?;
    read_encoded(bytes)
}

/// What is encoded in a form, each value as it is read everywhere.
pub fn read_encoded(bytes: Bytes) -> Result<Bytes, PageError> {
    if holds_nul(&bytes) {
        return Err(PageError::Unstorable);
    }
    Ok(as_typed(&bytes).map_or(bytes, Bytes::from))
}

/// What is encoded in an address or a form, each value as it is read everywhere ([`typed`]); none when it is so already.
pub(crate) fn as_typed(encoded: &[u8]) -> Option<String> {
    let pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(encoded).collect();
    if pairs.iter().all(|(_, value)| matches!(typed(value), Cow::Borrowed(_))) {
        return None;
    }
    let read = pairs.iter().map(|(name, value)| (name, typed(value)));
    Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(read).finish())
}

/// Whether what is encoded in an address or a form holds U+0000: Postgres refuses it in any text, and nobody types it.
pub(crate) fn holds_nul(encoded: &[u8]) -> bool {
    encoded.contains(&0) || encoded.windows(3).any(|three| three == b"%00")
}

/// Two tabs never act for the wrong organisation: a professional's form says for which one it was made (D5).
pub(crate) fn check_organisation(
    visitor: &crate::visitor::Visitor,
    made_for: Option<OrganisationId>,
) -> Result<(), PageError> {
    match &visitor.person {
        Some(person) if acts_for_organisations(person) && person.current != made_for => {
            Err(PageError::OtherOrganisation { made_for })
        }
        Some(_) | None => Ok(()),
    }
}

/// What is said of a text that is no date.
pub(crate) const NO_SUCH_DAY: &str = "Cette date n’existe pas\u{a0}: écrivez-la comme 01/03/2026.";

/// A day as the field of a date takes it, whatever way it was typed; what is no day stays as it was typed.
pub(crate) fn shown_day(text: &str) -> Cow<'_, str> {
    typed_date(text).map_or(Cow::Borrowed(text), |day| Cow::Owned(day.to_string()))
}

/// The mistakes of a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(&'static str, String)>);

impl FieldErrors {
    /// One mistake.
    pub fn one(field: &'static str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// What is wrong with the whole form, and with none of its fields.
    pub(crate) fn of_form(message: impl Into<String>) -> Self {
        Self::one("", message)
    }

    /// Adds a mistake; the first of a field is the one shown.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        if self.of(field).is_none() {
            self.0.push((field, spaced(&message.into())));
        }
    }

    /// The message typed in a field, or its mistake; `blank` asks for one.
    pub fn message(&mut self, field: &'static str, text: &str, blank: &str) -> Option<Message> {
        match Message::parse(text) {
            Ok(message) => return Some(message),
            Err(MessageRefused::Blank) => self.add(field, blank),
            Err(MessageRefused::TooLong(_)) => self.check_length(field, text, MESSAGE_MAX_CHARS),
        }
        None
    }

    /// Says that a text is too long for its field.
    pub fn check_length(&mut self, field: &'static str, text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            self.add(field, format!("Ce texte compte {length} caractères, {most} au plus."));
        }
    }

    /// The day typed in a field: none when it is blank, or, with its mistake, when it is no date.
    pub fn day(&mut self, field: &'static str, text: &str) -> Option<NaiveDate> {
        let day = typed_date(text);
        if day.is_none() && !text.trim().is_empty() {
            self.add(field, NO_SUCH_DAY);
        }
        day
    }

    /// The mistake of a field, as the field macros take it.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, message)| message.as_str())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every mistake with its field, for the summary on top of the form.
    pub fn all(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// The value, or the mistakes if there are any.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            Some(_) | None => Err(self),
        }
    }
}
