//! The SIAE that a campaign controls, for the team: where each stands, what was decided of it, what becomes of its subsidy (rule book 04
//! §1.21). Neither the words of a decision nor who is named by a control are read here.

use chrono::NaiveDate;
use iae_app::control::campaigns::queries::{ControlledCompany, DecidedInShort, companies};
use iae_app::error::Result;
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::control::{Badge, Subsidy};
use iae_domain::ids::ControlCampaignId;
use url::form_urlencoded;

use crate::applications::state_badge::StateBadge;
use crate::choice::Choice;
use crate::control::badge::of_control;
use crate::control::export;
use crate::paths::ControlCampaignPath;

/// The SIAE, and which of them are shown.
pub(super) struct Companies {
    path: String,
    all: Vec<ControlledCompany>,
    /// Those of which this was decided, and no others.
    subsidy: Option<Subsidy>,
    today: NaiveDate,
}

impl Companies {
    /// All of them are shown. Who may read the campaign was said by whoever read it.
    pub(super) async fn load(app: &App, ctx: &Ctx<StaffActor>, id: ControlCampaignId) -> Result<Self> {
        let (path, today) = (ControlCampaignPath { id }.to_string(), ctx.today());
        Ok(Self { path, all: companies(&app.db, id, today).await?, subsidy: None, today })
    }

    /// Those that an address asks for are shown; all of them when it asks for nothing, or for what does not exist.
    pub(super) fn narrow(&mut self, raw: &str) {
        let asked = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == "subsidy");
        self.subsidy = asked.and_then(|(_, code)| Subsidy::parse(&code));
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether they can be told apart by what was decided: something was, of one at least.
    pub(super) fn can_be_narrowed(&self) -> bool {
        self.subsidy.is_some() || self.all.iter().any(|one| one.decision.is_some())
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        let choice =
            |one: &Subsidy| Choice::new(one.code(), one.label()).selected_if(self.subsidy == Some(*one));
        Subsidy::ALL.iter().map(choice).collect()
    }

    pub(super) fn shown(&self) -> Vec<&ControlledCompany> {
        let decided = |one: &ControlledCompany| one.decision.as_ref().and_then(DecidedInShort::subsidy);
        let is_shown = |one: &&ControlledCompany| self.subsidy.is_none() || decided(one) == self.subsidy;
        self.all.iter().filter(is_shown).collect()
    }

    /// The page, all of them shown.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The formats to take what is shown away in.
    pub(super) fn exports(&self) -> Vec<(&'static str, String)> {
        let view = self.subsidy.map(|subsidy| format!("subsidy={}&", subsidy.code())).unwrap_or_default();
        export::links(&self.path, &view)
    }

    /// How many SIAE stand where, in the order of badges; whatever is shown.
    pub(super) fn counts(&self) -> Vec<(usize, &'static str)> {
        let count = |badge: Badge| self.all.iter().filter(|one| one.standing.badge() == badge).count();
        let counted = Badge::ALL.iter().map(|badge| (count(*badge), badge.label()));
        counted.filter(|(count, _)| *count > 0).collect()
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub(super) fn badge(&self, one: &ControlledCompany) -> StateBadge {
        of_control(one.standing.badge())
    }

    /// What keeps an SIAE from being reached, or from answering.
    pub(super) fn notices(&self, one: &ControlledCompany) -> Vec<String> {
        one.reach.notices(self.today)
    }

    /// « Aide au poste : non, maintenue »; nothing of a decision that was annulled.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub(super) fn subsidy(&self, decision: &DecidedInShort) -> Option<String> {
        let said = |subsidy: Subsidy| format!("Aide au poste\u{a0}: {}", subsidy.label().to_lowercase());
        decision.subsidy().map(said)
    }
}
