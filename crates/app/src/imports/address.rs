//! The address of an organisation.

use iae_domain::text::department_of_post_code;

use super::Reason;
use super::record::Record;
use crate::reference::queries::Borders;

/// Where an organisation is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Address {
    pub(super) line_1: Option<String>,
    pub(super) line_2: Option<String>,
    pub(super) post_code: String,
    pub(super) city: Option<String>,
    pub(super) department: String,
    pub(super) position: Option<(f64, f64)>,
}

impl Address {
    /// Reads the columns of an address. The département is the post code's, whatever the file says (ORG-3), until the
    /// commune is known.
    pub(super) fn read(record: &Record<'_>) -> Result<Self, Reason> {
        let post_code = record.required("post_code")?;
        let department = department_of_post_code(post_code)
            .ok_or_else(|| Reason::invalid("post_code", post_code, "5 chiffres attendus"))?;
        let text = |column| record.optional(column).map(ToOwned::to_owned);
        Ok(Self {
            line_1: text("address_line_1"),
            line_2: text("address_line_2"),
            post_code: post_code.to_owned(),
            city: text("city"),
            department,
            position: record.position()?,
        })
    }

    /// The same in the département of its commune, when it is known (D23).
    pub(super) fn within(self, borders: &Borders) -> Self {
        let department = borders.department(&self.post_code, self.city.as_deref().unwrap_or_default());
        Self { department: department.map_or(self.department, ToOwned::to_owned), ..self }
    }
}
