use uuid::Uuid;

use super::TransferPart::{Accompaniments, Applications, Diagnoses, Passes};
use super::*;

const FROM: CandidateId = CandidateId(Uuid::from_u128(1));
const TO: CandidateId = CandidateId(Uuid::from_u128(2));

fn days(start: &str, end: &str) -> Period {
    Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
}

/// A file with a PASS and the hire it was issued for.
fn hired() -> FileParts {
    FileParts {
        passes: vec![days("2026-01-05", "2028-01-04")],
        diagnoses: 1,
        applications: 2,
        hires_under_passes: 1,
        hires_on_diagnoses: 1,
        accompaniments: 3,
        ..FileParts::default()
    }
}

fn asked(parts: &[TransferPart], facts: &TransferFacts) -> AskTransfer {
    AskTransfer {
        id: CandidateTransferId(Uuid::from_u128(3)),
        from: FROM,
        to: TO,
        parts: parts.to_vec(),
        seen: facts.seen(),
        is_same_person: false,
        remark: Message::parse("Deux dossiers, une personne.").unwrap(),
    }
}

fn at() -> DateTime<Utc> {
    "2026-05-04T09:00:00Z".parse().unwrap()
}

/// Rule book 03 §8: I6, I14, and a hire with its PASS.
#[test]
fn what_goes_and_what_stays_agree() {
    use DataTransferRefused as No;
    let alone = FileParts { applications: 2, accompaniments: 1, diagnoses: 1, ..FileParts::default() };
    let free = FileParts { hires_under_passes: 0, hires_on_diagnoses: 0, ..hired() };
    let on_diagnosis = FileParts { passes: vec![], hires_under_passes: 0, ..hired() };
    let table: [(&FileParts, &[TransferPart], Option<No>); 16] = [
        (&hired(), &[Passes, Diagnoses, Applications, Accompaniments], None),
        (&hired(), &[Passes, Diagnoses, Applications], None),
        (&hired(), &[Accompaniments], None),
        (&hired(), &[Passes], Some(No::PassesWithoutDiagnoses)),
        (&hired(), &[Diagnoses], Some(No::DiagnosesWithoutPasses)),
        (&hired(), &[Passes, Diagnoses], Some(No::PassesWithoutHires)),
        (&hired(), &[Applications], Some(No::HiresWithoutPasses)),
        (&free, &[Passes, Diagnoses], None),
        (&free, &[Applications], None),
        (&on_diagnosis, &[Applications], Some(No::HiresWithoutDiagnoses)),
        (&on_diagnosis, &[Diagnoses], Some(No::DiagnosesWithoutHires)),
        (&on_diagnosis, &[Diagnoses, Applications], None),
        (&alone, &[Diagnoses], None),
        (&alone, &[Applications, Applications], None),
        (&alone, &[Passes], Some(No::Nothing)),
        (&alone, &[], Some(No::Nothing)),
    ];
    for (from, parts, expected) in table {
        let facts = TransferFacts { from: from.clone(), to: FileParts::default() };
        let done = transfer(asked(parts, &facts), &facts, at());
        assert_eq!(done.err(), expected, "{from:?} {parts:?}");
    }
}

/// I6.
#[test]
fn two_passes_of_one_person_never_share_a_day() {
    let all = [Passes, Diagnoses, Applications];
    for (there, is_free) in [
        (days("2024-01-04", "2026-01-04"), true),
        (days("2028-01-05", "2030-01-04"), true),
        (days("2024-01-06", "2026-01-05"), false),
        (days("2027-06-01", "2029-05-31"), false),
    ] {
        let to = FileParts { passes: vec![there], ..FileParts::default() };
        let facts = TransferFacts { from: hired(), to };
        let done = transfer(asked(&all, &facts), &facts, at());
        let expected =
            DataTransferRefused::OverlappingPasses { going: days("2026-01-05", "2028-01-04"), there };
        assert_eq!(done.err(), (!is_free).then_some(expected), "{there:?}");
    }
}

/// D32.
#[test]
fn a_form_older_than_the_files_is_refused() {
    let facts = TransferFacts { from: hired(), to: FileParts::default() };
    let form = asked(&[Accompaniments], &facts);
    let since = TransferFacts { from: FileParts { applications: 3, ..hired() }, ..facts };
    assert_eq!(transfer(form, &since, at()).err(), Some(DataTransferRefused::Overtaken));
}

#[test]
fn both_files_remember_it_and_a_file_gives_nothing_to_itself() {
    let facts = TransferFacts { from: hired(), to: FileParts::default() };
    let done = transfer(asked(&[Accompaniments, Accompaniments], &facts), &facts, at()).unwrap();
    assert_eq!(done.value().parts, [Accompaniments], "once");
    let (_, events) = done.into_parts();
    let said: Vec<_> = events.iter().map(|event| (event.name(), event.subject().id)).collect();
    assert_eq!(said, [("candidate.data_sent", FROM.0), ("candidate.data_received", TO.0)]);
    let itself = AskTransfer { to: FROM, ..asked(&[Accompaniments], &facts) };
    assert_eq!(transfer(itself, &facts, at()).err(), Some(DataTransferRefused::SameFile));
}
