//! What became of an organisation, in sentences: its former SIRET, what it was merged into or took over. The template
//! `organisations/_history.html` shows the field `past` of a page.

use chrono::NaiveDate;
use iae_app::organisations::succession::first_structure::FirstStructure;
use iae_app::organisations::succession::queries::{History, Succession};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::succession::{Moved, SuccessionKind};
use iae_domain::time::paris_date;

use crate::french::{self, spaced};

/// A SIRET it had.
pub(crate) struct FormerSiret {
    pub(crate) siret: String,
    pub(crate) since: NaiveDate,
    pub(crate) until: NaiveDate,
}

/// What happened to it.
pub(crate) struct HistoryLine {
    pub(crate) on: NaiveDate,
    pub(crate) said: String,
    /// What moved, when anything did.
    pub(crate) moved: Vec<Moved>,
    /// What the support wrote, who and when: for the team.
    pub(crate) remark: Option<(String, String, NaiveDate)>,
}

/// The past of an organisation, as its page shows it.
pub(crate) struct HistoryLines {
    pub(crate) former: Vec<FormerSiret>,
    pub(crate) lines: Vec<HistoryLine>,
}

impl HistoryLines {
    /// For its members: what happened, without what the support noted.
    pub(crate) fn for_members(history: History, of: OrganisationId) -> Self {
        Self::of(history, of, false)
    }

    /// For the team.
    pub(crate) fn for_team(history: History, of: OrganisationId) -> Self {
        Self::of(history, of, true)
    }

    /// Whether there is anything to say.
    pub(crate) const fn is_empty(&self) -> bool {
        self.former.is_empty() && self.lines.is_empty()
    }

    fn of(history: History, of: OrganisationId, is_team: bool) -> Self {
        let former = history.sirets.into_iter().filter_map(|held| {
            let until = paris_date(held.until?);
            Some(FormerSiret { siret: french::siret(&held.siret), since: paris_date(held.since), until })
        });
        let line = |one: Succession| HistoryLine {
            on: one.effective_on,
            said: said(&one, of),
            remark: is_team.then(|| (one.remark, one.decided_by, paris_date(one.decided_at))),
            moved: one.moved.into_iter().filter(|moved| moved.moved > 0 || moved.left > 0).collect(),
        };
        Self { former: former.collect(), lines: history.successions.into_iter().map(line).collect() }
    }
}

/// What happened, for the organisation `of`.
fn said(one: &Succession, of: OrganisationId) -> String {
    let source = named(&one.source_name, one.source_siret.as_deref());
    let target = named(&one.target_name, one.target_siret.as_deref());
    let sentence = match (one.kind, one.source == of) {
        (SuccessionKind::SiretChange, _) => {
            let siret = |siret: Option<&str>| siret.map(french::siret).unwrap_or_default();
            let (before, after) = (siret(one.source_siret.as_deref()), siret(one.target_siret.as_deref()));
            format!("Le SIRET {before} est devenu {after}.")
        }
        (SuccessionKind::Merger, true) => format!("Cette structure est devenue {target}."),
        (SuccessionKind::Merger, false) => format!("{source} a fusionné dans cette structure."),
        (SuccessionKind::Split, true) => format!("Une partie de cette structure est passée à {target}."),
        (SuccessionKind::Split, false) => format!("Cette structure a repris une partie de {source}."),
    };
    spaced(&sentence)
}

/// « Les Jardins (SIRET 380 123 456 00011), devenue Envie le 1er mars 2026. »
pub(crate) fn first_structure(first: &FirstStructure, now: &str) -> String {
    let (was, day) = (named(&first.name, first.siret.as_deref()), french::date(first.effective_on));
    spaced(&match first.kind {
        SuccessionKind::Split => format!("{was}, dont une partie est passée à {now} le {day}."),
        SuccessionKind::Merger | SuccessionKind::SiretChange => format!("{was}, devenue {now} le {day}."),
    })
}

/// « Les Jardins (SIRET 380 123 456 00011) ».
fn named(name: &str, siret: Option<&str>) -> String {
    match siret {
        Some(siret) => format!("{name} (SIRET {})", french::siret(siret)),
        None => name.to_owned(),
    }
}
