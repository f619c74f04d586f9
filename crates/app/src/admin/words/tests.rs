//! What staff read of the trail.

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
    let accepted = details("application.accepted", r#"{"from": "processing", "pass": "issued"}"#);
    assert_eq!(accepted[0], format!("État d’avant\u{a0}: {}", StateCode::Processing.label()));
    assert_eq!(accepted[1], "PASS IAE\u{a0}: PASS IAE délivré");
    let moved = details("pass.moved", r#"{"from": {"start": "2026-03-03", "end": "2026-04-05"}}"#);
    assert_eq!(moved, ["Dates d’avant\u{a0}: du 3 mars au 5 avril 2026"]);
    assert_eq!(
        details("diagnosis.made", r#"{"expires_on": "2026-08-11"}"#)[0],
        "Dernier jour\u{a0}: 10 août 2026"
    );
    let exported = details("export.made", r#"{"filters": "", "rows": 3}"#);
    assert_eq!(exported, ["Lignes\u{a0}: 3"], "an export without filters names none");
    assert!(details("export.made", "null").is_empty());
    let spent = details("account.budget_spent", r#"{"budget": "look_up", "organisation": null}"#);
    assert_eq!(spent, ["Limite\u{a0}: Recherches de personnes"], "nothing is said of what is not there");
    let suspended = details(
        "pass.suspended",
        r#"{"reason": "contract_broken", "ends": {"from": "2028-05-02", "to": "2028-06-01"}}"#,
    );
    assert_eq!(suspended[0], "Dernier jour du PASS IAE\u{a0}: 1er juin 2028 (avant\u{a0}: 2 mai 2028)");
    assert_eq!(suspended[1], "Motif\u{a0}: Contrat de travail rompu");
    assert_eq!(
        details("application.cancelled", r#"{"pass": "deleted"}"#),
        ["PASS IAE\u{a0}: PASS IAE supprimé"]
    );
    let reminded =
        details("pass.prolongation_reminded", r#"{"told": ["01900000-0000-7000-8000-000000000000"]}"#);
    assert_eq!(reminded, ["Prévenus\u{a0}: 1\u{a0}compte"]);
    let nobody = details("pass.prolongation_reminded", r#"{"told": []}"#);
    assert_eq!(nobody, ["Prévenus\u{a0}: aucun compte"]);
    let imported = details("organisation.created", r#"{"authorisation": "NOT_SET", "is_active": false}"#);
    assert_eq!(imported[1], "En vigueur\u{a0}: non");
    assert!(!imported[0].contains("NOT_SET"), "{imported:?}");
}

/// `training` and `other` are reasons of several things.
#[test]
fn a_reason_is_one_of_what_was_done() {
    for (action, code, said) in [
        ("application.refused", "training", RefusalReason::Training.label()),
        ("application.refused", "other", RefusalReason::Other.label()),
        ("pass.suspended", "contract_broken", SuspensionReason::ContractBroken.label()),
        ("pass.suspension_changed", "contract_broken", SuspensionReason::ContractBroken.label()),
        ("pass.prolongation_declared", "training", ProlongationReason::Training.label()),
        ("pass.prolongation_asked", "training", ProlongationReason::Training.label()),
        ("pass.prolongation_denied", "duration", DenialReason::Duration.label()),
        ("pass.closed", "other", ClosureReason::Other.label()),
        ("pass.corrected", "other", CorrectionReason::Other.label()),
        ("pass.closed", "lost", "lost"),
    ] {
        let row = details(action, &format!(r#"{{"reason": "{code}"}}"#));
        assert_eq!(row, [format!("Motif\u{a0}: {said}")], "{action}");
    }
}

/// Each field an event keeps has its word: what is written to the trail and not said here fails.
#[test]
fn every_field_of_an_event_is_said_in_french() {
    for key in [
        "accepted_by",
        "added",
        "adversarial_from",
        "advisor",
        "annex",
        "application",
        "attempts",
        "authorisation",
        "because",
        "budget",
        "by",
        "by_default",
        "changes",
        "companies",
        "company",
        "consent",
        "correction",
        "criterion",
        "cuts",
        "decision",
        "digest",
        "document",
        "end",
        "ends",
        "expired_on",
        "expires_on",
        "filters",
        "forced",
        "format",
        "from",
        "frozen",
        "hire",
        "hired_by",
        "hires",
        "into",
        "is_active",
        "is_adversarial",
        "is_certified",
        "is_disabled",
        "kind",
        "level",
        "list",
        "mail",
        "moved",
        "organisation",
        "origin",
        "pass",
        "period",
        "post",
        "prolongation",
        "proofs",
        "provider",
        "ratio",
        "reason",
        "refusal",
        "request",
        "review",
        "rows",
        "sanctions",
        "step",
        "suspension",
        "to",
        "to_control",
        "to_notify",
        "told",
        "until",
        "user",
        "withdrawal",
    ] {
        assert_ne!(label("", key, &Value::Null), key);
    }
}

/// Of two things named alike, each is said for what it is.
#[test]
fn what_moved_and_what_was_controlled_are_said_in_words() {
    let source = "01900000-0000-7000-8000-000000000000";
    let received = details(
        "organisation.data_received",
        &format!(
            r#"{{"from": "{source}", "moved": [{{"category": "posts", "moved": 3, "left": 0}}, {{"category": "brand", "moved": 0, "left": 0}}]}}"#
        ),
    );
    assert_eq!(received[0], format!("Structure d’origine\u{a0}: {source}"));
    assert!(received[1].ends_with("Fiches de poste (3)"), "{received:?}");
    let given = details("organisation.data_given", r#"{"is_disabled": true, "moved": []}"#);
    assert_eq!(given[0], "Structure désactivée\u{a0}: oui");
    assert!(given[1].ends_with("rien"), "{given:?}");
    let absorbed = details("organisation.absorbed", &format!(r#"{{"former": "{source}"}}"#));
    assert!(absorbed[0].starts_with("Structure qui n’est plus"), "{absorbed:?}");
    let launched = details("control_campaign.launched", r#"{"ratio": 30, "companies": 2, "hires": 8}"#);
    assert!(launched.contains(&"Taux de contrôle\u{a0}: 30\u{a0}%".to_owned()), "{launched:?}");
    let reviewed =
        details("control.reviewed", r#"{"criterion": "RSA", "from": "pending", "to": "accepted"}"#);
    assert!(reviewed.contains(&"Avis d’avant\u{a0}: En attente".to_owned()), "{reviewed:?}");
    assert!(
        reviewed.contains(&"Avis\u{a0}: Validé".to_owned()),
        "not that an application was accepted: {reviewed:?}"
    );
    let decided = details(
        "control.decided",
        r#"{"reason": "delay", "withdrawal": {"from": "2026-10-01", "to": null}}"#,
    );
    assert!(decided[1].ends_with("à partir du 1er octobre 2026, sans fin"), "{decided:?}");
    let frozen = details("control_campaign.list_frozen", r#"{"digest": "ba5a0123ba5a0123"}"#);
    assert!(frozen[0].ends_with("ba5a0123 ba5a0123"), "{frozen:?}");
}
