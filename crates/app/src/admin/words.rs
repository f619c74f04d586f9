//! The audit trail in French: codes are for machines.

use chrono::NaiveDate;
use iae_domain::Event;
use iae_domain::accounts::{LetterKind, Provider, UserKind};
use iae_domain::applications::draft::{NotSent, Step};
use iae_domain::applications::{PassFate, PassResult, RefusalReason, StateCode};
use iae_domain::budget::Budget;
use iae_domain::candidates::{Author, Field, LookUpKey, RelationOrigin};
use iae_domain::eligibility::AuthorKind;
use iae_domain::exports::{ExportFormat, ListKind};
use iae_domain::french;
use iae_domain::habilitations::Opinion;
use iae_domain::imports::ImportKind;
use iae_domain::organisations::members::{Held, Road};
use iae_domain::organisations::sync::{EndReason, SyncedPart};
use iae_domain::organisations::{AuthorisationStatus, CompanyKind, PrescriberKind};
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
        "account_letter" => "Message sur un compte",
        "invitation" => "Invitation",
        "organisation" => "Structure",
        "convention" => "Convention",
        "candidate" => "Dossier",
        "application" => "Candidature",
        "draft" => "Candidature en préparation",
        "habilitation" => "Demande d’habilitation",
        "diagnosis" => "Diagnostic",
        "parent" => "Structure d’origine",
        "pass" => "PASS IAE",
        "control_campaign" => "Campagne de contrôle",
        "control" => "Contrôle d’une structure",
        "export" => "Export",
        "import" => "Import",
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
        "ends_on" | "planned" => "Dernier jour de l’habilitation",
        "is_completed" => "Réponse à un complément",
        "is_recorded" => "Arrêté saisi sans demande",
        "is_renewal" => "Renouvellement",
        "is_renewed" => "Remplacée par un autre arrêté",
        "months" => "Mois avant la fin",
        "opinion" => "Avis de la commission",
        "application" => "Candidature",
        "asked" => "Demande d’inscription",
        "contact" => "Adressée à",
        "asp_id" => "Numéro à l’ASP",
        "attempts" => "Essais",
        "authorisation" => "Habilitation",
        "count" => "Nombre",
        "handed" => "Confié à des collègues",
        "is_admin" => "Administrateur",
        "is_last_admin" => "Dernier administrateur",
        "members" => "Collaborateurs",
        "membership" => "Appartenance",
        "road" => "Arrivée par",
        "sender" => "Invité par",
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
        "convention" => "Convention",
        "consent" => "Accord",
        "correction" => "Demande",
        "document" => "Document",
        "expired_on" => "Dernier jour prévu",
        "expires_on" => "Dernier jour",
        "from" if held.is_object() => "Dates d’avant",
        "from" => "État d’avant",
        "is_active" => "En vigueur",
        "falling" => "Conventions à désactiver",
        "filters" => "Filtres",
        "format" => "Format",
        "kind" => "Nature",
        "list" => "Liste",
        "pass" => "PASS IAE",
        "period" => "Dates",
        "post" => "Poste",
        "provider" => "Fournisseur d’identité",
        "reason" | "refusal" => "Motif",
        "removed" => "Supprimées",
        "rows" => "Lignes",
        "siret" => "SIRET",
        "step" => "Étape",
        "to" => "Dates d’après",
        "user" => "Compte",
        "version" => "Version",
        "written" => "Ajoutées ou modifiées",
        other => other,
    }
}

fn value(action: &str, key: &str, held: &Value) -> String {
    let text = held.as_str().unwrap_or_default();
    let known = match key {
        "authorisation" => AuthorisationStatus::parse(text).map(AuthorisationStatus::label),
        "because" if text == "new_password" => Some("nouveau mot de passe"),
        "because" if text == "person" => Some("à sa demande"),
        "because" => EndReason::parse(text).map(EndReason::label).or(cause(text)),
        "budget" => Budget::parse(text).map(Budget::label),
        "origin" => RelationOrigin::parse(text).map(RelationOrigin::label),
        "refusal" => NotSent::parse(text).map(NotSent::label),
        "road" => Road::parse(text).map(Road::label),
        "is_admin" | "is_last_admin" => held.as_bool().map(|is_so| if is_so { "oui" } else { "non" }),
        "is_active" => held.as_bool().map(|is_active| if is_active { "oui" } else { "non" }),
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
        "is_renewal" | "is_renewed" | "is_recorded" | "is_completed" => {
            held.as_bool().map(|is_so| if is_so { "oui" } else { "non" })
        }
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
    if let ("removed" | "written", Some(numbers)) = (key, held.as_array()) {
        return numbers.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
    }
    if let ("handed", Some(handed)) = (key, held.as_array()) {
        return handed.iter().filter_map(handed_over).collect::<Vec<_>>().join(", ");
    }
    if let Some(changes) = held.as_array() {
        let part = |code: &str| SyncedPart::parse(code).map(SyncedPart::label);
        let label = |code: &Value| Field::parse(code.as_str()?).map(Field::label).or(part(code.as_str()?));
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

fn is_id(held: &Value) -> bool {
    held.as_str().is_some_and(|text| text.parse::<Uuid>().is_ok())
}

fn day(held: &Value) -> Option<NaiveDate> {
    held.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests;
