use uuid::Uuid;

use super::*;

const SOURCE: OrganisationId = OrganisationId(Uuid::from_u128(1));
const TARGET: OrganisationId = OrganisationId(Uuid::from_u128(2));

fn company(id: OrganisationId, kind: CompanyKind, source: CompanySource) -> Party {
    Party { id, kind: PartyKind::Company { kind, source }, is_closed: false, is_disabled: false }
}

fn asp(id: OrganisationId, kind: CompanyKind) -> Party {
    company(id, kind, CompanySource::Asp)
}

const COUNTS: [Count; 2] = [
    Count { category: Category::Members, moved: 3, left: 1, gone: 0 },
    Count { category: Category::Posts, moved: 2, left: 0, gone: 0 },
];

fn asked(source: &Party, target: &Party, categories: &[Category]) -> TransferCommand {
    TransferCommand {
        target: target.id,
        seen: version(source, target, &COUNTS),
        categories: categories.iter().copied().collect(),
        disable_source: true,
        to_antenna: false,
    }
}

/// Rule book 01 §13: « override for operators only », and of nothing else.
#[test]
fn an_operator_alone_gives_what_a_company_of_the_asp_has_to_an_antenna() {
    let source = asp(SOURCE, CompanyKind::Aci);
    let antenna = company(TARGET, CompanyKind::Aci, CompanySource::UserCreated);
    let closed = Party { is_closed: true, ..antenna };
    for (target, to_antenna, expected) in [
        (antenna, false, Err(TransferRefused::ToAntenna)),
        (antenna, true, Ok(())),
        (closed, true, Err(TransferRefused::Closed)),
    ] {
        let asked = TransferCommand { to_antenna, ..asked(&source, &target, &[Category::Members]) };
        assert_eq!(transfer(&source, &target, &COUNTS, &asked).map(drop), expected, "{to_antenna}");
    }
}

/// Rule book 01 §13, « Transfer company data ».
#[test]
fn what_the_target_may_not_have_does_not_move() {
    use Category as C;
    use CompanyKind::{Aci, Ei, Geiq};
    use TransferRefused as No;
    let (aci, ei, geiq) = (asp(SOURCE, Aci), asp(TARGET, Ei), asp(TARGET, Geiq));
    let (from_geiq, antenna) = (asp(SOURCE, Geiq), company(TARGET, Aci, CompanySource::UserCreated));
    let prescriber = Party { kind: PartyKind::Prescriber(PrescriberKind::Ml), ..ei };
    let hires = [C::ApplicationsReceived, C::Diagnoses];
    for (source, target, categories, expected, rule) in [
        (aci, ei, &[C::Members, C::Posts][..], Ok(()), "companies"),
        (aci, ei, &hires[..], Ok(()), "SIAE to SIAE"),
        (aci, aci, &[C::Members][..], Err(No::Same), "≠ source"),
        (aci, Party { is_closed: true, ..ei }, &[C::Members][..], Err(No::Closed), "closed"),
        (Party { is_closed: true, ..aci }, ei, &[C::Members][..], Err(No::Closed), "closed"),
        (aci, prescriber, &[C::Members][..], Err(No::NotCompanies), "a company"),
        (aci, antenna, &[C::Members][..], Err(No::ToAntenna), "ASP → antenna"),
        (
            company(SOURCE, Aci, CompanySource::UserCreated),
            antenna,
            &[C::Members][..],
            Ok(()),
            "antenna → antenna",
        ),
        (aci, geiq, &[C::Suspensions][..], Err(No::Unfit(C::Suspensions)), "IAE only"),
        (aci, geiq, &[C::Diagnoses][..], Err(No::Unfit(C::Diagnoses)), "IAE only"),
        (
            aci,
            geiq,
            &[C::ApplicationsReceived][..],
            Err(No::Unfit(C::ApplicationsReceived)),
            "hires under a PASS",
        ),
        (
            from_geiq,
            ei,
            &[C::ApplicationsReceived][..],
            Err(No::Unfit(C::ApplicationsReceived)),
            "hires without PASS",
        ),
        (from_geiq, geiq, &[C::ApplicationsReceived][..], Ok(()), "no diagnosis to move with"),
        (aci, ei, &hires[..1], Err(No::Apart(hires[0], hires[1])), "04 §1.5"),
        (aci, ei, &hires[1..], Err(No::Apart(hires[1], hires[0])), "04 §1.5"),
        (aci, ei, &[C::Controls][..], Err(No::Apart(C::Controls, hires[0])), "04 §1.5"),
    ] {
        let done = transfer(&source, &target, &COUNTS, &asked(&source, &target, categories)).map(drop);
        assert_eq!(done, expected, "{rule}: {source:?} {target:?} {categories:?}");
    }
}

/// A company that was disabled as it gave what it had gives nothing twice, nor that it is found no more.
#[test]
fn what_was_emptied_gives_nothing_more() {
    use Category as C;
    use TransferRefused as No;
    let (left, target) = (asp(SOURCE, CompanyKind::Aci), asp(TARGET, CompanyKind::Aci));
    let source = Party { is_disabled: true, ..left };
    let counts = |posts| {
        [
            Count { category: C::Posts, moved: posts, left: 0, gone: 0 },
            Count { category: C::Diagnoses, moved: 0, left: 0, gone: 0 },
            Count { category: C::Searchable, moved: 1, left: 0, gone: 0 },
        ]
    };
    let done = |source: &Party, posts: u32, categories: &[Category]| {
        let counts = counts(posts);
        let seen = version(source, &target, &counts);
        let asked = TransferCommand { seen, ..asked(source, &target, categories) };
        transfer(source, &target, &counts, &asked).map(drop)
    };
    assert_eq!(done(&source, 0, &[C::Posts]), Err(No::Emptied));
    assert_eq!(done(&source, 0, &[]), Err(No::Nothing), "it is disabled");
    assert_eq!(done(&source, 2, &[C::Posts]), Ok(()), "what it still has");
    assert_eq!(done(&source, 2, &[C::Posts, C::Searchable]), Err(No::Unfit(C::Searchable)));
    assert_eq!(done(&left, 2, &[C::Posts, C::Searchable]), Ok(()));
    assert_eq!(done(&left, 2, &[C::ApplicationsReceived]), Ok(()), "no diagnosis to move with");
}

#[test]
fn what_is_read_is_what_moves() {
    let (source, target) = (asp(SOURCE, CompanyKind::Aci), asp(TARGET, CompanyKind::Aci));
    let asked = asked(&source, &target, &[Category::Members]);
    let one_more = [Count { moved: 4, ..COUNTS[0] }, COUNTS[1]];
    assert_eq!(transfer(&source, &target, &one_more, &asked), Err(TransferRefused::Overtaken), "D32");
    let nothing = TransferCommand { categories: BTreeSet::new(), disable_source: false, ..asked.clone() };
    assert_eq!(transfer(&source, &target, &COUNTS, &nothing), Err(TransferRefused::Nothing));
    let disabled = TransferCommand { categories: BTreeSet::new(), ..asked.clone() };
    assert!(transfer(&source, &target, &COUNTS, &disabled).is_ok(), "it may be disabled alone");
    let (_, events) = transfer(&source, &target, &COUNTS, &asked).unwrap().into_parts();
    let moved = vec![COUNTS[0]];
    let expected = [
        told(SOURCE, OrganisationChange::DataGiven { to: TARGET, moved: moved.clone(), is_disabled: true }),
        told(TARGET, OrganisationChange::DataReceived { from: SOURCE, moved }),
    ];
    assert_eq!(events, expected, "STF-2: kept of both, what was chosen and no more");
}
