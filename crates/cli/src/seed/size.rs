//! How much of everything.

use clap::ValueEnum;

/// Size of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// One département told as a story: the demonstration.
    S,
    /// One région: what the platform is measured on.
    M,
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
}

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
            },
        }
    }
}
