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
    /// Its days; those of a prolongation follow the end of the PASS as it is now.
    pub period: Period,
    /// The days a prolongation was recorded for, when the end of the PASS has moved since (rule book 03 §6.8).
    pub recorded: Option<Period>,
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

    /// Which way the end of a PASS went since a prolongation was recorded for other days than it has now: « a reculé », « a
    /// avancé ». A suspension, its removal or a correction may have moved it: no cause is named.
    pub fn end_moved(recorded: Period, now: Period) -> &'static str {
        if (now.start, now.end) > (recorded.start, recorded.end) { "a reculé" } else { "a avancé" }
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
            ChapterKind::Prolonged => format!(
                "Il a été prolongé de {}\u{a0}: la fin passe au {last_day}.{}",
                french::days(moved),
                self.recorded.map(|recorded| moved_since(recorded, self.period)).unwrap_or_default()
            ),
            ChapterKind::Closed => format!("Il a été clôturé le {last_day}, avant la fin prévue."),
        }
    }
}

/// Why a prolongation is not where it was recorded.
fn moved_since(recorded: Period, now: Period) -> String {
    format!(
        " Enregistrée {}, cette prolongation va désormais {}\u{a0}: la fin du PASS IAE {} depuis.",
        french::period(recorded.start, recorded.end),
        french::period(now.start, now.end),
        Chapter::end_moved(recorded, now)
    )
}

impl Parcours {
    /// All that made its end, in the order of the days: the end of the last is that of the PASS. A suspension that starts before
    /// the end moves it, a prolongation starts from where it is then. A suspension may start on the last day (rule book 03 §5.4):
    /// it comes first when the prolongation was recorded from a later end, the one it made.
    pub fn chapters(&self) -> Vec<Chapter> {
        let issued = self.issued_period();
        let recorded = None;
        let mut chapters =
            vec![Chapter { kind: ChapterKind::Issued, period: issued, recorded, end: issued.end }];
        let mut suspensions = self.suspensions().iter().copied().peekable();
        let mut prolongations = self.prolongations().iter().copied().peekable();
        let mut end = issued.end;
        while let Some(chapter) = suspensions
            .next_if(|suspension| {
                let is_prolonged_later = prolongations.peek().is_none_or(|next| next.start > end);
                suspension.start < end || (suspension.start == end && is_prolonged_later)
            })
            .map(|suspension| suspended(suspension, end))
            .or_else(|| prolongations.next().map(|recorded| prolonged(recorded, end)))
            .or_else(|| suspensions.next().map(|suspension| suspended(suspension, end)))
        {
            end = chapter.end;
            chapters.push(chapter);
        }
        if let Some(on) = self.closed_on() {
            let period = Period { start: on, end: on };
            chapters.push(Chapter { kind: ChapterKind::Closed, period, recorded, end: on });
        }
        chapters
    }

    /// Its prolongations where they are: the days each was recorded for, and those it has, which go no further than the PASS.
    pub fn placed_prolongations(&self) -> Vec<(Period, Period)> {
        let last = self.end();
        let placed = |chapter: Chapter| {
            let Period { start, end } = chapter.period;
            let period = Period { start: start.min(last), end: end.min(last) };
            (chapter.kind == ChapterKind::Prolonged).then(|| (chapter.recorded.unwrap_or(period), period))
        };
        self.chapters().into_iter().filter_map(placed).collect()
    }
}

fn suspended(period: Period, end: NaiveDate) -> Chapter {
    Chapter { kind: ChapterKind::Suspended, period, recorded: None, end: add_days(end, pushes_back(period)) }
}

