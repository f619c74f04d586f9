//! What may become of a structure, case by case.

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use super::super::OrganisationName;
use super::*;
use crate::ids::{JobDescriptionId, MembershipId};

const SIREN: &str = "380123456";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 4).unwrap()
}

fn moment() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-01-10T09:00:00Z").unwrap().to_utc()
}

fn remark() -> SupportRemark {
    SupportRemark::parse("Demandé par la structure, extrait Kbis reçu.").unwrap()
}

fn siret(text: &str) -> Siret {
    Siret::parse(text).unwrap()
}

/// A company of the flow, with the convention of its number, signed by its SIREN.
fn company(number: u128, kind: CompanyKind, at: &str) -> Structure {
    let convention = kind.is_siae().then(|| (ConventionId(Uuid::from_u128(number + 100)), siret(at)));
    Structure {
        id: OrganisationId(Uuid::from_u128(number)),
        family: OrganisationFamily::Company,
        name: format!("Structure {number}"),
        siret: Some(siret(at)),
        held_since: Some(moment()),
        is_closed: false,
        version: moment(),
        company: Some(CompanyFacts {
            kind,
            source: CompanySource::Asp,
            convention,
            is_active: true,
            antennas: 0,
        }),
    }
}

fn with(mut structure: Structure, change: impl FnOnce(&mut CompanyFacts)) -> Structure {
    change(structure.company.as_mut().unwrap());
    structure
}

/// An antenna of a company.
fn antenna(of: &Structure, number: u128, at: &str) -> Structure {
    let facts = of.company.clone().unwrap();
    let structure = company(number, facts.kind, at);
    with(structure, |own| {
        own.source = CompanySource::UserCreated;
        own.convention = facts.convention;
    })
}

fn id() -> SuccessionId {
    SuccessionId(Uuid::from_u128(9))
}

fn changed(structure: &Structure, to: &str, day: NaiveDate) -> Result<ChangedSiret, SuccessionRefused> {
    let change = SiretChange { siret: siret(to), effective_on: day, remark: remark() };
    structure.change_siret(id(), change, today()).map(|changed| changed.into_parts().0)
}

/// CMP-5, CMP-8: past or today, after the SIRET it has began, within the SIREN of its convention for an antenna.
#[test]
fn a_siret_changes_on_a_day_that_is_known() {
    use SuccessionRefused as R;
    let aci = company(1, CompanyKind::Aci, "38012345600011");
    let of_today = changed(&aci, "38012345600029", today()).unwrap();
    assert_eq!((of_today.before.as_str(), of_today.since), ("38012345600011", None), "from now on");
    let march = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    let since = changed(&aci, "38012345600029", march).unwrap().since.unwrap();
    assert_eq!(since.to_rfc3339(), "2026-02-28T23:00:00+00:00", "midnight in Paris");
    let closed = Structure { is_closed: true, ..aci.clone() };
    let nameless = Structure { siret: None, ..aci.clone() };
    let own = antenna(&aci, 2, "38012345600037");
    let held = NaiveDate::from_ymd_opt(2026, 1, 10).unwrap();
    for (structure, to, day, refused) in [
        (&aci, "38012345600029", today() + Days::new(1), R::Future),
        (&aci, "38012345600011", today(), R::SameSiret),
        (&aci, "38012345600029", held, R::BeforeSiret(held)),
        (&closed, "38012345600029", today(), R::Closed),
        (&nameless, "38012345600029", today(), R::NoSiret),
        (&own, "49012345600029", today(), R::AntennaSiren),
    ] {
        assert_eq!(changed(structure, to, day).map(drop), Err(refused), "{to} on {day}");
    }
    assert!(changed(&own, "38012345600045", today()).is_ok(), "within its SIREN");
    assert!(changed(&aci, "49012345600029", today()).is_ok(), "another SIREN is the team's to record");
}

