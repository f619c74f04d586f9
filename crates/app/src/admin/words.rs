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
        "export" => "Export",
        "email" => "Message",
        other => other,
    }
}

/// What the row holds, as words and values.
pub(super) fn details(payload: &str) -> Vec<String> {
    let fields: Map<String, Value> = serde_json::from_str(payload).unwrap_or_default();
    let told = fields.iter().filter(|(_, held)| held.as_str() != Some("") && !held.is_null());
    told.map(|(key, held)| format!("{}\u{a0}: {}", label(key, held), value(key, held))).collect()
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
        "rests" => "Embauche qui repose désormais sur le diagnostic",
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

fn value(key: &str, held: &Value) -> String {
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
        "reason" => reason(text),
        "step" => Step::parse(text).map(Step::label),
        _ => None,
    };
    if let ("told", Some(told)) = (key, held.as_array()) {
        return if told.len() > 1 {
            format!("{}\u{a0}comptes", told.len())
        } else {
            "1\u{a0}compte".to_owned()
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

/// The label of a reason, whatever it is a reason of.
fn reason(code: &str) -> Option<&'static str> {
    None.or_else(|| RefusalReason::parse(code).map(RefusalReason::label))
        .or_else(|| SuspensionReason::parse(code).map(SuspensionReason::label))
        .or_else(|| ProlongationReason::parse(code).map(ProlongationReason::label))
        .or_else(|| DenialReason::parse(code).map(DenialReason::label))
        .or_else(|| ClosureReason::parse(code).map(ClosureReason::label))
        .or_else(|| CorrectionReason::parse(code).map(CorrectionReason::label))
}

fn is_id(held: &Value) -> bool {
    held.as_str().is_some_and(|text| text.parse::<Uuid>().is_ok())
}

fn day(held: &Value) -> Option<NaiveDate> {
    held.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_event_is_said_in_french() {
        for kind in Event::kinds() {
            assert!(!action(kind.code).contains(['.', '_']), "{}", kind.code);
            let (of, _) = kind.code.split_once('.').unwrap();
            assert_ne!(subject(of), of);
        }
        assert_eq!(action("pass.lost"), "pass.lost", "what is not known is shown as it is");
    }

    #[test]
    fn what_a_row_holds_is_words_and_dates() {
        let accepted = details(r#"{"from": "processing", "pass": "issued"}"#);
        assert_eq!(accepted[0], format!("État d’avant\u{a0}: {}", StateCode::Processing.label()));
        assert_eq!(accepted[1], "PASS IAE\u{a0}: PASS IAE délivré");
        let moved = details(r#"{"from": {"start": "2026-03-03", "end": "2026-04-05"}}"#);
        assert_eq!(moved, ["Dates d’avant\u{a0}: du 3 mars au 5 avril 2026"]);
        assert_eq!(details(r#"{"expires_on": "2026-08-11"}"#)[0], "Dernier jour\u{a0}: 10 août 2026");
        let exported = details(r#"{"filters": "", "rows": 3}"#);
        assert_eq!(exported, ["Lignes\u{a0}: 3"], "an export without filters names none");
        assert!(details("null").is_empty());
        let spent = details(r#"{"budget": "look_up", "organisation": null}"#);
        assert_eq!(spent, ["Limite\u{a0}: Recherches de personnes"], "nothing is said of what is not there");
        let suspended =
            details(r#"{"reason": "contract_broken", "ends": {"from": "2028-05-02", "to": "2028-06-01"}}"#);
        assert_eq!(suspended[0], "Dernier jour du PASS IAE\u{a0}: 1er juin 2028 (avant\u{a0}: 2 mai 2028)");
        assert_eq!(suspended[1], "Motif\u{a0}: Contrat de travail rompu");
        assert_eq!(details(r#"{"pass": "deleted"}"#), ["PASS IAE\u{a0}: PASS IAE supprimé"]);
        let reminded = details(r#"{"told": ["01900000-0000-7000-8000-000000000000"]}"#);
        assert_eq!(reminded, ["Prévenus\u{a0}: 1\u{a0}compte"]);
        let imported = details(r#"{"authorisation": "NOT_SET", "is_active": false}"#);
        assert_eq!(imported[1], "En vigueur\u{a0}: non");
        assert!(!imported[0].contains("NOT_SET"), "{imported:?}");
    }

    /// Each field an event keeps has its word: what is written to the trail and not said here fails.
    #[test]
    fn every_field_of_an_event_is_said_in_french() {
        for key in [
            "accepted_by",
            "advisor",
            "annex",
            "application",
            "attempts",
            "authorisation",
            "because",
            "budget",
            "by",
            "changes",
            "company",
            "consent",
            "correction",
            "document",
            "end",
            "ends",
            "expired_on",
            "expires_on",
            "filters",
            "format",
            "from",
            "hired_by",
            "is_active",
            "kind",
            "list",
            "organisation",
            "origin",
            "pass",
            "period",
            "post",
            "prolongation",
            "provider",
            "reason",
            "refusal",
            "request",
            "rests",
            "rows",
            "step",
            "suspension",
            "to",
            "told",
            "until",
            "user",
        ] {
            assert_ne!(label(key, &Value::Null), key);
        }
    }
}
