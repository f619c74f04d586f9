//! « Remarques du support » on accounts and organisations (STF-2): written with what they explain, in its transaction, read on the page
//! of what they are about.

mod store;

use chrono::{DateTime, Utc};
use iae_domain::staff::{RemarkOn, SupportRemark, explain};

use crate::Work;
use crate::error::Result;

/// A remark, as it is read.
#[derive(Debug, Clone)]
pub struct Remark {
    /// When.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub author: String,
    /// What was done, as the audit trail names it.
    pub act: String,
    /// Their words.
    pub remark: String,
}

impl Remark {
    /// What was done, in French.
    pub fn done(&self) -> &str {
        crate::admin::words::action(&self.act)
    }
}

/// Keeps a remark with what the work does: `act` is the name of its event. Whoever acts wrote it.
pub(crate) async fn keep(
    work: &mut Work<'_>,
    on: impl Into<RemarkOn>,
    act: &'static str,
    remark: &SupportRemark,
) -> Result<()> {
    store::insert(work, explain(on.into(), act, remark.clone())).await
}
