use super::*;
use crate::accounts::UserKind::*;
use Provider::*;

const SOMEONE: UserId = UserId(uuid::Uuid::from_u128(1));

fn claims(provider: Provider, email_verified: Option<bool>) -> Claims {
    let email = Email::parse("anne@exemple.fr").unwrap();
    Claims {
        provider,
        subject: Subject::parse("s").unwrap(),
        email,
        email_verified,
        first_name: Name::parse("Anne").ok(),
        last_name: Name::parse("Weber").ok(),
        birth_date: None,
        agency: None,
    }
}

const FRESH: UserId = UserId(uuid::Uuid::from_u128(9));
const ANYONE: SignIn<'static> = SignIn { expected: None, fresh: FRESH };

fn account(kind: UserKind) -> ExistingAccount {
    ExistingAccount {
        user: SOMEONE,
        kind,
        is_active: true,
        has_identity: false,
        has_identity_at_provider: false,
        may_change_subject: false,
    }
}

fn inactive(kind: UserKind) -> ExistingAccount {
    ExistingAccount { is_active: false, ..account(kind) }
}

fn elsewhere(kind: UserKind) -> ExistingAccount {
    ExistingAccount { has_identity: true, ..account(kind) }
}

fn same(kind: UserKind) -> ExistingAccount {
    ExistingAccount { has_identity_at_provider: true, ..elsewhere(kind) }
}

#[test]
fn a_known_subject_whose_address_is_anothers() {
    let other = ExistingAccount { user: UserId(uuid::Uuid::from_u128(2)), ..account(Professional) };
    let table = [
        (InclusionConnect, account(Professional), Ok(Login::Foreign(SOMEONE))),
        (ProConnect, account(Professional), Ok(Login::Foreign(SOMEONE))),
        (FranceConnect, account(JobSeeker), Err(LoginRefused::EmailInUse)),
        (FranceTravailConnect, account(JobSeeker), Err(LoginRefused::EmailInUse)),
    ];
    for (provider, known, expected) in table {
        for said in [None, Some(false), Some(true)] {
            let login = reconcile(&claims(provider, said), ANYONE, Some(&known), Some(&other));
            assert_eq!(login, expected, "OID-11 {provider:?} {said:?}");
            let own = reconcile(&claims(provider, said), ANYONE, Some(&known), Some(&known));
            assert_eq!(own, Ok(Login::Known(SOMEONE)), "OID-10 {provider:?} {said:?}");
        }
    }
}

#[test]
fn who_is_refused_with_an_address_the_provider_verified() {
    let table = [
        ("OID-15", InclusionConnect, None, Ok(Login::Open(FRESH, Professional))),
        ("OID-15", ProConnect, None, Ok(Login::Open(FRESH, Professional))),
        ("OID-15", FranceConnect, None, Ok(Login::Open(FRESH, JobSeeker))),
        ("OID-15", FranceTravailConnect, None, Ok(Login::Open(FRESH, JobSeeker))),
        ("OID-16", ProConnect, Some(inactive(Professional)), Err(LoginRefused::Inactive)),
        ("OID-17", ProConnect, Some(account(JobSeeker)), Err(LoginRefused::WrongKind)),
        ("OID-17", ProConnect, Some(account(Staff)), Err(LoginRefused::WrongKind)),
        ("OID-17", FranceConnect, Some(account(Professional)), Err(LoginRefused::WrongKind)),
        ("OID-17", FranceTravailConnect, Some(account(Staff)), Err(LoginRefused::WrongKind)),
        ("OID-14", ProConnect, Some(elsewhere(Professional)), Err(LoginRefused::EmailInUse)),
        ("OID-14", InclusionConnect, Some(elsewhere(JobSeeker)), Err(LoginRefused::EmailInUse)),
        ("OID-19", InclusionConnect, Some(account(Staff)), Err(LoginRefused::WrongKind)),
        ("OID-19", InclusionConnect, Some(elsewhere(Staff)), Err(LoginRefused::WrongKind)),
        ("OID-19", InclusionConnect, Some(same(Staff)), Err(LoginRefused::WrongKind)),
        ("OID-12", FranceConnect, Some(same(JobSeeker)), Err(LoginRefused::EmailInUse)),
        ("OID-12", FranceTravailConnect, Some(same(JobSeeker)), Err(LoginRefused::EmailInUse)),
        ("OID-12", InclusionConnect, Some(same(Professional)), Err(LoginRefused::EmailInUse)),
        ("OID-12", ProConnect, Some(same(Professional)), Ok(Login::Relink(SOMEONE))),
        ("OID-13", ProConnect, Some(account(Professional)), Ok(Login::Link(SOMEONE))),
        ("OID-13", InclusionConnect, Some(account(Professional)), Ok(Login::Link(SOMEONE))),
        ("OID-13", InclusionConnect, Some(account(JobSeeker)), Ok(Login::Link(SOMEONE))),
        ("OID-13", FranceConnect, Some(account(JobSeeker)), Err(LoginRefused::EmailInUse)),
        ("OID-13", FranceTravailConnect, Some(account(JobSeeker)), Err(LoginRefused::EmailInUse)),
    ];
    for (rule, provider, by_email, expected) in table {
        let login = reconcile(&claims(provider, Some(true)), ANYONE, None, by_email.as_ref());
        assert_eq!(login, expected, "{rule} {provider:?}");
    }
}

