//! What every succession asks: when it took effect, why it is recorded; and the search of the structure that takes over.

use chrono::NaiveDate;
use iae_app::App;
use iae_app::organisations::succession::queries::{TARGETS_SHOWN, Target, targets};
use iae_domain::ids::OrganisationId;
use iae_domain::staff::{REMARK_MAX_CHARS, SupportRemark};
use iae_domain::text::MessageRefused;
use iae_domain::time::typed_date;

use crate::choice::Choice;
use crate::error::PageResult;
use crate::forms::FieldErrors;
use crate::french;

/// The step that does it.
pub(super) const CONFIRM: &str = "confirm";
/// The step that comes back to the form.
pub(super) const BACK: &str = "back";

/// The day it took effect and the remark of the support, or their mistakes.
pub(super) fn terms(
    errors: &mut FieldErrors,
    effective_on: &str,
    remark: &str,
) -> (Option<NaiveDate>, Option<SupportRemark>) {
    let day = errors.day("effective_on", effective_on);
    if day.is_none() {
        errors.add("effective_on", "Indiquez le jour où cela a pris effet.");
    }
    let remark = match SupportRemark::parse(remark) {
        Ok(remark) => Some(remark),
        Err(MessageRefused::Blank) => {
            errors.add(
                "remark",
                "Dites pourquoi vous l’enregistrez, et sur quelle pièce : la remarque reste avec l’acte.",
            );
            None
        }
        Err(MessageRefused::TooLong(_)) => {
            errors.check_length("remark", remark, REMARK_MAX_CHARS);
            None
        }
    };
    (day, remark)
}

/// A day that was typed, in words; as it was typed when it is none.
pub(super) fn said_day(typed: &str) -> String {
    typed_date(typed).map_or_else(|| typed.to_owned(), french::date)
}

/// What a search of the structure that takes over found.
#[derive(Debug, Default)]
pub(super) struct Found {
    targets: Vec<Target>,
    /// Whether more were found than are shown.
    pub more: bool,
}

impl Found {
    /// Searches; the structure itself is left out.
    pub(super) async fn search(app: &App, typed: &str, but: OrganisationId) -> PageResult<Self> {
        let mut targets = targets(&app.db, typed).await?;
        let more = targets.len() > TARGETS_SHOWN;
        targets.truncate(TARGETS_SHOWN);
        targets.retain(|target| target.id != but);
        Ok(Self { targets, more })
    }

    /// The only one, when there is only one.
    pub(super) fn only(&self) -> Option<OrganisationId> {
        match self.targets.as_slice() {
            [one] if !self.more => Some(one.id),
            _ => None,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The choice among them.
    pub(super) fn choices(&self, chosen: &str) -> Vec<Choice> {
        let choice = |target: &Target| {
            let id = target.id.to_string();
            let hint = format!("{}, {}, {}", target.kind.label(), french::siret(&target.siret), target.city);
            let is_chosen = id == chosen;
            Choice::new(id, target.name.as_str()).with_hint(hint).selected_if(is_chosen)
        };
        self.targets.iter().map(choice).collect()
    }
}

/// The structure that was chosen: the one that is ticked among those that this search found, or the only one it finds. None, with the
/// mistake or what to choose among.
pub(super) async fn target(
    app: &App,
    errors: &mut FieldErrors,
    (wanted, searched, ticked): (&str, &str, &str),
    but: OrganisationId,
) -> PageResult<(Option<OrganisationId>, Found)> {
    if wanted.trim().is_empty() {
        errors.add("wanted", "Indiquez la structure qui reprend : son SIRET, son nom ou son identifiant.");
        return Ok((None, Found::default()));
    }
    let found = Found::search(app, wanted, but).await?;
    if found.is_empty() {
        errors.add("wanted", "Aucune autre structure ouverte n’a ce SIRET, ce nom ou cet identifiant.");
        return Ok((None, found));
    }
    let ticked = ticked.parse::<OrganisationId>().ok().filter(|_| wanted == searched);
    let ticked = ticked.filter(|id| found.targets.iter().any(|target| target.id == *id));
    let chosen = ticked.or_else(|| found.only());
    if chosen.is_none() {
        errors.add("target", "Plusieurs structures correspondent : choisissez celle qui reprend.");
    }
    Ok((chosen, found))
}
