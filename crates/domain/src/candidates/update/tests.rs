use uuid::Uuid;

use super::*;
use crate::accounts::UserKind;
use crate::candidates::{BirthDate, BirthPlace, Country, Nir, NirMissingReason, Title};
use crate::ids::UserId;
use crate::text::{Email, Name, PhoneNumber};

const ID: CandidateId = CandidateId(Uuid::from_u128(9));
const VERSION: FileVersion = FileVersion(Some(FieldChangeId(Uuid::from_u128(1))));
const OPEN: Locks =
    Locks { is_bound_to_sso: false, is_certified: false, is_of_a_stranger: false, is_seen_by_team: false };

fn details() -> Details {
    Details {
        title: Some(Title::Mister),
        first_name: Name::parse("Karim").unwrap(),
        last_name: Name::parse("Benali").unwrap(),
        birth_date: Some(BirthDate::known("1941-06-12".parse().unwrap())),
        birth_place: Some(BirthPlace::France { commune: "57463".to_owned() }),
        nir: None,
        email: Some(Email::parse("karim@exemple.fr").unwrap()),
        phone: Some(PhoneNumber::parse("06 12 34 56 78").unwrap()),
        address: None,
        france_travail: None,
        education_level: None,
    }
}

fn file() -> RecordedFile {
    RecordedFile { id: ID, details: details(), locks: OPEN, version: VERSION }
}

fn nir() -> NirAnswer {
    NirAnswer::Known(Nir::parse("141068078200557").unwrap())
}

fn update(file: RecordedFile, given: Details) -> Result<UpdatedFile, UpdateRefused> {
    let changed = file.update(VERSION, given, Author::Professional, UpdateFacts::default())?;
    Ok(changed.value().clone())
}

/// HIS-1: what is kept says the part, before and after; the audit trail only the part.
#[test]
fn what_changes_is_kept_before_and_after() {
    let given = Details { phone: None, first_name: Name::parse("Karima").unwrap(), ..details() };
    let changes = details().changes_to(&given);
    let kept: Vec<_> = changes
        .iter()
        .map(|change| (change.field, change.before.as_deref(), change.after.as_deref()))
        .collect();
    let phone = "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78";
    assert_eq!(kept, [(Field::FirstName, Some("Karim"), Some("Karima")), (Field::Phone, Some(phone), None)]);
    assert_eq!(format!("{changes:?}"), "[FieldChange(first_name), FieldChange(phone)]");
}

#[test]
fn nothing_changed_is_a_confirmation() {
    let updated = update(file(), details()).unwrap();
    assert!(!updated.is_changed && !updated.drops_certification);
}

/// UPD-2, HIS-3, CNR-1, AUT-31: what is read-only, whatever is posted.
#[test]
fn what_is_read_only_stays() {
    use Field as F;
    let sso = Locks { is_bound_to_sso: true, ..OPEN };
    let certified = Locks { is_certified: true, ..OPEN };
    let stranger = Locks { is_of_a_stranger: true, ..OPEN };
    let team = Locks { is_seen_by_team: true, ..OPEN };
    let other = Details {
        title: Some(Title::Madam),
        first_name: Name::parse("Autre").unwrap(),
        last_name: Name::parse("Nom").unwrap(),
        birth_date: Some(BirthDate::known("1942-06-12".parse().unwrap())),
        birth_place: Some(BirthPlace::Abroad(Country::parse("109").unwrap())),
        email: Some(Email::parse("autre@exemple.fr").unwrap()),
        phone: None,
        ..details()
    };
    for (locks, changed) in [
        (OPEN, vec![F::Title, F::FirstName, F::LastName, F::BirthDate, F::BirthPlace, F::Email, F::Phone]),
        (sso, vec![F::BirthPlace, F::Phone]),
        (certified, vec![F::Email, F::Phone]),
        (stranger, vec![F::BirthPlace, F::Phone]),
        (team, vec![F::Title, F::FirstName, F::LastName, F::BirthDate, F::BirthPlace, F::Phone]),
    ] {
        let recorded = RecordedFile { locks, ..file() };
        let allowed = recorded.allowed(other.clone());
        let fields: Vec<Field> =
            recorded.details.changes_to(&allowed).into_iter().map(|change| change.field).collect();
        assert_eq!(fields, changed, "{locks:?}");
    }
    let unborn = Details { birth_place: None, ..details() };
    assert!(!certified.lock(Field::BirthPlace, &unborn), "HIS-3: editable while empty");
    let known = Details { nir: Some(nir()), ..details() };
    assert!(OPEN.lock(Field::Nir, &known), "CNR-1");
    let missing = NirAnswer::Missing(NirMissingReason::NoNir);
    assert!(!OPEN.lock(Field::Nir, &Details { nir: Some(missing), ..details() }), "CNR-3");
}

#[test]
fn what_is_refused() {
    let with_nir = |title| Details { title: Some(title), nir: Some(nir()), ..details() };
    let email = |text| Details { email: Some(Email::parse(text).unwrap()), ..details() };
    let someone = UserId(Uuid::from_u128(4));
    let facts = UpdateFacts {
        nir_holder: Some(someone.into()),
        email_holder: Some(Account { user: someone, kind: UserKind::JobSeeker, is_active: true }),
    };
    let none = UpdateFacts::default();
    for (given, facts, refused, rule) in [
        (with_nir(Title::Madam), none, UpdateRefused::Inconsistent(Inconsistency::Title), "CON-1"),
        (with_nir(Title::Mister), facts, UpdateRefused::NirTaken, "DUP-1"),
        (email("autre@exemple.fr"), facts, UpdateRefused::EmailTaken, "DUP-1"),
        (email("agent@francetravail.fr"), none, UpdateRefused::ForbiddenDomain, "CON-8"),
        (Details { email: None, phone: None, ..details() }, none, UpdateRefused::NoContact, "D26"),
    ] {
        let updated = file().update(VERSION, given, Author::Professional, facts);
        assert_eq!(updated.err(), Some(refused), "{rule}");
    }
    let old = file().update(FileVersion(None), details(), Author::Person, none);
    assert_eq!(old.err(), Some(UpdateRefused::Overtaken), "D32");
}

#[test]
fn another_identity_is_no_longer_vouched_for() {
    let renamed = Details { last_name: Name::parse("Haddad").unwrap(), ..details() };
    assert!(update(file(), renamed).unwrap().drops_certification, "HIS-2");
    let moved = Details { phone: None, ..details() };
    assert!(!update(file(), moved).unwrap().drops_certification);
}

/// D32: what one left alone takes what someone else recorded; what one changed stays as one typed it.
#[test]
fn only_what_was_typed_stands_against_what_others_changed() {
    let recorded = Details {
        phone: Some(PhoneNumber::parse("07 00 00 00 00").unwrap()),
        email: Some(Email::parse("neuf@exemple.fr").unwrap()),
        ..details()
    };
    let since = details().changes_to(&recorded);
    let typed = Details { email: Some(Email::parse("autre@exemple.fr").unwrap()), ..details() };
    let rebased = rebased(typed.clone(), &recorded, &since);
    assert_eq!((rebased.phone, rebased.email), (recorded.phone, typed.email));
}
