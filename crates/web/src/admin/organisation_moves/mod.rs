//! The team merges two prescriber organisations, or transfers what a company has to another one (rule book 01 §13).

mod merger;
mod messages;
mod target;
mod transfer;

use chrono::TimeDelta;
use iae_app::organisations::transfer::queries::{TransferReport, last_report};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::{Count, TransferKind};
use iae_domain::staff::{REMARK_MAX_CHARS, SupportRemark};

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french::{date_time, number, plural, spaced};
use crate::paths::AdminOrganisationPath;
use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new().get(merger::get).post(merger::post).get(transfer::get).post(transfer::post)
}

/// The step that does it.
const CONFIRM: &str = "confirm";
/// The step that comes back to the form.
const BACK: &str = "back";

/// How long what was done explains that a page is old.
const STILL_NEWS: TimeDelta = TimeDelta::days(1);

/// « 12 à déplacer, 3 personnes déjà parties, 1 doublon »: whoever left is counted apart, as on the page of the organisation.
fn counted(count: &Count) -> String {
    let staying = count.moved.saturating_sub(count.gone);
    let mut said = vec![format!("{} à déplacer", number(i64::from(staying)))];
    if count.gone > 0 {
        said.push(plural(i64::from(count.gone), "personne déjà partie", "personnes déjà parties"));
    }
    if count.left > 0 {
        said.push(plural(i64::from(count.left), "doublon", "doublons"));
    }
    said.join(", ")
}

/// « Remarque du support » (STF-2).
fn remark(errors: &mut FieldErrors, typed: &str) -> Option<SupportRemark> {
    errors.check_length("remark", typed.trim(), REMARK_MAX_CHARS);
    let remark = SupportRemark::parse(typed).ok();
    if remark.is_none() {
        errors.add("remark", "Dites pourquoi : l’équipe le relira.");
    }
    remark
}

/// Who did something meanwhile, and where to read again what would be done (D32).
async fn overtaken(app: &App, ctx: &Ctx<StaffActor>, id: OrganisationId, again: String) -> PageError {
    let last = match last_report(app, ctx, id).await {
        Ok(last) => last.filter(|last| ctx.now - last.done_at < STILL_NEWS),
        Err(error) => return error.into(),
    };
    let again = ("Relire ce qui serait déplacé".to_owned(), again);
    let (said, link) = match last {
        Some(last) if last.kind == TransferKind::Merger && last.source == id => {
            let page = AdminOrganisationPath { id: last.target }.to_string();
            (done(&last), (format!("Voir {}", last.target_name), page))
        }
        Some(last) => (done(&last), again),
        None => (
            "Ce que ces organisations contiennent a changé depuis que vous avez lu la page.".to_owned(),
            again,
        ),
    };
    let message = spaced(&format!("{said} Ce que vous venez d’envoyer n’a pas été enregistré."));
    PageError::Conflict { message, link: Some(link) }
}

fn done(report: &TransferReport) -> String {
    let (who, when) = (&report.done_by, date_time(report.done_at));
    let (source, target) = (&report.source_name, &report.target_name);
    match report.kind {
        TransferKind::Merger => format!("{who} a fusionné « {source} » dans « {target} » le {when}."),
        TransferKind::Transfer => {
            format!("{who} a transféré des données de « {source} » à « {target} » le {when}.")
        }
    }
}
