//! Everything that is stored of the PASS, computed again and compared, in constant memory (`iae doctor`).

mod queries;

use futures_util::TryStreamExt as _;

use crate::db::Db;
use crate::error::Result;

/// Something that should not be, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about: the number of a PASS, the id of a hire.
    pub about: String,
    /// What is there, and what was expected.
    pub said: String,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Examined {
    /// PASS computed again.
    pub passes: u64,
    /// Deviations found.
    pub findings: u64,
}

/// Holds every PASS against its parcours, then all of them against each other, as they are at this instant. Each deviation is
/// told as it is found.
pub async fn examine(db: &Db, mut tell: impl FnMut(Finding)) -> Result<Examined> {
    let mut tx = db.begin_snapshot().await?;
    let mut examined = Examined::default();
    {
        let mut passes = queries::passes(&mut tx);
        while let Some(pass) = passes.try_next().await? {
            examined.passes += 1;
            for deviation in pass.parcours.0.deviations(pass.ends_on) {
                examined.findings += 1;
                tell(Finding {
                    about: format!("PASS {}", pass.number.as_str()),
                    said: deviation.to_string(),
                });
            }
        }
    }
    for rule in queries::RULES {
        let mut broken = queries::broken(&mut tx, rule);
        while let Some(finding) = broken.try_next().await? {
            examined.findings += 1;
            tell(finding);
        }
    }
    tx.rollback().await?;
    Ok(examined)
}
