//! The figures of a control, and the box of the grid of sanctions they fall in (rule book 04 §1.15).

use super::state::{Defended, Review};
use crate::code::code;

/// What was expected of an SIAE, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Criteria to prove: those chosen, or those of the diagnosis where none was chosen.
    pub total: u32,
    /// Those whose proof was never submitted.
    pub expected: u32,
    /// Those whose proof was given, and not submitted.
    pub uploaded: u32,
    /// Those whose proof was refused.
    pub refused: u32,
    /// Those whose proof was submitted, whatever was decided.
    pub submitted: u32,
}

impl Figures {
    /// Of the hires of an SIAE: the criteria defended for each, and how many its diagnosis holds.
    pub fn of<'a>(hires: impl IntoIterator<Item = (&'a [Defended], u32)>) -> Self {
        let mut figures = Self::default();
        for (defended, of_diagnosis) in hires {
            if defended.is_empty() {
                figures.total += of_diagnosis;
                figures.expected += of_diagnosis;
            }
            for one in defended {
                figures.total += 1;
                match (one.submitted_at, one.review) {
                    (None, _) => {
                        figures.expected += 1;
                        figures.uploaded += u32::from(one.has_proof);
                    }
                    (Some(_), review) => {
                        // EXT 7: what the State certified is no proof that the SIAE gave.
                        figures.submitted += u32::from(!one.is_certified);
                        figures.refused +=
                            u32::from(matches!(review, Review::Refused | Review::RefusedTwice));
                    }
                }
            }
        }
        figures
    }

    /// The share of criteria that are not proved, in tenths of a percent, never rounded up to a column of the grid; 0 of nothing.
    pub const fn error_rate(self) -> u32 {
        match self.total {
            0 => 0,
            total => (self.refused + self.expected) * 1_000 / total,
        }
    }

    /// The share of the whole that `part` is, in percent, the half rounded up; 0 of nothing.
    pub const fn percent(self, part: u32) -> u32 {
        match self.total {
            0 => 0,
            total => (part * 200 + total) / (total * 2),
        }
    }
}

code! {
    /// A row of the indicative grid.
    GridRow {
        FirstInvalid = "first_invalid", "1er contrôle irrégulier, document invalide";
        FirstNothing = "first_nothing", "1er contrôle irrégulier, aucun document";
        AgainInvalid = "again_invalid", "Nouvel irrégulier sous 3 ans, document invalide";
        AgainNothing = "again_nothing", "Nouvel irrégulier sous 3 ans, aucun document";
    }
}

code! {
    /// A column of the indicative grid: the share of criteria that are not proved.
    GridColumn {
        Under40 = "under_40", "T < 40 %";
        From40 = "from_40", "40 % ≤ T < 80 %";
        From80 = "from_80", "T ≥ 80 %";
    }
}

/// The box of the grid that a negative result falls in: `was_irregular`, when another control of the SIAE was within three
/// years. The grid informs, it decides nothing.
pub const fn grid_box(figures: Figures, was_irregular: bool) -> (GridRow, GridColumn) {
    let row = match (was_irregular, figures.submitted) {
        (false, 0) => GridRow::FirstNothing,
        (false, _) => GridRow::FirstInvalid,
        (true, 0) => GridRow::AgainNothing,
        (true, _) => GridRow::AgainInvalid,
    };
    // Compared before it is rounded: 39,6 % is under 40 %.
    let wrong = (figures.refused + figures.expected) * 100;
    let column = if wrong >= figures.total * 80 {
        GridColumn::From80
    } else if wrong >= figures.total * 40 {
        GridColumn::From40
    } else {
        GridColumn::Under40
    };
    (row, column)
}

#[cfg(test)]
mod tests {
    use super::super::badge::tests::defended;
    use super::super::state::HireState;
    use super::*;

    /// §1.15, « Card Données ».
    #[test]
    fn criteria_are_counted_chosen_or_of_the_diagnosis() {
        let uploaded = defended(HireState::Uploaded, 1);
        let refused = [defended(HireState::Refused, 1), defended(HireState::Accepted, 1)].concat();
        let empty = defended(HireState::Processing, 1);
        let hires: [(&[Defended], u32); 4] = [(&[], 3), (&uploaded, 4), (&refused, 2), (&empty, 1)];
        let figures = Figures::of(hires);
        assert_eq!(figures, Figures { total: 7, expected: 5, uploaded: 1, refused: 1, submitted: 2 });
    }

    /// EXT 7: an SIAE that sent nothing sent nothing, whatever the State certified of it.
    #[test]
    fn what_is_certified_was_not_submitted() {
        let one = Defended { is_certified: true, ..defended(HireState::Accepted, 1)[0] };
        let figures = Figures::of([([one].as_slice(), 1), (&[], 3)]);
        assert_eq!(figures, Figures { total: 4, expected: 3, uploaded: 0, refused: 0, submitted: 0 });
        assert_eq!(grid_box(figures, false).0, GridRow::FirstNothing);
    }

    #[test]
    fn the_rate_that_is_said_is_in_the_column_that_is_lit() {
        let rate = |wrong, total| Figures { total, expected: wrong, ..Figures::default() }.error_rate();
        assert_eq!((rate(19, 48), rate(43, 54), rate(2, 5), rate(4, 5), rate(0, 0)), (395, 796, 400, 800, 0));
    }

    #[test]
    fn the_half_is_rounded_up() {
        let of = |total, part| Figures { total, ..Figures::default() }.percent(part);
        assert_eq!((of(8, 1), of(0, 0), of(3, 1), of(3, 2), of(7, 7), of(200, 1)), (13, 0, 33, 67, 100, 1));
    }

    /// On both sides of each threshold.
    #[test]
    fn the_box_of_the_grid() {
        use {GridColumn as C, GridRow as R};
        let figures = |refused, expected, submitted| Figures {
            total: 1_000,
            refused,
            expected,
            submitted,
            uploaded: 0,
        };
        for (figures, was_irregular, expected) in [
            (figures(399, 0, 1_000), false, (R::FirstInvalid, C::Under40)),
            (figures(200, 200, 800), false, (R::FirstInvalid, C::From40)),
            (figures(799, 0, 1_000), true, (R::AgainInvalid, C::From40)),
            (figures(0, 800, 200), true, (R::AgainInvalid, C::From80)),
            (figures(0, 1_000, 0), false, (R::FirstNothing, C::From80)),
            (figures(0, 1_000, 0), true, (R::AgainNothing, C::From80)),
        ] {
            assert_eq!(grid_box(figures, was_irregular), expected, "{figures:?}");
        }
    }
}
