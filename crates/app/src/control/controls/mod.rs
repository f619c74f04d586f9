//! The control of each drawn SIAE: what it defends, what its DDETS reviews and decides (rule book 04 §1.9 to §1.11,
//! §1.15).

mod appeal;
mod archive;
mod decide;
mod defend;
pub mod file;
mod launch;
mod lock;
pub mod queries;
mod remind;
mod review;
pub(super) mod store;

pub use appeal::{Replacement, decision_in_force, replace};
pub use archive::archive_all;
pub use decide::decide;
pub use defend::{SeenChoice, SeenProof, SeenSubmission, choose, give_kept_proof, give_proof, submit};
pub(super) use launch::launch;
pub use remind::remind_all;
pub use review::{COMMENT_MAX_CHARS, SeenComment, comment, last_comment, review, validate};
pub use store::LastComment;
pub use store::decisions::InForce;
