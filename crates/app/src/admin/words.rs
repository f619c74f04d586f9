//! The audit trail in French: codes are for machines.

mod campaigns;
mod labels;

use chrono::NaiveDate;
use iae_domain::Event;
use iae_domain::accounts::{LetterKind, Provider, UserKind};
use iae_domain::announcements::{AnnouncementLevel, AnnouncementPart};
use iae_domain::applications::draft::{NotSent, Step};
use iae_domain::applications::{PassFate, PassResult, RefusalReason, StateCode};
use iae_domain::budget::Budget;
use iae_domain::candidates::{Author, Field, LookUpKey, RelationOrigin, TransferPart};
use iae_domain::eligibility::AuthorKind;
use iae_domain::exports::{ExportFormat, ListKind};
use iae_domain::french;
use iae_domain::habilitations::Opinion;
use iae_domain::imports::ImportKind;
use iae_domain::organisations::members::{Held, Road};
use iae_domain::organisations::sync::{EndReason, SyncedPart};
use iae_domain::organisations::team::TeamField;
use iae_domain::organisations::transfer::Category;
use iae_domain::organisations::{AuthorisationStatus, CompanyKind, PrescriberKind};
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::prolongation::DenialReason;
use iae_domain::pass::{CorrectionReason, ProlongationReason, SuspensionReason};
use iae_domain::staff::{ImpersonationEnd, StaffGroup};
use serde_json::{Map, Value};
use uuid::Uuid;

use labels::label;

/// What happened; the code of what no longer happens.
pub(crate) fn action(code: &str) -> &str {
    Event::kinds().find(|kind| kind.code == code).map_or(code, |kind| kind.label)
}

/// Who acted, when no account says it.
pub(crate) fn actor(kind: &str) -> &str {
    match kind {
        "system" => "Le service",
        "candidate" => "Une personne",
        "professional" => "Un professionnel sans structure",
        "prescriber" => "Un prescripteur",
        "employer" => "Un employeur",
        "inspector" => "Un agent de l’État",
        "staff" => "L’équipe",
        other => other,
    }
}

/// The things that things happen to, by the codes of the trail.
pub(super) const SUBJECTS: &[(&str, &str)] = &[
    ("account", "Compte"),
    ("account_letter", "Message sur un compte"),
    ("announcement", "Annonce"),
    ("invitation", "Invitation"),
    ("organisation", "Structure"),
    ("convention", "Convention"),
    ("candidate", "Dossier"),
    ("application", "Candidature"),
    ("draft", "Candidature en préparation"),
    ("habilitation", "Demande d’habilitation"),
    ("diagnosis", "Diagnostic"),
    ("parent", "Structure d’origine"),
    ("pass", "PASS IAE"),
    ("control_campaign", "Campagne de contrôle"),
    ("control", "Contrôle d’une structure"),
    ("export", "Export"),
    ("import", "Import"),
    ("email", "Message"),
];

/// What it happened to.
pub(super) fn subject(kind: &str) -> &str {
    SUBJECTS.iter().find(|(code, _)| *code == kind).map_or(kind, |(_, label)| label)
}

/// What the row of such an action holds, as words and values.
pub(super) fn details(action: &str, payload: &str) -> Vec<String> {
    let fields: Map<String, Value> = serde_json::from_str(payload).unwrap_or_default();
    let told = fields.iter().filter(|(_, held)| held.as_str() != Some("") && !held.is_null());
    told.map(|(key, held)| format!("{}\u{a0}: {}", label(action, key, held), value(action, key, held)))
        .collect()
}

