//! How many SIAE and hires are drawn (rule book 04 §1.4 to §1.6).

use std::ops::RangeInclusive;

/// The share of SIAE drawn when the DDETS chose none, in percent.
pub const DEFAULT_RATIO: u8 = 30;
/// The least share, in percent.
pub const RATIO_MIN: u8 = 20;
/// The highest share, in percent.
pub const RATIO_MAX: u8 = 40;
/// The share of the hires of a drawn SIAE that are drawn, in percent.
const HIRES_PERCENT: u64 = 20;
/// The fewest hires of a drawn SIAE, and the fewest an SIAE must have made to be drawn.
pub const HIRES_MIN: u64 = 2;
/// The most.
pub const HIRES_MAX: u64 = 20;

/// The share of the SIAE of a département that are controlled, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio(u8);

/// Why a share is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RatioRefused {
    /// It is not a whole number.
    #[error("a ratio is a whole number")]
    NotWhole,
    /// It is under 20 %.
    #[error("a ratio is at least {RATIO_MIN}")]
    TooLow,
    /// It is over 40 %.
    #[error("a ratio is at most {RATIO_MAX}")]
    TooHigh,
}

impl Ratio {
    /// Reads a share as it is typed.
    pub fn parse(text: &str) -> Result<Self, RatioRefused> {
        let percent: i64 = text.trim().parse().map_err(|_| RatioRefused::NotWhole)?;
        if percent < i64::from(RATIO_MIN) {
            return Err(RatioRefused::TooLow);
        }
        match u8::try_from(percent) {
            Ok(percent) if percent <= RATIO_MAX => Ok(Self(percent)),
            _ => Err(RatioRefused::TooHigh),
        }
    }

    /// The share kept in a column, which holds no other than those that were read.
    pub fn of_column(percent: i16) -> Option<Self> {
        u8::try_from(percent).ok().filter(|percent| (RATIO_MIN..=RATIO_MAX).contains(percent)).map(Self)
    }

    /// The percentage.
    pub const fn percent(self) -> u8 {
        self.0
    }

    /// Every share a DDETS may choose, the least first.
    pub fn all() -> impl Iterator<Item = Self> {
        (RATIO_MIN..=RATIO_MAX).map(Self)
    }

    /// What it would draw of SIAE that made so many eligible hires each: how many SIAE, then how many hires, at the least and at the
    /// most, which SIAE are drawn being left to the draw.
    pub fn would_draw(self, hires_by_company: &[u64]) -> (u64, RangeInclusive<u64>) {
        let mut drawn: Vec<u64> = hires_by_company.iter().map(|hires| hires_drawn(*hires)).collect();
        drawn.sort_unstable();
        let companies = companies_drawn(drawn.len() as u64, self);
        let count = usize::try_from(companies).unwrap_or(drawn.len());
        let least = drawn.iter().take(count).sum();
        let most = drawn.iter().rev().take(count).sum();
        (companies, least..=most)
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Self(DEFAULT_RATIO)
    }
}

/// How many of `eligible` SIAE are drawn: the nearest whole number, the even one when two are as near; at least one when
/// there is one.
pub const fn companies_drawn(eligible: u64, ratio: Ratio) -> u64 {
    if eligible == 0 {
        return 0;
    }
    let hundredths = eligible * ratio.0 as u64;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let rounded = if rest > 50 || (rest == 50 && whole % 2 == 1) { whole + 1 } else { whole };
    if rounded == 0 { 1 } else { rounded }
}

/// How many of the `eligible` hires of a drawn SIAE are drawn: a fifth of them, rounded down, from 2 to 20.
pub fn hires_drawn(eligible: u64) -> u64 {
    (eligible * HIRES_PERCENT / 100).clamp(HIRES_MIN, HIRES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_a_whole_number_from_20_to_40() {
        for (typed, expected) in [
            ("20", Ok(20)),
            (" 30 ", Ok(30)),
            ("40", Ok(40)),
            ("19", Err(RatioRefused::TooLow)),
            ("-30", Err(RatioRefused::TooLow)),
            ("41", Err(RatioRefused::TooHigh)),
            ("300", Err(RatioRefused::TooHigh)),
            ("30.5", Err(RatioRefused::NotWhole)),
            ("30,5", Err(RatioRefused::NotWhole)),
            ("30 %", Err(RatioRefused::NotWhole)),
            ("", Err(RatioRefused::NotWhole)),
            ("99999999999999999999", Err(RatioRefused::NotWhole)),
        ] {
            assert_eq!(Ratio::parse(typed).map(Ratio::percent), expected, "{typed}");
        }
        assert_eq!(Ratio::default().percent(), 30, "§1.4: after four weeks");
    }

    /// Rule book 04 §1.6, point 2.
    #[test]
    fn siae_are_rounded_to_the_nearest_ties_to_even() {
        for (eligible, percent, drawn) in [
            (0, "30", 0),
            (1, "20", 1),
            (2, "20", 1),
            (3, "30", 1),
            (5, "30", 2),
            (6, "30", 2),
            (15, "30", 4),
            (25, "30", 8),
            (35, "30", 10),
            (60, "40", 24),
            (1000, "20", 200),
        ] {
            assert_eq!(
                companies_drawn(eligible, Ratio::parse(percent).unwrap()),
                drawn,
                "{eligible} at {percent} %"
            );
        }
    }

    /// The same as the rounding the rule names.
    #[test]
    fn rounding_is_that_of_ieee_754() {
        for eligible in 1..2_000_u32 {
            for percent in RATIO_MIN..=RATIO_MAX {
                let exact = (f64::from(eligible) * f64::from(percent) / 100.0).round_ties_even().max(1.0);
                let drawn = companies_drawn(u64::from(eligible), Ratio(percent));
                assert!(
                    (f64::from(u32::try_from(drawn).unwrap()) - exact).abs() < 0.1,
                    "{eligible} {percent}"
                );
            }
        }
    }

    /// Point 4, and the example of §1.4.
    #[test]
    fn a_fifth_of_the_hires_from_2_to_20() {
        for (eligible, drawn) in
            [(2, 2), (14, 2), (15, 3), (19, 3), (20, 4), (62, 12), (99, 19), (100, 20), (270, 20)]
        {
            assert_eq!(hires_drawn(eligible), drawn, "{eligible}");
        }
    }

    /// §1.4: an estimate, since which SIAE are drawn is not known: those that hired the least, those that hired the most.
    #[test]
    fn what_each_share_would_draw() {
        let (none, one, alike): (&[u64], &[u64], &[u64]) = (&[], &[270], &[14, 14, 14, 14]);
        let uneven: &[u64] = &[270, 2, 50, 100, 10];
        for (hires, percent, companies, least, most) in [
            (none, "30", 0, 0, 0),
            (one, "20", 1, 20, 20),
            (uneven, "20", 1, 2, 20),
            (uneven, "30", 2, 4, 40),
            (uneven, "40", 2, 4, 40),
            (alike, "40", 2, 4, 4),
        ] {
            let drawn = Ratio::parse(percent).unwrap().would_draw(hires);
            assert_eq!(drawn, (companies, least..=most), "{hires:?} at {percent} %");
        }
        let all: Vec<u8> = Ratio::all().map(Ratio::percent).collect();
        assert_eq!((all.len(), all[0], all[20]), (21, 20, 40));
    }
}
