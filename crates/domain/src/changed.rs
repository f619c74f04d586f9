//! A value that changed, with the events that must be saved together with it.

use crate::Event;

/// A value and the events that say what happened to it.
///
/// Only the rules of this crate can build one, and the stores of `iae-app` accept nothing else: a change cannot
/// be written without its audit row and the mails that follow from it.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a change that is not saved is lost, and so is its audit row"]
pub struct Changed<T> {
    value: T,
    events: Vec<Event>,
}

impl<T> Changed<T> {
    pub(crate) fn new(value: T, event: impl Into<Event>) -> Self {
        Self { value, events: vec![event.into()] }
    }

    pub(crate) const fn with(value: T, events: Vec<Event>) -> Self {
        Self { value, events }
    }

    pub(crate) fn map<U>(self, into: impl FnOnce(T) -> U) -> Changed<U> {
        Changed { value: into(self.value), events: self.events }
    }

    /// The value after the change.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// The value and its events, for the store that writes both.
    pub fn into_parts(self) -> (T, Vec<Event>) {
        (self.value, self.events)
    }
}