fn value(action: &str, key: &str, held: &Value) -> String {
    if action.starts_with("control")
        && let Some(said) = campaigns::value(action, key, held)
    {
        return said;
    }
    let text = held.as_str().unwrap_or_default();
    let known = match key {
        "authorisation" => AuthorisationStatus::parse(text).map(AuthorisationStatus::label),
        "because" if text == "new_password" => Some("nouveau mot de passe"),
        "because" if text == "person" => Some("à sa demande"),
        "because" if text == "deactivation" => Some("compte désactivé"),
        "because" if text == "password_closed" => Some("connexion par mot de passe fermée"),
        "group" => StaffGroup::parse(text).map(StaffGroup::label),
        "because" if text == "second_factor" => Some("application de codes retirée"),
        "because" if text == "provider" => Some("fermées par le service de connexion"),
        "because" if action == "account.impersonation_ended" => {
            ImpersonationEnd::parse(text).map(ImpersonationEnd::label)
        }
        "because" => EndReason::parse(text).map(EndReason::label).or(cause(text)),
        "budget" => Budget::parse(text).map(Budget::label),
        "origin" => RelationOrigin::parse(text).map(RelationOrigin::label),
        "refusal" => NotSent::parse(text).map(NotSent::label),
        "road" => Road::parse(text).map(Road::label),
        "by" => AuthorKind::parse(text)
            .map(AuthorKind::label)
            .or(LookUpKey::parse(text).map(LookUpKey::label))
            .or(Author::parse(text).map(Author::label)),
        "from" => StateCode::parse(text).map(StateCode::label),
        "format" => ExportFormat::parse(text).map(ExportFormat::label),
        "kind" => UserKind::parse(text)
            .map(UserKind::label)
            .or(LetterKind::parse(text).map(LetterKind::label))
            .or(ImportKind::parse(text).map(ImportKind::label))
            .or(CompanyKind::parse(text).map(CompanyKind::label))
            .or(PrescriberKind::parse(text).map(PrescriberKind::label)),
        "opinion" => Opinion::parse(text).map(Opinion::label),
        "level" => AnnouncementLevel::parse(text).map(AnnouncementLevel::label),
        "list" => ListKind::parse(text).map(ListKind::label),
        "pass" => {
            PassResult::parse(text).map(PassResult::label).or(PassFate::parse(text).map(PassFate::label))
        }
        "provider" => Provider::parse(text).map(Provider::label),
        "reason" => reason(action, text),
        "step" => Step::parse(text).map(Step::label),
        _ => held.as_bool().map(|is_so| if is_so { "oui" } else { "non" }),
    };
    if let ("told", Some(told)) = (key, held.as_array()) {
        return match told.len() {
            0 => "aucun compte".to_owned(),
            1 => "1\u{a0}compte".to_owned(),
            several => format!("{several}\u{a0}comptes"),
        };
    }
    if let ("removed" | "written", Some(numbers)) = (key, held.as_array()) {
        return numbers.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
    }
    if let ("moved", Some(counts)) = (key, held.as_array()) {
        let moved: Vec<String> = counts.iter().filter_map(moved_of).collect();
        return if moved.is_empty() { "rien".to_owned() } else { moved.join(", ") };
    }
    if let ("handed", Some(handed)) = (key, held.as_array()) {
        return handed.iter().filter_map(handed_over).collect::<Vec<_>>().join(", ");
    }
    if let Some(changes) = held.as_array() {
        let part = |code: &str| SyncedPart::parse(code).map(SyncedPart::label);
        // Files and organisations have fields of the same name.
        let is_organisation = action.starts_with("organisation.");
        let of_team = |code: &str| TeamField::parse(code).map(TeamField::label).filter(|_| is_organisation);
        let moved = |code: &str| TransferPart::parse(code).map(TransferPart::label);
        let announced = |code: &str| AnnouncementPart::parse(code).map(AnnouncementPart::label);
        let label = |code: &Value| {
            let code = code.as_str()?;
            let field = || Field::parse(code).map(Field::label);
            of_team(code).or_else(field).or(part(code)).or(moved(code)).or(announced(code))
        };
        return changes.iter().filter_map(label).collect::<Vec<_>>().join(", ");
    }
    let period = || Some(french::period(day(&held["start"])?, day(&held["end"])?));
    let moved = || {
        let (before, after) = (day(&held["from"])?, day(&held["to"])?);
        Some(if before == after {
            format!("{}, comme avant", french::date(after))
        } else {
            format!("{} (avant\u{a0}: {})", french::date(after), french::date(before))
        })
    };
    // What expires is kept as the first day it no longer holds, and told as pages tell it: by its last day.
    let told = match key {
        "expired_on" | "expires_on" => day(held).and_then(|day| day.pred_opt()),
        _ => day(held),
    };
    known
        .or((key == "by" && is_id(held)).then_some("un diagnostic plus récent"))
        .map(ToOwned::to_owned)
        .or_else(|| told.map(french::date))
        .or_else(period)
        .or_else(moved)
        .unwrap_or_else(|| held.as_str().map_or_else(|| held.to_string(), ToOwned::to_owned))
}

/// The label of a reason: what it is a reason of is said by the action, since codes are alike from one to another.
fn reason(action: &str, code: &str) -> Option<&'static str> {
    match action {
        "application.refused" => RefusalReason::parse(code).map(RefusalReason::label),
        "pass.suspended" | "pass.suspension_changed" => {
            SuspensionReason::parse(code).map(SuspensionReason::label)
        }
        "pass.closed" => ClosureReason::parse(code).map(ClosureReason::label),
        "pass.corrected" => CorrectionReason::parse(code).map(CorrectionReason::label),
        "pass.prolongation_declared" | "pass.prolongation_asked" => {
            ProlongationReason::parse(code).map(ProlongationReason::label)
        }
        "pass.prolongation_denied" => DenialReason::parse(code).map(DenialReason::label),
        _ => None,
    }
}

/// Why somebody administers an organisation, or an invitation is taken back.
fn cause(code: &str) -> Option<&'static str> {
    Some(match code {
        "colleague" => "un administrateur l’a nommé",
        "official_address" => "l’adresse officielle l’a confirmé",
        "nobody_else" => "plus personne n’administrait la structure",
        "team" => "l’équipe l’a nommé",
        "asked" => "annulée par un membre",
        "by_team" => "annulée par l’équipe",
        "sender_left" => "qui l’avait envoyée est parti",
        "guest_left" => "la personne a quitté la structure",
        "guest_joined" => "la personne a rejoint la structure",
        _ => return None,
    })
}

/// « Candidatures en préparation (2) ».
fn handed_over(handed: &Value) -> Option<String> {
    let held = Held::parse(handed.get("held")?.as_str()?)?;
    Some(format!("{} ({})", held.label(), handed.get("count")?))
}

/// « Fiches de poste (3) »; none of a category of which nothing moved.
fn moved_of(count: &Value) -> Option<String> {
    let category = Category::parse(count.get("category")?.as_str()?)?;
    let moved = count.get("moved")?.as_u64().filter(|moved| *moved > 0)?;
    Some(format!("{} ({moved})", category.label()))
}

fn is_id(held: &Value) -> bool {
    held.as_str().is_some_and(|text| text.parse::<Uuid>().is_ok())
}

fn day(held: &Value) -> Option<NaiveDate> {
    held.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests;
