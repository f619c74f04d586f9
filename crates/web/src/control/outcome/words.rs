//! What is said of a decision: what it decides, how it reaches the SIAE, what was found, how the control ended.

use iae_domain::control::{
    Badge, Campaign, CompanyState, Control, ControlDecision, DecisionReader, DetailedSanctions, HireState,
    Outcome, Sanction, Withdrawal,
};
use iae_domain::time::paris_date;

use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::french::{date, period, plural, spaced};

/// One of the sanctions of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// What it is called.
    pub label: &'static str,
    /// Its days, or its words; none for who reads them in the letter ([`DecisionReader::reads`]).
    pub detail: Option<String>,
}

/// The badge of a decision.
pub(super) const fn state(decision: &ControlDecision) -> StateBadge {
    match decision.outcome() {
        Some(_) => of_control(Badge::Negative),
        None => ANNULLED,
    }
}

/// The decision before it says nothing any more.
pub(super) const ANNULLED: StateBadge =
    StateBadge { label: "Décision annulée", tone: "neutral", icon: "ban" };

/// What a decision decides, in short.
pub(super) fn labels(decision: &ControlDecision) -> Vec<&'static str> {
    match decision.outcome() {
        Some(outcome) => outcome.sanctions.chosen().into_iter().map(Sanction::label).collect(),
        None => vec![ANNULLED.label],
    }
}

/// What is decided, as this reader reads it.
pub(super) fn lines(outcome: &Outcome, reader: DecisionReader) -> Vec<Line> {
    let sanctions = &outcome.sanctions;
    let line = |one: Sanction| Line { label: one.label(), detail: detail(sanctions, one, reader) };
    sanctions.chosen().into_iter().map(line).collect()
}

fn detail(sanctions: &DetailedSanctions, one: Sanction, reader: DecisionReader) -> Option<String> {
    if !reader.reads(one, sanctions.is_significant()) {
        return None;
    }
    match one {
        Sanction::Training => sanctions.training.as_ref().map(|words| words.as_str().to_owned()),
        Sanction::None => sanctions.leniency.as_ref().map(|words| words.as_str().to_owned()),
        Sanction::TemporaryWithdrawal | Sanction::PermanentWithdrawal => sanctions.withdrawal.map(days),
        Sanction::SubsidyCut => {
            let cuts = i64::try_from(sanctions.cuts.len()).unwrap_or(i64::MAX);
            Some(plural(cuts, "PASS IAE concerné", "PASS IAE concernés"))
        }
    }
}

/// « du 1er février au 30 juin 2027 », « à partir du 1er février 2027, sans date de fin ».
pub(super) fn days(withdrawal: Withdrawal) -> String {
    match withdrawal.to {
        Some(to) => period(withdrawal.from, to),
        None => format!("à partir du {}, sans date de fin", date(withdrawal.from)),
    }
}

/// How a decision reaches the SIAE: by mail, if one was written (`is_mailed`).
pub(super) fn notified(decision: &ControlDecision, is_mailed: bool, reader: DecisionReader) -> String {
    match reader {
        _ if is_significant(decision) => "Par lettre recommandée avec accusé de réception".to_owned(),
        _ if is_mailed => {
            format!("Transmis par e-mail le {}", paris_date(decision.at).format("%d/%m/%Y"))
        }
        DecisionReader::Ddets => spaced(
            "Aucun e-mail n’est parti : cette structure n’a pas d’administrateur, prévenez-la par courrier",
        ),
        DecisionReader::Company => {
            spaced("Aucun e-mail n’est parti : votre structure n’a pas d’administrateur")
        }
    }
}

/// Whether it is notified by registered letter.
pub(super) fn is_significant(decision: &ControlDecision) -> bool {
    decision.outcome().is_some_and(|outcome| outcome.sanctions.is_significant())
}

/// What was found of a hire; none when nothing was.
pub(super) const fn motive(state: HireState) -> Option<&'static str> {
    match state {
        HireState::Pending => Some("Documents non transmis"),
        HireState::Processing => Some("Dépôt en ligne non terminé"),
        HireState::Uploaded => Some("Documents déposés, non transmis"),
        HireState::Refused | HireState::RefusedTwice => Some("Documents incomplets ou non conformes"),
        HireState::Accepted | HireState::Submitted => None,
    }
}

