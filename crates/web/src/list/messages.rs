//! Mistakes in filters, and totals, in French.

use iae_app::list::{Mistake, PAGE_SIZE, Total};

use crate::forms::NO_SUCH_DAY;
use crate::french::{agree, number, plural};

/// What is wrong in a filter; it narrows nothing (LIST-5).
pub(super) const fn mistake(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::NoSuchDay => NO_SUCH_DAY,
        Mistake::EndsBeforeItStarts => {
            "La fin de la période précède son début\u{a0}: aucune des deux dates n’est appliquée."
        }
        Mistake::NotOffered => "Ce choix n’est pas proposé ici.",
        Mistake::NoSuchThing => "Cet identifiant ne désigne rien ici.",
        Mistake::NoId => {
            "Collez un identifiant entier, copié depuis la page du compte ou de la chose\u{a0}: un nom ne se cherche pas ici."
        }
    }
}

/// « 21 à 40 sur 312 », « 1 à 20 sur plus de 1 000 ».
pub(super) fn shown(page: u32, rows: usize, total: Total) -> String {
    let before = (i64::from(page) - 1) * i64::try_from(PAGE_SIZE).unwrap_or_default();
    let last = before + i64::try_from(rows).unwrap_or_default();
    let total = match total {
        Total::Exactly(count) => number(count),
        Total::MoreThan(count) => format!("plus de {}", number(count)),
    };
    format!("{} à {} sur {total}", number(before + 1), number(last))
}

/// « 41 », « Plus de 1 000 ».
pub(super) fn figure(total: Total) -> String {
    match total {
        Total::Exactly(count) => number(count),
        Total::MoreThan(count) => format!("Plus de {}", number(count)),
    }
}

/// « 41 candidatures », « Plus de 1 000 candidatures ».
pub(super) fn total(total: Total, one: &str, many: &str) -> String {
    match total {
        Total::Exactly(count) => plural(count, one, many),
        Total::MoreThan(count) => format!("Plus de {}\u{a0}{}", number(count), agree(count, one, many)),
    }
}
