//! Why a row is rejected, in the words the operator reads.

/// Why a row is rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The line is not UTF-8 or not CSV.
    #[error("ligne illisible (encodage UTF-8 attendu)")]
    Unreadable,
    /// The line has more or fewer values than the header.
    #[error("{found} valeurs au lieu de {expected}")]
    ValueCount {
        /// Values of the header.
        expected: usize,
        /// Values of the line.
        found: usize,
    },
    /// A value that cannot be empty is.
    #[error("« {0} » est vide")]
    Missing(&'static str),
    /// A value is not of the form its column wants.
    #[error("« {column} » vaut « {value} » : {expected}")]
    Invalid {
        /// The column.
        column: &'static str,
        /// The value.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A value names something that does not exist here.
    #[error("« {column} » vaut « {value} », inconnu de la plateforme")]
    Unknown {
        /// The column.
        column: &'static str,
        /// The value.
        value: String,
    },
    /// Another line of the file already describes the same thing.
    #[error("décrit la même chose que la ligne {line}")]
    Duplicate {
        /// The first of the two.
        line: u64,
    },
    /// Two columns contradict each other.
    #[error("{0}")]
    Contradiction(&'static str),
}

impl Reason {
    /// A value of the wrong form.
    pub(crate) fn invalid(column: &'static str, value: &str, expected: &'static str) -> Self {
        // A report is read on a screen: a value that fills it helps nobody.
        Self::Invalid { column, value: value.chars().take(60).collect(), expected }
    }

    /// A value that names nothing here.
    pub(crate) fn unknown(column: &'static str, value: &str) -> Self {
        Self::Unknown { column, value: value.chars().take(60).collect() }
    }
}
