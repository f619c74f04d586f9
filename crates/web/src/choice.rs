//! The options of a select, of radio buttons, of check boxes.

use crate::french::spaced;

/// One option, as the field macros show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second line under the label; may be empty.
    pub hint: String,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether it cannot be chosen; the second line says why.
    pub disabled: bool,
}

impl Choice {
    /// An option that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: spaced(&label.into()), ..Self::default() }
    }

    /// The same with a second line.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = spaced(&hint.into());
        self
    }

    /// The same, which cannot be chosen, and why.
    #[must_use]
    pub fn disabled(self, why: impl Into<String>) -> Self {
        Self { disabled: true, selected: false, ..self.with_hint(why) }
    }

    /// The same, chosen or not.
    #[must_use]
    pub fn selected_if(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }
}
