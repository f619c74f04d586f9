//! An organisation, as the team reads it: in a few statements, whatever it has.

mod around;
mod card;
mod convention;

pub use around::{Line, Member, Relative, lines, members, relatives};
pub use card::{Card, Counts, card};
pub use convention::{AnnexLine, Concerned, ConventionCard, convention};
