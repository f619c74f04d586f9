//! A file that came with a form, and was not attached: the rest of the form is shown again with why.

use iae_app::{Error, Failure};
use iae_domain::budget::Exhausted;
use iae_domain::documents::{DocumentKind, DocumentRefused};

use super::messages;
use crate::error::PageResult;
use crate::limit;

/// Why a file is not attached.
#[derive(Debug)]
pub(crate) enum NotAttached {
    /// The file is refused.
    Refused(DocumentRefused),
    /// No file is taken for now.
    NotNow(Exhausted),
}

impl NotAttached {
    /// What came of attaching a file, when it can be said beside its field.
    pub(crate) fn of<T>(attached: Result<T, Failure<DocumentRefused>>) -> PageResult<Result<T, Self>> {
        match attached {
            Ok(attached) => Ok(Ok(attached)),
            Err(Failure::Refused(refused)) => Ok(Err(Self::Refused(refused))),
            Err(Failure::App(Error::Exhausted(exhausted))) => Ok(Err(Self::NotNow(exhausted))),
            Err(Failure::App(error)) => Err(error.into()),
        }
    }

    /// The same in words, beside the field of the file.
    pub(crate) fn said(&self, kind: DocumentKind) -> String {
        match self {
            Self::Refused(refused) => messages::refused(kind, *refused),
            Self::NotNow(exhausted) => limit::said(exhausted),
        }
    }
}
