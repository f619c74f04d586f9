use uuid::Uuid;

use super::*;
use crate::candidates::{
    FRANCE, FranceTravailId, FranceTravailIdMissingReason, Identification, Missing, Nir, NirMissingReason,
    Part, Title,
};
use crate::text::AddressLine;

const EMPTY: CandidateFile = CandidateFile {
    id: CandidateId(Uuid::from_u128(9)),
    title: Some(Title::Mister),
    phone: None,
    birth_date: None,
    birth_place: Part::Missing,
    nir: None,
    france_travail: None,
    address: Part::Missing,
};

fn nir() -> NirAnswer {
    NirAnswer::Known(Nir::parse("141068078200557").unwrap())
}

fn no_nir() -> NirAnswer {
    NirAnswer::Missing(NirMissingReason::NoNir)
}

fn born(text: &str) -> BirthDate {
    BirthDate::known(text.parse().unwrap())
}

fn all() -> Complete {
    Complete {
        phone: Some(PhoneNumber::parse("06 12 34 56 78").unwrap()),
        birth_date: Some(born("1941-06-12")),
        birth_place: Some(BirthPlace::Abroad(FRANCE)),
        nir: Some(nir()),
        france_travail: Some(FranceTravailAnswer::Missing(FranceTravailIdMissingReason::Forgotten)),
        address: Some(address("3 rue Serpenoise")),
    }
}

fn address(line_1: &str) -> Address {
    Address {
        line_1: AddressLine::parse(line_1).unwrap(),
        line_2: None,
        post_code: "57000".to_owned(),
        city: "Metz".to_owned(),
        commune: "57463".to_owned(),
    }
}

#[test]
fn what_is_missing_is_filled_and_kept() {
    let all_missing = Missing {
        phone: true,
        birth_date: true,
        birth_place: true,
        nir: true,
        france_travail: true,
        address: true,
    };
    assert_eq!(EMPTY.missing(), all_missing);
    let (file, events) = EMPTY.complete(all(), None).unwrap().into_parts();
    assert_eq!(file.missing(), Missing::default());
    assert_eq!(file.address.given(), Some(&address("3 rue Serpenoise")));
    assert_eq!(events[0].name(), "candidate.completed");
}

/// SUB-31: posting what is filled changes nothing.
#[test]
fn what_is_filled_is_not_overwritten() {
    let file = EMPTY.complete(all(), None).unwrap().into_parts().0;
    let other = Complete {
        phone: Some(PhoneNumber::parse("07 00 00 00 00").unwrap()),
        birth_date: Some(born("1941-06-30")),
        birth_place: None,
        nir: Some(no_nir()),
        france_travail: Some(FranceTravailAnswer::Known(FranceTravailId::parse("1234567A").unwrap())),
        address: Some(address("8 rue des Clercs")),
    };
    assert_eq!(file.clone().complete(other.clone(), None).unwrap().into_parts().0, file);
    let known = CandidateFile { address: Part::Known, birth_place: Part::Known, ..file };
    assert_eq!(known.complete(other, None).unwrap().value().address, Part::Known);
}

/// DUP-1: one NIR, one person.
#[test]
fn a_nir_is_one_persons() {
    let holder = |id| EMPTY.complete(all(), Some(CandidateId(Uuid::from_u128(id)))).err();
    assert_eq!(holder(10), Some(CompleteRefused::NirTaken));
    assert_eq!(holder(9), None, "the person themselves");
}

/// Rule book 02 §6.5, step 3: what identifies the person, the strongest first.
#[test]
fn a_nir_identifies_before_france_travail() {
    let known = FranceTravailAnswer::Known(FranceTravailId::parse("1234567A").unwrap());
    let missing = FranceTravailAnswer::Missing;
    for (nir, france_travail, expected) in [
        (Some(nir()), Some(known.clone()), Identification::Nir),
        (Some(no_nir()), Some(known), Identification::FranceTravailId),
        (None, Some(missing(FranceTravailIdMissingReason::NotRegistered)), Identification::NotRegistered),
        (Some(no_nir()), Some(missing(FranceTravailIdMissingReason::Forgotten)), Identification::Forgotten),
        (None, None, Identification::Forgotten),
    ] {
        let file = CandidateFile { nir, france_travail, ..EMPTY };
        assert_eq!(file.identification(), expected, "{file:?}");
    }
}

/// FND-4: a NIR takes the place of the reason there was none.
#[test]
fn a_nir_clears_the_reason_it_was_missing() {
    let file = CandidateFile { nir: Some(no_nir()), ..EMPTY };
    let completed = file.complete(Complete { nir: Some(nir()), ..Complete::default() }, None).unwrap();
    assert_eq!(completed.value().nir, Some(nir()));
}

/// CON-3: also when one of the two was already there.
#[test]
fn what_the_nir_says_must_agree_with_the_file() {
    let younger = CandidateFile { birth_date: Some(born("1980-06-12")), ..EMPTY };
    let refused = younger.complete(all(), None).err();
    assert_eq!(refused, Some(CompleteRefused::Inconsistent(Inconsistency::BirthDate)));
    let woman = CandidateFile { title: Some(Title::Madam), ..EMPTY };
    assert_eq!(woman.complete(all(), None).err(), Some(CompleteRefused::Inconsistent(Inconsistency::Title)));
}

#[test]
fn what_applying_and_hiring_ask() {
    let given = |nir| CandidateFile { nir, ..EMPTY.complete(all(), None).unwrap().into_parts().0 }.missing();
    assert!(given(None).suffices_to_apply() && !given(None).suffices_to_hire(), "ACC-2");
    assert!(given(Some(no_nir())).suffices_to_hire());
    let nowhere = Missing { address: true, ..Missing::default() };
    let unborn = Missing { birth_place: true, ..Missing::default() };
    for missing in [nowhere, unborn] {
        assert!(missing.suffices_to_apply() && !missing.suffices_to_hire(), "{missing:?}");
    }
    assert!(!EMPTY.missing().suffices_to_apply(), "SUB-30");
}
