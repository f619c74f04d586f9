//! What each share would draw, in words: an estimate, since the list is frozen later and the draw chooses the SIAE.

use std::ops::RangeInclusive;

use iae_domain::control::Ratio;

use crate::french::plural;

/// What a share would draw.
pub(super) struct Line {
    pub percent: u8,
    pub companies: u64,
    pub hires: String,
    /// The same in a sentence.
    pub says: String,
}

impl Line {
    /// For every share, `hires` being how many each SIAE made.
    pub(super) fn all(hires: &[u64]) -> Vec<Self> {
        Ratio::all().map(|ratio| Self::of(ratio, hires)).collect()
    }

    fn of(ratio: Ratio, hires: &[u64]) -> Self {
        let (companies, drawn) = ratio.would_draw(hires);
        let (percent, hires) = (ratio.percent(), estimated(&drawn));
        let drawn = counted(companies, "structure contrôlée", "structures contrôlées");
        let says = format!("À {percent}\u{a0}%\u{a0}: {drawn}, et {hires}.");
        Self { percent, companies, hires, says }
    }
}

/// « 12 structures et 270 auto-prescriptions ».
pub(super) fn all(hires: &[u64]) -> String {
    let companies = counted(hires.len() as u64, "structure", "structures");
    let hires = counted(hires.iter().sum(), "auto-prescription", "auto-prescriptions");
    format!("{companies} et {hires}")
}

fn counted(count: u64, one: &str, many: &str) -> String {
    plural(i64::try_from(count).unwrap_or(i64::MAX), one, many)
}

/// « 20 embauches », « de 4 à 40 embauches ».
fn estimated(hires: &RangeInclusive<u64>) -> String {
    let most = counted(*hires.end(), "embauche", "embauches");
    if hires.start() == hires.end() { most } else { format!("de {} à {most}", hires.start()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_share_would_draw_is_told_from_the_least_to_the_most() {
        let lines = Line::all(&[270, 2, 50, 100, 10]);
        let says = |percent: usize| lines[percent - 20].says.replace('\u{a0}', " ");
        assert_eq!(says(20), "À 20 % : 1 structure contrôlée, et de 2 à 20 embauches.");
        assert_eq!(says(30), "À 30 % : 2 structures contrôlées, et de 4 à 40 embauches.");
        assert_eq!(
            Line::all(&[270])[0].says.replace('\u{a0}', " "),
            "À 20 % : 1 structure contrôlée, et 20 embauches."
        );
        assert_eq!(all(&[2, 2]).replace('\u{a0}', " "), "2 structures et 4 auto-prescriptions");
    }
}