/// An unknown subject with the address of someone: what the provider says of it is worth what its contract says.
#[test]
fn an_address_nobody_proved_opens_no_account() {
    let table = [
        (InclusionConnect, Professional, None, Err(LoginRefused::UnverifiedEmail)),
        (InclusionConnect, Professional, Some(false), Err(LoginRefused::UnverifiedEmail)),
        (ProConnect, Professional, None, Ok(Login::Link(SOMEONE))),
        (ProConnect, Professional, Some(false), Err(LoginRefused::UnverifiedEmail)),
        (FranceConnect, JobSeeker, None, Err(LoginRefused::EmailInUse)),
        (FranceConnect, JobSeeker, Some(false), Err(LoginRefused::EmailInUse)),
        (FranceConnect, JobSeeker, Some(true), Err(LoginRefused::EmailInUse)),
        (FranceTravailConnect, JobSeeker, None, Err(LoginRefused::EmailInUse)),
        (FranceTravailConnect, JobSeeker, Some(true), Err(LoginRefused::EmailInUse)),
    ];
    for (provider, kind, said, expected) in table {
        let login = reconcile(&claims(provider, said), ANYONE, None, Some(&account(kind)));
        assert_eq!(login, expected, "OID-21 {provider:?} {said:?}");
    }
}

/// OID-12: the team lets the subject of one account change, and that of no other; a provider that verifies addresses still has
/// to, and none says that it is not theirs (OID-21). The kind and the state of the account are looked at first.
#[test]
fn a_subject_changes_once_the_team_lets_it() {
    let armed = |account: &ExistingAccount| ExistingAccount { may_change_subject: true, ..account.clone() };
    let closed = ExistingAccount { is_active: false, ..same(JobSeeker) };
    let table = [
        (FranceConnect, same(JobSeeker), None, Ok(Login::Relink(SOMEONE))),
        (FranceConnect, same(JobSeeker), Some(true), Ok(Login::Relink(SOMEONE))),
        (FranceConnect, same(JobSeeker), Some(false), Err(LoginRefused::EmailInUse)),
        (FranceTravailConnect, same(JobSeeker), None, Ok(Login::Relink(SOMEONE))),
        (InclusionConnect, same(Professional), Some(true), Ok(Login::Relink(SOMEONE))),
        (InclusionConnect, same(Professional), None, Err(LoginRefused::UnverifiedEmail)),
        (ProConnect, same(Professional), Some(false), Err(LoginRefused::UnverifiedEmail)),
        (FranceConnect, elsewhere(JobSeeker), Some(true), Err(LoginRefused::EmailInUse)),
        (FranceConnect, account(JobSeeker), Some(true), Err(LoginRefused::EmailInUse)),
        (FranceConnect, same(Professional), Some(true), Err(LoginRefused::WrongKind)),
        (FranceConnect, closed, None, Err(LoginRefused::Inactive)),
        (InclusionConnect, same(Staff), Some(true), Err(LoginRefused::WrongKind)),
    ];
    for (provider, known, said, expected) in table {
        let login = reconcile(&claims(provider, said), ANYONE, None, Some(&armed(&known)));
        assert_eq!(login, expected, "{provider:?} {known:?} {said:?}");
    }
}

/// OID-19: a subject tied to the team by whoever wrote it there opens nothing either.
#[test]
fn no_provider_signs_the_team_in() {
    for provider in Provider::ALL {
        let login = reconcile(&claims(*provider, Some(true)), ANYONE, Some(&same(Staff)), Some(&same(Staff)));
        assert_eq!(login, Err(LoginRefused::WrongKind), "{provider:?}");
    }
}

/// OID-15, OID-21, USR-9: whom nothing is opened for.
#[test]
fn nothing_is_opened_for_an_address_that_is_not_theirs_nor_without_a_name() {
    for provider in Provider::ALL {
        let unverified = reconcile(&claims(*provider, Some(false)), ANYONE, None, None);
        assert_eq!(unverified, Err(LoginRefused::UnverifiedEmail), "{provider:?}");
        let nameless = Claims { last_name: None, ..claims(*provider, Some(true)) };
        assert_eq!(
            reconcile(&nameless, ANYONE, None, None),
            Err(LoginRefused::UnknownAccount),
            "{provider:?}"
        );
    }
    let email = Email::parse("anne@francetravail.fr").unwrap();
    let agent = Claims { email, ..claims(FranceConnect, None) };
    assert_eq!(reconcile(&agent, ANYONE, None, None), Err(LoginRefused::WrongKind));
}

/// OID-20: before anything else.
#[test]
fn another_address_than_the_expected_one_signs_nobody_in() {
    let (expected, other) = (Email::parse("anne@exemple.fr").unwrap(), Email::parse("a@exemple.fr").unwrap());
    let known = account(Professional);
    for (expected, result) in
        [(&expected, Ok(Login::Known(SOMEONE))), (&other, Err(LoginRefused::OtherEmail))]
    {
        let sign_in = SignIn { expected: Some(expected), fresh: FRESH };
        let login = reconcile(&claims(ProConnect, Some(true)), sign_in, Some(&known), Some(&known));
        assert_eq!(login, result);
    }
}