fn prolonged(recorded: Period, end: NaiveDate) -> Chapter {
    let period = Period { start: end, end: add_days(end, pushes_back(recorded)) };
    let recorded = (recorded != period).then_some(recorded);
    Chapter { kind: ChapterKind::Prolonged, period, recorded, end: period.end }
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

    /// Rule book 03 §6.8: granted after a suspension was recorded, a prolongation has other days than those asked.
    #[test]
    fn a_prolongation_follows_the_end_that_a_suspension_moved() {
        let asked = period("2027-12-31", "2028-03-30");
        let parcours = Parcours::starting(day("2026-01-01"))
            .with_suspension(period("2027-10-01", "2027-10-31"))
            .with_suspension(period("2028-01-10", "2028-01-20"))
            .with_prolongation(asked)
            .with_suspension(period("2028-03-01", "2028-03-05"));
        let placed = period("2028-02-09", "2028-05-09");
        assert_eq!(parcours.placed_prolongations(), [(asked, placed)]);
        let chapters = parcours.chapters();
        let said = chapters.iter().find(|one| one.kind == ChapterKind::Prolonged).unwrap().said();
        assert_eq!(
            said.replace('\u{a0}', " "),
            "Il a été prolongé de 90 jours : la fin passe au 9 mai 2028. Enregistrée du 31 décembre 2027 au 30 mars 2028, cette \
             prolongation va désormais du 9 février au 9 mai 2028 : la fin du PASS IAE a reculé depuis."
        );
        assert_eq!(chapters.last().unwrap().end, day("2028-05-13"), "then the suspension inside it");
        let unmoved = Parcours::starting(day("2026-01-01")).with_prolongation(asked);
        assert_eq!(unmoved.placed_prolongations(), [(asked, asked)]);
    }

    /// Rule book 03 §5.4: a suspension may start on the last day, before or after the PASS is prolonged.
    #[test]
    fn a_suspension_of_the_last_day_stands_on_the_side_where_it_was_recorded() {
        use ChapterKind::{Issued, Prolonged, Suspended};
        for (suspension, prolongation, expected) in [
            (("2027-12-31", "2028-01-31"), ("2028-01-31", "2028-06-30"), [Issued, Suspended, Prolonged]),
            (("2027-12-31", "2028-01-31"), ("2027-12-31", "2028-06-30"), [Issued, Prolonged, Suspended]),
            (("2027-12-31", "2027-12-31"), ("2027-12-31", "2028-06-30"), [Issued, Prolonged, Suspended]),
            (("2027-12-30", "2028-01-31"), ("2028-02-01", "2028-06-30"), [Issued, Suspended, Prolonged]),
        ] {
            let prolongation = period(prolongation.0, prolongation.1);
            let parcours = Parcours::starting(day("2026-01-01"))
                .with_suspension(period(suspension.0, suspension.1))
                .with_prolongation(prolongation);
            let chapters = parcours.chapters();
            assert_eq!(chapters.iter().map(|one| one.kind).collect::<Vec<_>>(), expected, "{suspension:?}");
            assert_eq!(parcours.placed_prolongations(), [(prolongation, prolongation)], "{suspension:?}");
        }
    }

    /// What moved the end is not known here, and may have brought it closer: a suspension removed, a correction.
    #[test]
    fn a_prolongation_whose_suspension_is_removed_comes_earlier() {
        let parcours = Parcours::starting(day("2026-01-01"))
            .with_suspension(period("2027-10-01", "2027-10-31"))
            .with_prolongation(period("2028-01-30", "2028-03-30"))
            .without_suspension(day("2027-10-01"));
        let said = parcours.chapters().last().unwrap().said();
        assert_eq!(
            said.replace('\u{a0}', " "),
            "Il a été prolongé de 60 jours : la fin passe au 29 février 2028. Enregistrée du 30 janvier au 30 mars 2028, cette \
             prolongation va désormais du 31 décembre 2027 au 29 février 2028 : la fin du PASS IAE a avancé depuis."
        );
    }

    /// A parcours whose acts come in the order of its days, suspended on its last day more often than chance would have it.
    fn in_order() -> impl Strategy<Value = Parcours> {
        let act = (prop::bool::ANY, prop::option::of(0_u64..400), 1_u64..400);
        prop::collection::vec(act, 0..8).prop_map(|acts| {
            let mut parcours = Parcours::starting(day("2026-01-01"));
            let mut free = parcours.start();
            for (is_suspension, gap, length) in acts {
                let end = parcours.end();
                if is_suspension {
                    let start = gap.map_or(end, |gap| add_days(free, gap));
                    if free <= start && start <= end {
                        free = add_days(start, length);
                        parcours =
                            parcours.with_suspension(Period { start, end: add_days(start, length - 1) });
                    }
                } else {
                    free = free.max(end);
                    parcours = parcours.with_prolongation(Period { start: end, end: add_days(end, length) });
                }
            }
            parcours
        })
    }

    proptest! {
        #[test]
        fn nothing_is_moved_by_what_came_before_it(parcours in in_order()) {
            for chapter in parcours.chapters() {
                prop_assert_eq!(chapter.recorded, None, "{:?}", chapter);
            }
        }

        #[test]
        fn prolongations_follow_each_other_inside_the_pass(parcours in any_parcours()) {
            let placed = parcours.placed_prolongations();
            prop_assert_eq!(placed.len(), parcours.prolongations().len());
            for pair in placed.windows(2) {
                prop_assert!(pair[0].1.end <= pair[1].1.start);
            }
            for (recorded, placed) in placed {
                prop_assert_eq!(pushes_back(recorded), pushes_back(placed));
                prop_assert!(placed.end <= parcours.end());
            }
        }

        #[test]
        fn the_last_chapter_ends_as_the_pass_does(parcours in any_parcours(), after in 1_u64..900) {
            prop_assert_eq!(parcours.chapters().last().unwrap().end, parcours.end());
            let closed = parcours.clone().closed(add_days(parcours.start(), after));
            prop_assert_eq!(closed.chapters().last().unwrap().end, closed.end());
        }
    }
}
