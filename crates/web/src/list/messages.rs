//! Mistakes in filters, and totals, in French.

use iae_app::list::{Mistake, Total};

use crate::forms::NO_SUCH_DAY;
use crate::french::{agree, number, plural};

/// What is wrong in a filter; it narrows nothing (LIST-5).
pub(super) const fn mistake(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::NoSuchDay => NO_SUCH_DAY,
        Mistake::EndsBeforeItStarts => "La fin de la période précède son début.",
        Mistake::NotOffered => "Ce choix n'est pas proposé ici.",
        Mistake::NoSuchThing => "Cet identifiant ne désigne rien ici.",
    }
}

/// « 41 candidatures », « Plus de 1 000 candidatures ».
pub(super) fn total(total: Total, one: &str, many: &str) -> String {
    match total {
        Total::Exactly(count) => plural(count, one, many),
        Total::MoreThan(count) => format!("Plus de {}\u{a0}{}", number(count), agree(count, one, many)),
    }
}
