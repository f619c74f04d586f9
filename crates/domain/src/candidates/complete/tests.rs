use uuid::Uuid;

use super::*;
use crate::candidates::{
    FranceTravailId, FranceTravailIdMissingReason, Missing, Nir, NirMissingReason, Title,
};
use crate::ids::CandidateId;

const EMPTY: CandidateFile = CandidateFile {
    id: CandidateId(Uuid::from_u128(9)),
    title: Some(Title::Mister),
    phone: None,
    birth_date: None,
    nir: None,
    france_travail: None,
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
        nir: Some(nir()),
        france_travail: Some(FranceTravailAnswer::Missing(FranceTravailIdMissingReason::Forgotten)),
    }
}

#[test]
fn what_is_missing_is_filled_and_kept() {
    assert_eq!(EMPTY.missing(), Missing { phone: true, birth_date: true, nir: true, france_travail: true });
    let (file, events) = EMPTY.complete(all()).unwrap().into_parts();
    assert_eq!(file.missing(), Missing::default());
    assert_eq!(events[0].name(), "candidate.completed");
}

/// SUB-31: posting what is filled changes nothing.
#[test]
fn what_is_filled_is_not_overwritten() {
    let file = EMPTY.complete(all()).unwrap().into_parts().0;
    let other = Complete {
        phone: Some(PhoneNumber::parse("07 00 00 00 00").unwrap()),
        birth_date: Some(born("1941-06-30")),
        nir: Some(no_nir()),
        france_travail: Some(FranceTravailAnswer::Known(FranceTravailId::parse("1234567A").unwrap())),
    };
    assert_eq!(file.clone().complete(other).unwrap().into_parts().0, file);
}

/// FND-4: a NIR takes the place of the reason there was none.
#[test]
fn a_nir_clears_the_reason_it_was_missing() {
    let file = CandidateFile { nir: Some(no_nir()), ..EMPTY };
    let completed = file.complete(Complete { nir: Some(nir()), ..Complete::default() }).unwrap();
    assert_eq!(completed.value().nir, Some(nir()));
}

/// CON-3: also when one of the two was already there.
#[test]
fn what_the_nir_says_must_agree_with_the_file() {
    let younger = CandidateFile { birth_date: Some(born("1980-06-12")), ..EMPTY };
    let refused = younger.complete(all()).err();
    assert_eq!(refused, Some(CompleteRefused::Inconsistent(Inconsistency::BirthDate)));
    let woman = CandidateFile { title: Some(Title::Madam), ..EMPTY };
    assert_eq!(woman.complete(all()).err(), Some(CompleteRefused::Inconsistent(Inconsistency::Title)));
}

#[test]
fn what_applying_and_hiring_ask() {
    let given = |nir| CandidateFile { nir, ..EMPTY.complete(all()).unwrap().into_parts().0 }.missing();
    assert!(given(None).suffices_to_apply() && !given(None).suffices_to_hire(), "ACC-2");
    assert!(given(Some(no_nir())).suffices_to_hire());
    assert!(!EMPTY.missing().suffices_to_apply(), "SUB-30");
}
