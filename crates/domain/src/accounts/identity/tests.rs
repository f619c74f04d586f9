use super::*;
use crate::accounts::UserKind::*;
use Provider::*;

const SOMEONE: UserId = UserId(uuid::Uuid::from_u128(1));

fn claims(provider: Provider, email_verified: Option<bool>) -> Claims {
    let email = Email::parse("anne@exemple.fr").unwrap();
    Claims { provider, subject: Subject::parse("s").unwrap(), email, email_verified }
}

fn account(kind: UserKind) -> ExistingAccount {
    ExistingAccount {
        user: SOMEONE,
        kind,
        is_active: true,
        has_identity: false,
        has_identity_at_provider: false,
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
        (InclusionConnect, account(Professional), Ok(Login::Known(SOMEONE))),
        (InclusionConnect, account(Staff), Ok(Login::Known(SOMEONE))),
        (ProConnect, account(Professional), Ok(Login::Known(SOMEONE))),
        (FranceConnect, account(JobSeeker), Err(LoginRefused::EmailInUse)),
        (FranceTravailConnect, account(JobSeeker), Err(LoginRefused::EmailInUse)),
    ];
    for (provider, known, expected) in table {
        for said in [None, Some(false), Some(true)] {
            let login = reconcile(&claims(provider, said), Some(&known), Some(&other));
            assert_eq!(login, expected, "OID-11 {provider:?} {said:?}");
            let own = reconcile(&claims(provider, said), Some(&known), Some(&known));
            assert_eq!(own, Ok(Login::Known(SOMEONE)), "OID-10 {provider:?} {said:?}");
        }
    }
}

#[test]
fn who_is_refused_with_an_address_the_provider_verified() {
    let table = [
        ("OID-15", InclusionConnect, None, Err(LoginRefused::UnknownAccount)),
        ("OID-15", FranceConnect, None, Err(LoginRefused::UnknownAccount)),
        ("OID-16", ProConnect, Some(inactive(Professional)), Err(LoginRefused::Inactive)),
        ("OID-17", ProConnect, Some(account(JobSeeker)), Err(LoginRefused::WrongKind)),
        ("OID-17", ProConnect, Some(account(Staff)), Err(LoginRefused::WrongKind)),
        ("OID-17", FranceConnect, Some(account(Professional)), Err(LoginRefused::WrongKind)),
        ("OID-17", FranceTravailConnect, Some(account(Staff)), Err(LoginRefused::WrongKind)),
        ("OID-14", ProConnect, Some(elsewhere(Professional)), Err(LoginRefused::EmailInUse)),
        ("OID-14", InclusionConnect, Some(elsewhere(JobSeeker)), Err(LoginRefused::EmailInUse)),
        ("OID-19", InclusionConnect, Some(account(Staff)), Err(LoginRefused::EmailInUse)),
        ("OID-19", InclusionConnect, Some(elsewhere(Staff)), Err(LoginRefused::EmailInUse)),
        ("OID-19", InclusionConnect, Some(same(Staff)), Err(LoginRefused::EmailInUse)),
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
        let login = reconcile(&claims(provider, Some(true)), None, by_email.as_ref());
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
        let login = reconcile(&claims(provider, said), None, Some(&account(kind)));
        assert_eq!(login, expected, "OID-21 {provider:?} {said:?}");
    }
}