/// What the team reads before another SIREN is recorded.
#[test]
fn another_legal_unit_is_said_with_all_it_leaves() {
    use SiretWarning as W;
    let aci = with(company(1, CompanyKind::Aci, "38012345600011"), |own| own.antennas = 2);
    let geiq = with(company(2, CompanyKind::Geiq, "38012345600011"), |own| own.source = CompanySource::Geiq);
    for (structure, to, said) in [
        (&aci, "38012345600029", vec![W::Key, W::Flow]),
        (&aci, "49012345600029", vec![W::Key, W::OtherSiren, W::Convention, W::Antennas(2), W::Flow]),
        (&geiq, "38012345600028", vec![]),
        (&geiq, "49012345600029", vec![W::Key, W::OtherSiren]),
    ] {
        assert_eq!(structure.warnings(&siret(to)), said, "{to}");
    }
}

/// Rule book 01 §3.1: one regime of eligibility, so that diagnoses and PASS hold.
#[test]
fn kinds_go_together_when_their_people_are_under_one_regime() {
    for source in CompanyKind::ALL {
        for target in CompanyKind::ALL {
            let together = source == target || (source.is_siae() && target.is_siae());
            assert_eq!(may_absorb(*target, *source), together, "{source} into {target}");
        }
    }
}

fn merged(source: &Structure, target: &Structure) -> Result<Merger, SuccessionRefused> {
    let asked = (id(), today(), remark());
    source.merge_into(target, asked, today()).map(|changed| changed.into_parts().0)
}

#[test]
fn a_structure_is_merged_into_one_that_is_there() {
    use SuccessionRefused as R;
    let aci = company(1, CompanyKind::Aci, "38012345600011");
    let other = company(2, CompanyKind::Ei, "49012345600011");
    let merger = merged(&aci, &other).unwrap();
    let Merger { succession, plan, antennas } = merger;
    assert_eq!((succession.source, succession.target, antennas), (aci.id, other.id, None));
    assert_eq!((plan.source, plan.target), (aci.id, other.id), "what moves goes the same way");
    let expired = with(other.clone(), |own| own.is_active = false);
    let closed = Structure { is_closed: true, ..other.clone() };
    let prescriber = Structure { family: OrganisationFamily::Prescriber, company: None, ..other.clone() };
    let geiq = with(company(3, CompanyKind::Geiq, "49012345600011"), |own| own.source = CompanySource::Geiq);
    let own = antenna(&aci, 4, "38012345600037");
    for (source, target, refused) in [
        (&aci, &aci, R::SameStructure),
        (&aci, &expired, R::TargetInactive),
        (&aci, &closed, R::TargetInactive),
        (&closed, &aci, R::Closed),
        (&aci, &prescriber, R::NotCompany),
        (&prescriber, &aci, R::NotCompany),
        (&aci, &geiq, R::Kinds),
        (&aci, &own, R::IntoAntenna),
    ] {
        assert_eq!(merged(source, target).map(drop), Err(refused), "{} into {}", source.name, target.name);
    }
    assert!(merged(&own, &aci).is_ok(), "an antenna goes back into its company");
    let late = aci.merge_into(&other, (id(), today() + Days::new(1), remark()), today());
    assert_eq!(late.map(drop), Err(R::Future));
}

/// CMP-8: antennas follow to a convention of their SIREN and kind; else the merger waits for them.
#[test]
fn antennas_are_never_left_without_a_company_of_theirs() {
    let aci = with(company(1, CompanyKind::Aci, "38012345600011"), |own| own.antennas = 3);
    let same = company(2, CompanyKind::Aci, "38012345600052");
    let conventions = |one: &Structure| one.company.as_ref().unwrap().convention.clone().unwrap().0;
    assert_eq!(merged(&aci, &same).unwrap().antennas, Some((conventions(&aci), conventions(&same))));
    for target in
        [company(3, CompanyKind::Aci, "49012345600011"), company(4, CompanyKind::Ei, "38012345600060")]
    {
        assert_eq!(
            merged(&aci, &target).map(drop),
            Err(SuccessionRefused::AntennasStay(3)),
            "{}",
            target.name
        );
    }
}

