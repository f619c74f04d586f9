//! Where one goes from a decision: how it is contested, whom to write to, where to hire from meanwhile.

use iae_domain::control::Withdrawal;

use super::OutcomePage;
use crate::control::origin;
use crate::paths::NewDraftPath;

impl OutcomePage {
    /// Where the control comes from, for its DDETS.
    pub(super) fn origin(&self) -> (&'static str, String) {
        origin(self.of.control.campaign, self.of.campaign_in_view)
    }

    /// Whether it can be contested: what annuls leaves nothing to.
    pub(super) fn is_contested(&self) -> bool {
        self.decided().is_some()
    }

    /// Whether the file of the DDETS says how it is reached.
    pub(super) fn is_reachable(&self) -> bool {
        let ddets = &self.of.ddets;
        !ddets.address.is_empty() || ddets.email.is_some() || ddets.phone.is_some()
    }

    /// Where the SIAE records a person that it may still hire, as long as the withdrawal is not over (§1.16).
    pub(super) fn recording(&self, withdrawal: &Withdrawal) -> Option<String> {
        let is_over = withdrawal.to.is_some_and(|last| last < self.today);
        (!is_over).then(|| format!("{NewDraftPath}?company={}", self.of.control.company))
    }
}
