//! A figure that leads to the list it counts: both come from one query string, so that they always agree.

use iae_app::App;
use iae_app::list::{self, Facets, Total};

use super::{Shown, messages};
use crate::error::PageResult;
use crate::french;

/// How many rows a list has, and where to read them.
#[derive(Debug, Clone)]
pub struct Figure {
    total: Total,
    /// The list opened on them.
    pub href: String,
}

impl Figure {
    /// « 41 », « Plus de 1 000 ».
    pub fn says(&self) -> String {
        messages::figure(self.total)
    }

    /// What is counted, in the right number.
    pub fn agree<'a>(&self, one: &'a str, many: &'a str) -> &'a str {
        french::agree(self.total.at_least(), one, many)
    }

    /// « 41 candidatures », « Plus de 1 000 candidatures ».
    pub fn of(&self, one: &str, many: &str) -> String {
        messages::total(self.total, one, many)
    }

    /// Whether there is none.
    pub const fn is_zero(&self) -> bool {
        self.total.at_least() == 0
    }

    /// Whether there are more than so many.
    pub fn exceeds(&self, shown: usize) -> bool {
        i64::try_from(shown).is_ok_and(|shown| self.total.at_least() > shown)
    }
}

/// The figures of a list for these query strings, those that `facets` counted already and the others.
pub async fn figures<L: Shown, const N: usize>(
    app: &App,
    list: &L,
    facets: &Facets,
    queries: [&str; N],
) -> PageResult<[Figure; N]> {
    let totals = list::figures(&app.db, list, facets, &queries).await?;
    let mut totals = totals.into_iter();
    Ok(queries.map(|query| Figure {
        total: totals.next().unwrap_or(Total::Exactly(0)),
        href: format!("{}?{query}", list.path()),
    }))
}