/// How a control ended, where nobody validated what there was (§1.19): a title, what happened. Said to its SIAE once it was told its
/// result, not before.
pub(in crate::control) fn ending(control: &Control) -> Option<(&'static str, &'static str)> {
    let state = control.reviewed.state(control.raw(), control.phase);
    let all_are_accepted = control.hires.iter().all(|hire| hire.state() == HireState::Accepted);
    match (control.phase, control.reviewed.finally_at, state) {
        (Campaign::Ended, None, CompanyState::Accepted) => Some((
            "Résultat positif\u{a0}: les justificatifs n’ont pas été contrôlés à temps",
            "La campagne s’est terminée avant que tous les justificatifs transmis soient traités. Le silence de l’administration vaut accord.",
        )),
        (Campaign::Ended, None, CompanyState::Refused) => Some((
            "Résultat négatif\u{a0}: les justificatifs attendus n’ont pas été transmis",
            "La campagne s’est terminée sans que la structure ait transmis tous les justificatifs attendus.",
        )),
        (_, Some(_), CompanyState::Accepted) if !all_are_accepted => Some((
            "Résultat positif\u{a0}: les justificatifs n’ont pas été contrôlés à temps",
            "La phase amiable s’est terminée avant que tous les justificatifs transmis soient traités. Le silence de l’administration vaut \
             accord.",
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use iae_domain::control::{Decided, NegativeReason, can_be_cut};
    use iae_domain::ids::{ControlDecisionId, ControlHireId, ControlId, UserId};
    use iae_domain::text::Message;
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn decided(sanctions: DetailedSanctions) -> ControlDecision {
        let comment = Message::parse("Deux attestations manquent.").unwrap();
        let outcome = Outcome { reason: NegativeReason::MissingProof, comment, sanctions };
        ControlDecision {
            id: ControlDecisionId(Uuid::nil()),
            control: ControlId(Uuid::nil()),
            decided: Decided::Outcome(outcome),
            replaces: None,
            by: UserId(Uuid::nil()),
            at: "2027-01-31T23:30:00Z".parse().unwrap(),
        }
    }

    fn training() -> DetailedSanctions {
        let training = Some(Message::parse("Le 3 mars à 9 h.").unwrap());
        DetailedSanctions { training, ..DetailedSanctions::default() }
    }

    fn withdrawn() -> DetailedSanctions {
        let withdrawal = Some(Withdrawal { from: day("2027-03-10"), to: Some(day("2027-06-30")) });
        let cuts = vec![(ControlHireId(Uuid::nil()), 50)];
        DetailedSanctions { withdrawal, cuts, ..training() }
    }

    fn details(sanctions: &DetailedSanctions, reader: DecisionReader) -> Vec<Option<String>> {
        let decision = decided(sanctions.clone());
        let outcome = decision.outcome().unwrap();
        let plain = |line: Line| line.detail.map(|detail| detail.replace('\u{a0}', " "));
        lines(outcome, reader).into_iter().map(plain).collect()
    }

    /// §1.15: « The DDETS side alone also sees: … detail of each decision with dates »; what is written to the SIAE by mail, it reads
    /// here too, and the days of a withdrawal, which it is held to (§1.16).
    #[test]
    fn what_a_letter_says_is_read_by_the_siae_in_the_letter() {
        let own = |text: &str| Some(text.to_owned());
        let days_of = own("du 10 mars au 30 juin 2027");
        let ddets = [own("Le 3 mars à 9 h."), days_of.clone(), own("1 PASS IAE concerné")];
        assert_eq!(details(&withdrawn(), DecisionReader::Ddets), ddets);
        assert_eq!(details(&withdrawn(), DecisionReader::Company), [None, days_of, None]);
        assert_eq!(details(&training(), DecisionReader::Company), [own("Le 3 mars à 9 h.")], "E20");
        let for_good = Withdrawal { from: day("2027-03-01"), to: None };
        assert_eq!(days(for_good), "à partir du 1er mars 2027, sans date de fin");
    }

    /// Its day is that of Paris.
    #[test]
    fn a_withdrawal_or_a_cut_is_notified_by_registered_letter() {
        use DecisionReader::{Company, Ddets};
        let annulled = ControlDecision { decided: Decided::Annulled, ..decided(withdrawn()) };
        for reader in [Ddets, Company] {
            for by_mail in [&decided(training()), &annulled] {
                assert_eq!(notified(by_mail, true, reader), "Transmis par e-mail le 01/02/2027");
            }
            let letter = "Par lettre recommandée avec accusé de réception";
            assert_eq!(notified(&decided(withdrawn()), false, reader), letter);
        }
        let nobody = notified(&annulled, false, Ddets).replace('\u{a0}', " ");
        let said =
            "Aucun e-mail n’est parti : cette structure n’a pas d’administrateur, prévenez-la par courrier";
        assert_eq!(nobody, said);
        assert!(!notified(&annulled, false, Company).contains("prévenez"), "the DDETS does");
        assert_eq!(labels(&annulled), ["Décision annulée"]);
    }

    /// A hire has a motive when its subsidy may be cut, and only then.
    #[test]
    fn every_irregular_hire_has_its_motive() {
        for state in HireState::ALL.iter().copied() {
            assert_eq!(motive(state).is_some(), can_be_cut(state), "{state:?}");
        }
    }
}