fn part() -> SplitPart {
    let member = |number, is_admin| (MembershipId(Uuid::from_u128(number)), is_admin);
    SplitPart {
        posts: vec![JobDescriptionId(Uuid::from_u128(30))],
        members: vec![member(40, true), member(41, false)],
        antennas: vec![],
    }
}

fn split(
    source: &Structure,
    target: &Structure,
    part: SplitPart,
    administrators: usize,
) -> Result<SplitOff, SuccessionRefused> {
    let asked = (id(), today(), remark());
    source.split_off(target, asked, (part, administrators), today()).map(|changed| changed.into_parts().0)
}

/// MEM-6: whoever stays is administered by someone.
#[test]
fn a_part_leaves_and_somebody_administers_the_rest() {
    use SuccessionRefused as R;
    let aci = company(1, CompanyKind::Aci, "38012345600011");
    let other = company(2, CompanyKind::Aci, "49012345600011");
    assert_eq!(split(&aci, &other, part(), 2).unwrap().part, part());
    assert_eq!(split(&aci, &other, part(), 1).map(drop), Err(R::NoAdministratorLeft));
    assert_eq!(split(&aci, &other, SplitPart::default(), 1).map(drop), Err(R::NothingChosen));
    let members = SplitPart { members: vec![], ..part() };
    assert!(split(&aci, &other, members, 0).is_ok(), "nobody administered it before");
    let antennas = SplitPart { antennas: vec![OrganisationId(Uuid::from_u128(50))], ..part() };
    assert_eq!(split(&aci, &other, antennas.clone(), 2).map(drop), Err(R::AntennasStay(1)), "CMP-8");
    let same = company(3, CompanyKind::Aci, "38012345600052");
    let convention = same.company.as_ref().unwrap().convention.clone().unwrap().0;
    assert_eq!(split(&aci, &same, antennas, 2).unwrap().convention, Some(convention));
}

/// CMP-13, CMP-21: of its SIREN, an antenna; of another one, the team's until the State knows it.
#[test]
fn a_structure_is_founded_to_take_the_part() {
    let aci = company(1, CompanyKind::Aci, "38012345600011");
    let name = OrganisationName::parse("Les Jardins du Sud").unwrap();
    let own = OrganisationId(Uuid::from_u128(7));
    for (at, source, shares) in [
        ("38012345600078", CompanySource::UserCreated, true),
        ("49012345600078", CompanySource::StaffCreated, false),
    ] {
        let founded = Founded { siret: siret(at), name: name.clone() };
        let founded = aci.founded(own, &founded).unwrap();
        let facts = founded.company.as_ref().unwrap();
        assert_eq!((facts.source, facts.convention.is_some()), (source, shares), "{at}");
        assert!(split(&aci, &founded, part(), 2).is_ok(), "{at}");
        assert_eq!(founded.siren() == Some(SIREN), shares);
    }
}

/// A control stays of the structure that hired; the one that remains keeps saying what it is.
#[test]
fn everything_moves_but_controls_and_what_is_said_of_oneself() {
    use super::super::transfer::Category as C;
    let aci = company(1, CompanyKind::Aci, "38012345600011");
    let other = company(2, CompanyKind::Ei, "49012345600011");
    let plan = merged(&aci, &other).unwrap().plan;
    assert!(plan.disable_source);
    let left: Vec<C> = C::ALL.iter().copied().filter(|one| !plan.categories.contains(one)).collect();
    assert_eq!(left, [C::Controls, C::Brand, C::Description, C::Searchable, C::Phone]);
}

#[test]
fn the_parts_make_the_whole() {
    let part = Part { piece: Piece::Applications, whole: 12, leaving: 5 };
    assert_eq!(part.leaving + part.staying(), part.whole);
}
