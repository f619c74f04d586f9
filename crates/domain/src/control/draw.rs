//! The draw of a campaign, that anyone can do again (rule book 04 §1.6; `docs/control-draw.md`).
//!
//! The list of what can be drawn is frozen and its hash published before a public value exists; that value and the hash make
//! the seed; each SIAE and each hire is ranked by the hash of the seed and of its id. Nobody can choose: who froze the
//! list did not know the value, who learns the value can no longer change the list.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::sample::{HIRES_MIN, Ratio, companies_drawn, hires_drawn};
use crate::ids::{ApplicationId, OrganisationId};

/// A SHA-256, written as 64 hexadecimal digits in small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A hire that can be drawn. Its line names nobody: an id that means nothing outside the platform, and a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line {
    /// The SIAE that prescribed to itself.
    pub company: OrganisationId,
    /// The hire.
    pub hire: ApplicationId,
    /// The first day of its contract.
    pub starts_on: NaiveDate,
}

impl Line {
    /// The hash of the line: whoever holds the line can make it, nobody can make the line of it.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.to_string())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};{};{}", self.company.0, self.hire.0, self.starts_on)
    }
}

/// All that can be drawn in a campaign, once and for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenList(Vec<Line>);

/// An SIAE that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnCompany {
    /// The SIAE.
    pub company: OrganisationId,
    /// Its hires that were drawn.
    pub hires: Vec<ApplicationId>,
}

impl FrozenList {
    /// Freezes what is eligible, in whatever order it comes: of SIAE that made at least two such hires (§1.5).
    pub fn freeze(eligible: impl IntoIterator<Item = Line>) -> Self {
        let mut lines: Vec<_> = eligible.into_iter().collect();
        lines.sort_unstable();
        lines.dedup();
        let mut made = BTreeMap::<_, u64>::new();
        for line in &lines {
            *made.entry(line.company).or_default() += 1;
        }
        lines.retain(|line| made.get(&line.company).is_some_and(|hires| *hires >= HIRES_MIN));
        Self(lines)
    }

    /// Its lines, by SIAE.
    pub fn lines(&self) -> &[Line] {
        &self.0
    }

    /// The hashes of its lines, in their own order, which says nothing of theirs: what is published.
    pub fn digests(&self) -> Vec<Digest> {
        let mut digests: Vec<_> = self.0.iter().map(Line::digest).collect();
        digests.sort_unstable();
        digests
    }

    /// The hash of the list: of the hashes of its lines, each followed by a line feed.
    pub fn digest(&self) -> Digest {
        let mut lines = String::new();
        for digest in self.digests() {
            lines.push_str(&digest.to_string());
            lines.push('\n');
        }
        Digest::of(&lines)
    }

    /// How many SIAE can be drawn, and how many hires.
    pub fn counts(&self) -> (u64, u64) {
        let companies = self.by_company().len();
        (companies as u64, self.0.len() as u64)
    }

    /// The seed that a public value makes: the hash of that of the list, a semicolon and the value.
    pub fn seed(&self, value: &str) -> Digest {
        Digest::of(&format!("{};{value}", self.digest()))
    }

    /// Draws, the SIAE first, then some hires of each. Both come in the order of their ids.
    pub fn draw(&self, value: &str, ratio: Ratio) -> Vec<DrawnCompany> {
        let seed = self.seed(value);
        let companies = self.by_company();
        let most = companies_drawn(companies.len() as u64, ratio);
        let mut drawn: Vec<_> = first(seed, companies, most, |(company, _)| company.0)
            .into_iter()
            .map(|(company, hires)| {
                let most = hires_drawn(hires.len() as u64);
                let mut hires = first(seed, hires, most, |hire| hire.0);
                hires.sort_unstable();
                DrawnCompany { company, hires }
            })
            .collect();
        drawn.sort_unstable_by_key(|one| one.company);
        drawn
    }

    fn by_company(&self) -> Vec<(OrganisationId, Vec<ApplicationId>)> {
        let mut companies = BTreeMap::<_, Vec<_>>::new();
        for line in &self.0 {
            companies.entry(line.company).or_default().push(line.hire);
        }
        companies.into_iter().collect()
    }
}

/// The `most` that come first once ranked by the hash of the seed, a semicolon and their id.
fn first<T>(seed: Digest, from: Vec<T>, most: u64, id: impl Fn(&T) -> Uuid) -> Vec<T> {
    let seeded = Sha256::new_with_prefix(format!("{seed};"));
    let rank = |one: &T| -> [u8; 32] {
        let mut written = Uuid::encode_buffer();
        let id = id(one).hyphenated().encode_lower(&mut written);
        seeded.clone().chain_update(id.as_bytes()).finalize().into()
    };
    let mut ranked: Vec<_> = from.into_iter().map(|one| (rank(&one), one)).collect();
    ranked.sort_unstable_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(usize::try_from(most).unwrap_or(usize::MAX)).map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests;
