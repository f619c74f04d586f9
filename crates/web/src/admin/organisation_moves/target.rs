//! The other organisation, looked for by its name, its SIRET or its id: none of them says anything of a person.

use iae_app::organisations::transfer::queries::{NamedOrganisation, TARGETS_SHOWN, named, targets};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::text::shortened;
use serde::Deserialize;

use crate::error::{PageError, PageResult};

/// Longest search kept.
const SEARCH_MAX_CHARS: usize = 100;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TargetQuery {
    /// What is looked for.
    q: String,
    /// The organisation that was chosen.
    target: String,
}

impl TargetQuery {
    /// What a form chose; what is no id chose nothing.
    pub(super) fn of(target: &str) -> Self {
        let target: Option<OrganisationId> = target.parse().ok();
        Self { q: String::new(), target: target.map(|id| id.to_string()).unwrap_or_default() }
    }

    /// The organisation that was chosen; what is no id is not found.
    pub(super) fn target(&self) -> PageResult<Option<OrganisationId>> {
        if self.target.is_empty() {
            return Ok(None);
        }
        self.target.parse().map(Some).map_err(|_| PageError::NotFound)
    }
}

/// What `admin/organisation_moves/_target.html` shows, under the name `search`.
pub(super) struct Search {
    /// The organisation that gives what it has.
    pub(super) source: NamedOrganisation,
    pub(super) typed: String,
    /// Where it is looked for.
    pub(super) action: String,
    pub(super) found: Vec<NamedOrganisation>,
}

impl Search {
    /// Those that were found; an organisation that is not there is not found.
    pub(super) async fn load(
        app: &App,
        ctx: &Ctx<StaffActor>,
        id: OrganisationId,
        (query, action): (&TargetQuery, String),
    ) -> PageResult<Self> {
        let source = named(app, ctx, id).await?.ok_or(PageError::NotFound)?;
        let typed = shortened(&query.q, SEARCH_MAX_CHARS);
        let found = if typed.is_empty() { Vec::new() } else { targets(app, ctx, &source, &typed).await? };
        Ok(Self { source, typed, action, found })
    }

    /// The page with this organisation chosen.
    pub(super) fn choose(&self, id: &OrganisationId) -> String {
        chosen(&self.action, *id)
    }

    /// Whether something was looked for and nothing was found.
    pub(super) fn is_in_vain(&self) -> bool {
        !self.typed.is_empty() && self.found.is_empty()
    }

    /// Whether there may be more than is shown.
    pub(super) fn is_full(&self) -> bool {
        i64::try_from(self.found.len()).is_ok_and(|count| count >= TARGETS_SHOWN)
    }
}

/// The page with an organisation chosen.
pub(super) fn chosen(action: &str, target: OrganisationId) -> String {
    format!("{action}?target={target}")
}
