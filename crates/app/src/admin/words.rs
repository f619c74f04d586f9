//! The audit trail in French: codes are for machines.

use chrono::NaiveDate;
use iae_domain::Event;
use iae_domain::accounts::{Provider, UserKind};
use iae_domain::applications::draft::{NotSent, Step};
use iae_domain::applications::{PassFate, PassResult, RefusalReason, StateCode};
use iae_domain::budget::Budget;
use iae_domain::candidates::{Author, Field, LookUpKey, RelationOrigin};
use iae_domain::eligibility::AuthorKind;
use iae_domain::exports::{ExportFormat, ListKind};
use iae_domain::french;
use iae_domain::organisations::AuthorisationStatus;
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::prolongation::DenialReason;
use iae_domain::pass::{CorrectionReason, ProlongationReason, SuspensionReason};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What happened; the code of what no longer happens.
pub(crate) fn action(code: &str) -> &str {
    Event::kinds().find(|kind| kind.code == code).map_or(code, |kind| kind.label)
}

/// Who acted, when no account says it.
pub(super) fn actor(kind: &str) -> &str {
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

/// What it happened to.
pub(super) fn subject(kind: &str) -> &str {
    match kind {
        "account" => "Compte",
        "organisation" => "Structure",
        "convention" => "Convention",
        "candidate" => "Dossier",
        "application" => "Candidature",
        "draft" => "Candidature en préparation",
        "diagnosis" => "Diagnostic",
        "pass" => "PASS IAE",
        "control_campaign" => "Campagne de contrôle",
        "control" => "Contrôle d’une structure",
        "export" => "Export",
        "email" => "Message",
        other => other,
    }
}

/// What the row of such an action holds, as words and values.
pub(super) fn details(action: &str, payload: &str) -> Vec<String> {
    let fields: Map<String, Value> = serde_json::from_str(payload).unwrap_or_default();
    let told = fields.iter().filter(|(_, held)| held.as_str() != Some("") && !held.is_null());
    told.map(|(key, held)| format!("{}\u{a0}: {}", label(key, held), value(action, key, held))).collect()
}

fn label<'a>(key: &'a str, held: &Value) -> &'a str {
    match key {
        "accepted_by" => "Acceptée par",
        "advisor" => "Interlocuteur",
        "annex" => "Annexe financière",
        "application" => "Candidature",
        "attempts" => "Essais",
        "authorisation" => "Habilitation",
        "because" if is_id(held) => "Candidature acceptée",
        "because" | "origin" => "Pourquoi",
        "end" | "ends" => "Dernier jour du PASS IAE",
        "hired_by" => "Embauche qui y met fin",
        "prolongation" => "Prolongation",
        "request" => "Demande de prolongation",
        "suspension" => "Suspension",
        "to" if is_id(held) => "Confiée à",
        "told" => "Prévenus",
        "until" => "Dernier jour de la suspension",
        "budget" => "Limite",
        "by" if is_id(held) => "Remplacé par",
        "by" => "Par",
        "changes" => "Ce qui a changé",
        "company" | "organisation" => "Structure",
        "consent" => "Accord",
        "correction" => "Demande",
        "document" => "Document",
        "expired_on" => "Dernier jour prévu",
        "expires_on" => "Dernier jour",
        "from" if held.is_object() => "Dates d’avant",
        "from" => "État d’avant",
        "is_active" => "En vigueur",
        "filters" => "Filtres",
        "format" => "Format",
        "kind" => "Nature",
        "list" => "Liste",
        "pass" => "PASS IAE",
        "period" => "Dates",
        "post" => "Poste",
        "provider" => "Fournisseur d’identité",
        "reason" | "refusal" => "Motif",
        "rows" => "Lignes",
        "step" => "Étape",
        "to" => "Dates d’après",
        "user" => "Compte",
        other => other,
    }
}

fn value(action: &str, key: &str, held: &Value) -> String {
    let text = held.as_str().unwrap_or_default();
    let known = match key {
        "authorisation" => AuthorisationStatus::parse(text).map(AuthorisationStatus::label),
        "because" if text == "new_password" => Some("nouveau mot de passe"),
        "budget" => Budget::parse(text).map(Budget::label),
        "origin" => RelationOrigin::parse(text).map(RelationOrigin::label),
        "refusal" => NotSent::parse(text).map(NotSent::label),
        "is_active" => held.as_bool().map(|is_active| if is_active { "oui" } else { "non" }),
        "by" => AuthorKind::parse(text)
            .map(AuthorKind::label)
            .or(LookUpKey::parse(text).map(LookUpKey::label))
            .or(Author::parse(text).map(Author::label)),
        "from" => StateCode::parse(text).map(StateCode::label),
        "format" => ExportFormat::parse(text).map(ExportFormat::label),
        "kind" => UserKind::parse(text).map(UserKind::label),
        "list" => ListKind::parse(text).map(ListKind::label),
        "pass" => {
            PassResult::parse(text).map(PassResult::label).or(PassFate::parse(text).map(PassFate::label))
        }
        "provider" => Provider::parse(text).map(Provider::label),
        "reason" => reason(action, text),
        "step" => Step::parse(text).map(Step::label),
        _ => None,
    };
    if let ("told", Some(told)) = (key, held.as_array()) {
        return match told.len() {
            0 => "aucun compte".to_owned(),
            1 => "1\u{a0}compte".to_owned(),
            several => format!("{several}\u{a0}comptes"),
        };
    }
    if let Some(changes) = held.as_array() {
        let label = |code: &Value| Field::parse(code.as_str()?).map(Field::label);
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

fn is_id(held: &Value) -> bool {
    held.as_str().is_some_and(|text| text.parse::<Uuid>().is_ok())
}

fn day(held: &Value) -> Option<NaiveDate> {
    held.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests;
