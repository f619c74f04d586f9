//! How much of everything.

use clap::ValueEnum;

/// Size of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// One département told as a story: the demonstration.
    S,
    /// One région: what the platform is measured on.
    M,
    /// The country, as big as it is: what the platform must bear.
    L,
}

/// Hires whose PASS all end within some days: those who received them will ask for what comes next together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wave {
    /// Of a thousand people who were hired, how many.
    pub share: u32,
    /// In how many days the first of these PASS ends.
    pub first: i64,
    /// In how many days the last of them does.
    pub last: i64,
}

/// Figures of a size.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Départements told of.
    pub departments: &'static [&'static str],
    /// Employers.
    pub companies: usize,
    /// Prescriber organisations.
    pub prescribers: usize,
    /// Professionals.
    pub professionals: usize,
    /// Posts, about.
    pub jobs: usize,
    /// Candidates.
    pub candidates: u32,
    /// Of a thousand candidates, how many were hired once, long ago.
    pub older_pass: u32,
    /// Chances in a thousand of a further application, twice for each candidate: they make up for the candidates above.
    pub eager: u32,
    /// The PASS that end together.
    pub wave: Wave,
    /// Whether this is the country: every institution is there, and candidates are loaded by packets, side by side.
    pub is_country: bool,
}

/// Départements of the country, overseas included, that of the demonstration first.
const COUNTRY: &[&str] = &[
    "57", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "21", "22", "23", "24", "25", "26", "27", "28", "29", "2A", "2B", "30", "31", "32",
    "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49",
    "50", "51", "52", "53", "54", "55", "56", "58", "59", "60", "61", "62", "63", "64", "65", "66", "67",
    "68", "69", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "80", "81", "82", "83", "84",
    "85", "86", "87", "88", "89", "90", "91", "92", "93", "94", "95", "971", "972", "973", "974", "976",
];

/// Employers, or prescriber organisations, of the story: as many at most.
const OF_THE_STORY: usize = 12;
/// Employers each département has whatever chance says, and prescriber organisations at least; institutions at most.
const OF_EACH_DEPARTMENT: usize = 4;

/// For S and M: spread over some weeks.
const SPREAD: Wave = Wave { share: 150, first: 1, last: 75 };

impl Size {
    /// Its figures.
    pub const fn counts(self) -> Counts {
        match self {
            Self::S => Counts {
                departments: &["57"],
                companies: 60,
                prescribers: 80,
                professionals: 300,
                jobs: 250,
                candidates: 2_500,
                older_pass: 30,
                eager: 0,
                wave: SPREAD,
                is_country: false,
            },
            Self::M => Counts {
                departments: &["57", "67", "68", "54", "51", "88", "10", "08", "52", "55"],
                companies: 600,
                prescribers: 800,
                professionals: 7_000,
                jobs: 3_000,
                candidates: 80_000,
                older_pass: 240,
                eager: 340,
                wave: SPREAD,
                is_country: false,
            },
            Self::L => Counts {
                departments: COUNTRY,
                companies: 7_500,
                prescribers: 9_750,
                professionals: 91_000,
                jobs: 35_000,
                candidates: 1_000_000,
                older_pass: 350,
                eager: 520,
                // 34 000 in a month, some of which a suspension puts off.
                wave: Wave { share: 95, first: 31, last: 60 },
                is_country: true,
            },
        }
    }
}

impl Counts {
    /// One in so many of these people, and of their organisations as long as each département keeps some of every kind.
    #[must_use]
    pub fn one_in(self, share: u32) -> Self {
        if share <= 1 {
            return self;
        }
        let part = |whole: usize, least: usize| {
            (whole / usize::try_from(share).unwrap_or(usize::MAX)).max(least.min(whole))
        };
        let organisations = OF_THE_STORY + OF_EACH_DEPARTMENT * self.departments.len();
        let companies = part(self.companies, organisations);
        let prescribers = part(self.prescribers, organisations);
        // Institutions have a member each, before anybody else has one.
        let everywhere = companies + prescribers + OF_EACH_DEPARTMENT * self.departments.len();
        Self {
            companies,
            prescribers,
            professionals: part(self.professionals, everywhere + everywhere / 4),
            jobs: part(self.jobs, 4 * companies),
            candidates: self.candidates / share,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_has_101_departements_each_once() {
        let mut codes = COUNTRY.to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!((codes.len(), COUNTRY.len()), (101, 101));
    }
}
