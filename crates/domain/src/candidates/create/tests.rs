use uuid::Uuid;

use super::super::policy::tests::{candidate, inspector, orienteur, prescriber, siae, staff};
use super::*;
use crate::accounts::UserKind;
use crate::candidates::{
    Address, BirthDate, BirthPlace, EducationLevel, FranceTravailAnswer, FranceTravailIdMissingReason, Nir,
    NirAnswer, NirMissingReason, Title,
};
use crate::ids::UserId;
use crate::text::{AddressLine, Name, PhoneNumber};

fn command() -> NewCandidateCommand {
    NewCandidateCommand {
        id: CandidateId(Uuid::from_u128(9)),
        title: Title::Mister,
        first_name: Name::parse("Karim").unwrap(),
        last_name: Name::parse("Haddad").unwrap(),
        birth_date: BirthDate::known("1941-06-12".parse().unwrap()),
        birth_place: BirthPlace::France { commune: "80021".to_owned() },
        nir: NirAnswer::Known(Nir::parse("141068078200557").unwrap()),
        email: Email::parse("karim@poste.example").ok(),
        phone: None,
        address: Address {
            line_1: AddressLine::parse("3 rue des Frères").unwrap(),
            line_2: None,
            post_code: "67000".to_owned(),
            city: "Strasbourg".to_owned(),
            commune: "67482".to_owned(),
        },
        education_level: EducationLevel::CapOrBepDiploma,
        france_travail: FranceTravailAnswer::Missing(FranceTravailIdMissingReason::NotRegistered),
        duplicate_confirmed: false,
    }
}

fn refusal(command: NewCandidateCommand, facts: &CreateFacts) -> Option<CreateRefused> {
    create(&prescriber(), command, facts, DateTime::UNIX_EPOCH).err()
}

fn somebody() -> Account {
    Account { user: UserId(Uuid::from_u128(5)), kind: UserKind::JobSeeker, is_active: true }
}

/// CRE-6, USR-14: orienteurs, prescripteurs habilités and employers create files under their name.
#[test]
fn professionals_create_files() {
    for actor in [prescriber(), orienteur(), siae()] {
        let new = create(&actor, command(), &CreateFacts::default(), DateTime::UNIX_EPOCH).unwrap();
        let (new, events) = new.into_parts();
        assert_eq!(Some(new.created_by), actor.record().user);
        assert_eq!(Some(new.organisation), actor.record().organisation);
        assert_eq!(events.iter().map(crate::Event::name).collect::<Vec<_>>(), ["candidate.created"]);
    }
}

#[test]
fn nobody_else_does() {
    for actor in [candidate(), inspector(), staff(), Actor::System] {
        let refused = create(&actor, command(), &CreateFacts::default(), DateTime::UNIX_EPOCH).err();
        assert_eq!(refused, Some(CreateRefused::Denied(Denied::Role)));
    }
}

#[test]
fn what_the_nir_says_must_agree() {
    let facts = CreateFacts::default();
    let woman = NewCandidateCommand { title: Title::Madam, ..command() };
    assert_eq!(refusal(woman, &facts), Some(CreateRefused::Inconsistent(Inconsistency::Title)), "CON-1");
    let younger =
        NewCandidateCommand { birth_date: BirthDate::known("1942-06-12".parse().unwrap()), ..command() };
    assert_eq!(
        refusal(younger, &facts),
        Some(CreateRefused::Inconsistent(Inconsistency::BirthDate)),
        "CON-2"
    );
    let without = NirAnswer::Missing(NirMissingReason::NoNir);
    assert_eq!(
        refusal(NewCandidateCommand { nir: without, title: Title::Madam, ..command() }, &facts),
        None,
        "CON-3"
    );
}

#[test]
fn a_nir_and_an_address_belong_to_one_person() {
    let taken = CreateFacts { nir_holder: Some(CandidateId(Uuid::from_u128(5))), ..CreateFacts::default() };
    assert_eq!(refusal(command(), &taken), Some(CreateRefused::NirTaken), "DUP-1");
    let taken = CreateFacts { email_holder: Some(somebody()), ..CreateFacts::default() };
    assert_eq!(refusal(command(), &taken), Some(CreateRefused::EmailTaken), "DUP-1");
    let agency = NewCandidateCommand { email: Email::parse("a@francetravail.fr").ok(), ..command() };
    assert_eq!(refusal(agency, &CreateFacts::default()), Some(CreateRefused::ForbiddenDomain), "CON-8");
}

#[test]
fn an_address_or_a_phone_number_suffices() {
    let phone = || PhoneNumber::parse("06 12 34 56 78").ok();
    let told = |email: bool, phone: Option<PhoneNumber>| NewCandidateCommand {
        email: command().email.filter(|_| email),
        phone,
        ..command()
    };
    for (command, expected) in [
        (told(true, phone()), None),
        (told(true, None), None),
        (told(false, phone()), None),
        (told(false, None), Some(CreateRefused::Unreachable)),
    ] {
        assert_eq!(refusal(command, &CreateFacts::default()), expected, "D26");
    }
}

#[test]
fn a_possible_duplicate_must_be_confirmed() {
    let homonyms = vec![Some(Email::parse("jeanne@poste.example").unwrap()), None];
    let facts = CreateFacts { homonyms, ..CreateFacts::default() };
    let emails = vec![Some("j*****@p****.e******".to_owned()), None];
    assert_eq!(refusal(command(), &facts), Some(CreateRefused::PossibleDuplicate { emails }), "CRE-2");
    let confirmed = NewCandidateCommand { duplicate_confirmed: true, ..command() };
    assert_eq!(refusal(confirmed.clone(), &facts), None);
    let taken = CreateFacts { email_holder: Some(somebody()), ..facts };
    assert_eq!(
        refusal(confirmed, &taken),
        Some(CreateRefused::EmailTaken),
        "a confirmation forces nothing else"
    );
}
