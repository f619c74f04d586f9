//! What made the dates of a PASS, told one thing at a time: the page, the mails and the certificate say the same.

use chrono::NaiveDate;

use super::parcours::{Parcours, pushes_back};
use crate::french;
use crate::time::{Period, add_days};

/// What made or moved the end of a PASS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChapterKind {
    /// It was issued.
    Issued,
    /// It was suspended.
    Suspended,
    /// It was prolonged.
    Prolonged,
    /// It was closed early.
    Closed,
}

/// One thing that made or moved the end of a PASS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chapter {
    /// What it is.
    pub kind: ChapterKind,
    /// Its days.
    pub period: Period,
    /// The last day of the PASS once it is counted, those before it being counted too.
    pub end: NaiveDate,
}

impl Chapter {
    /// What it is, in a word.
    pub const fn label(self) -> &'static str {
        match self.kind {
            ChapterKind::Issued => "Délivrance",
            ChapterKind::Suspended => "Suspension",
            ChapterKind::Prolonged => "Prolongation",
            ChapterKind::Closed => "Clôture",
        }
    }

    /// What it did, in a sentence.
    pub fn said(self) -> String {
        let Period { start, end } = self.period;
        let length = french::days(self.period.days().unsigned_abs());
        let moved = pushes_back(self.period);
        let last_day = french::date(self.end);
        match self.kind {
            ChapterKind::Issued => {
                format!("Le PASS IAE a été délivré pour {length}, {}.", french::period(start, end))
            }
            ChapterKind::Suspended if moved == 0 => format!(
                "Il a été suspendu un jour, {}\u{a0}: ce jour compte dans le parcours, la fin ne bouge pas.",
                french::period(start, end)
            ),
            ChapterKind::Suspended => format!(
                "Il a été suspendu {length}, {}. Le premier jour compte dans le parcours\u{a0}: la fin recule de {}, au {last_day}.",
                french::period(start, end),
                french::days(moved)
            ),
            ChapterKind::Prolonged => {
                format!("Il a été prolongé de {}\u{a0}: la fin passe au {last_day}.", french::days(moved))
            }
            ChapterKind::Closed => format!("Il a été clôturé le {last_day}, avant la fin prévue."),
        }
    }
}

impl Parcours {
    /// All that made its end, in the order of the days: the end of the last is that of the PASS.
    pub fn chapters(&self) -> Vec<Chapter> {
        let issued = self.issued_period();
        let mut chapters = vec![Chapter { kind: ChapterKind::Issued, period: issued, end: issued.end }];
        let suspended = self.suspensions().iter().map(|period| (ChapterKind::Suspended, *period));
        let prolonged = self.prolongations().iter().map(|period| (ChapterKind::Prolonged, *period));
        let mut moves: Vec<_> = suspended.chain(prolonged).collect();
        moves.sort_by_key(|(_, period)| period.start);
        let mut end = issued.end;
        for (kind, period) in moves {
            end = add_days(end, pushes_back(period));
            chapters.push(Chapter { kind, period, end });
        }
        if let Some(on) = self.closed_on() {
            let period = Period { start: on, end: on };
            chapters.push(Chapter { kind: ChapterKind::Closed, period, end: on });
        }
        chapters
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parcours::tests::{any_parcours, day, period};
    use super::*;

    #[test]
    fn each_thing_says_what_it_did_to_the_end() {
        let parcours = Parcours::starting(day("2026-01-01"))
            .with_prolongation(period("2028-01-30", "2028-03-30"))
            .with_suspension(period("2026-06-10", "2026-06-10"))
            .with_suspension(period("2026-03-01", "2026-03-31"));
        let said: Vec<_> =
            parcours.chapters().into_iter().map(|one| one.said().replace('\u{a0}', " ")).collect();
        assert_eq!(
            said,
            [
                "Le PASS IAE a été délivré pour 730 jours, du 1er janvier 2026 au 31 décembre 2027.",
                "Il a été suspendu 31 jours, du 1er mars au 31 mars 2026. Le premier jour compte dans le parcours : la fin recule de 30 jours, au 30 janvier 2028.",
                "Il a été suspendu un jour, le 10 juin 2026 : ce jour compte dans le parcours, la fin ne bouge pas.",
                "Il a été prolongé de 60 jours : la fin passe au 30 mars 2028.",
            ]
        );
        let labels = |of: &Parcours| of.chapters().iter().map(|one| one.label()).collect::<Vec<_>>();
        assert_eq!(labels(&parcours), ["Délivrance", "Suspension", "Suspension", "Prolongation"]);
        let closed = parcours.closed(day("2027-02-01"));
        assert_eq!(labels(&closed), ["Délivrance", "Suspension", "Suspension", "Clôture"]);
        let closed = closed.chapters();
        assert!(closed.last().unwrap().said().contains("clôturé le 1er février 2027"));
    }

    proptest! {
        #[test]
        fn the_last_chapter_ends_as_the_pass_does(parcours in any_parcours(), after in 1_u64..900) {
            prop_assert_eq!(parcours.chapters().last().unwrap().end, parcours.end());
            let closed = parcours.clone().closed(add_days(parcours.start(), after));
            prop_assert_eq!(closed.chapters().last().unwrap().end, closed.end());
        }
    }
}
