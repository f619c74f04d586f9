//! What happens to an account.

use serde::Serialize;

use super::{Provider, UserKind};
use crate::Changed;
use crate::budget::Budget;
use crate::event::happenings;
use crate::ids::{ImpersonationId, OrganisationId, UserId};
use crate::staff::{ImpersonationEnd, StaffGroup};

/// Something happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// The account.
    pub user: UserId,
    /// What happened.
    pub change: AccountChange,
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AccountChange {
    /// The account was opened.
    Opened {
        /// For whom.
        kind: UserKind,
    },
    /// The person signed in.
    LoggedIn {
        /// Through which provider.
        provider: Provider,
    },
    /// The account was tied to an identity of a provider, for the first time.
    IdentityLinked {
        /// The provider.
        provider: Provider,
    },
    /// The person signed in by their password here.
    LoggedInLocally,
    /// Too many passwords were wrong: for some minutes none is looked at (AUT-6).
    LockedOut,
    /// A password was chosen; the links and sessions of the one before are worth nothing.
    PasswordSet,
    /// The address one signs in with changed (AUT-9).
    EmailChanged,
    /// The person changed what their account says of them.
    ProfileChanged,
    /// An application that gives codes was added (AUT-22).
    SecondFactorAdded,
    /// A code of one was right: the session opens.
    SecondFactorShown,
    /// A code was wrong (AUT-21).
    WrongCode,
    /// One was removed (AUT-24).
    SecondFactorRemoved,
    /// The backup code served: every application went with it (AUT-23).
    BackupCodeUsed,
    /// The terms were accepted (SES-11).
    TermsAccepted {
        /// The day from which this version applies.
        version: &'static str,
    },
    /// The person read what the service is for (SES-12).
    Welcomed,
    /// The person ended one of their sessions.
    SessionEnded,
    /// The person signed out.
    LoggedOut,
    /// Sessions of the person were ended: each of them, or those that their provider closed.
    SessionsEnded {
        /// Why.
        because: SessionsEnd,
    },
    /// The person now acts for this organisation (SES-4).
    SwitchedOrganisation {
        /// The organisation.
        organisation: OrganisationId,
    },
    /// The person looked somebody up by an identifier, found or not.
    LookedUp,
    /// The person spent all they may for now.
    BudgetSpent {
        /// Of what.
        budget: Budget,
        /// Acting for this organisation.
        organisation: Option<OrganisationId>,
    },
    /// A member of the team came into a group (STF-1).
    GroupGiven {
        /// Which.
        group: StaffGroup,
    },
    /// A member of the team left a group.
    GroupTaken {
        /// Which.
        group: StaffGroup,
    },
    /// Somebody of the team read the account.
    ReadByTeam,
    /// Somebody of the team searched for people; what they typed is kept nowhere.
    SearchedByTeam,
    /// The team closed the account (USR-15).
    Deactivated {
        /// How many memberships ended with it.
        memberships: u32,
    },
    /// The team opened again an account that nobody had used for too long (USR-17).
    Reactivated,
    /// The team changed the address one signs in with.
    EmailChangedByTeam,
    /// The next sign-in by the same provider, with the same address, may come under another subject (OID-12).
    SubjectChangeArmed,
    /// It may no longer.
    SubjectChangeDisarmed,
    /// The team closed the way in by password.
    PasswordClosed,
    /// A member of the team sees the platform as the person from now on (AUT-30).
    ImpersonationBegun {
        /// Which: why is kept with it.
        impersonation: ImpersonationId,
    },
    /// They no longer do.
    ImpersonationEnded {
        /// Which.
        impersonation: ImpersonationId,
        /// Why it ended.
        because: ImpersonationEnd,
    },
    /// The holder of an account that nobody uses was told that it would go (USR-16).
    ClosingAnnounced,
    /// Nobody had used the account for two years: it closed, and kept its name alone (USR-16).
    Anonymised {
        /// How many memberships ended with it.
        memberships: u32,
    },
    /// The same, of an account that nothing refers to: it is gone.
    Deleted,
    /// Another account of the same professional was merged into this one.
    Merged {
        /// The account that was.
        former: UserId,
        /// Whether one signs in as one did with it.
        is_former_identity: bool,
    },
    /// The account was merged into an older one of the same professional, and is closed for good.
    MergedInto {
        /// The account that stays.
        account: UserId,
    },
}

/// Why sessions of a person end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionsEnd {
    /// Their password at the provider is a new one: whoever knew the one before is out.
    NewPassword,
    /// An operator ended them: an account or a browser is no longer trusted.
    Operator,
    /// The person ended all the others themselves.
    Person,
    /// An application of codes of theirs was removed, or all of them: whoever holds it is out.
    SecondFactor,
    /// The provider they came by says that they are over (OpenID Connect Back-Channel Logout 1.0).
    Provider,
    /// The team closed the account.
    Deactivation,
    /// The team closed the way in by password.
    PasswordClosed,
}

/// Every session of the person ends.
pub fn sessions_ended(user: UserId, because: SessionsEnd) -> Changed<UserId> {
    Changed::new(user, AccountEvent { user, change: AccountChange::SessionsEnded { because } })
}

/// Every session of these people ends.
pub fn sessions_of_all_ended(people: Vec<UserId>, because: SessionsEnd) -> Changed<Vec<UserId>> {
    let ended =
        |user: &UserId| AccountEvent { user: *user, change: AccountChange::SessionsEnded { because } };
    let events = people.iter().map(|user| ended(user).into()).collect();
    Changed::with(people, events)
}

/// What happened to an account, with what is written of it.
pub fn happened<T>(value: T, user: UserId, change: AccountChange) -> Changed<T> {
    Changed::new(value, AccountEvent { user, change })
}

/// The person signed out.
pub fn logged_out(user: UserId) -> Changed<UserId> {
    Changed::new(user, AccountEvent { user, change: AccountChange::LoggedOut })
}

/// The person acts for another of their organisations (SES-4).
pub fn switched_organisation(user: UserId, organisation: OrganisationId) -> Changed<OrganisationId> {
    let change = AccountChange::SwitchedOrganisation { organisation };
    Changed::new(organisation, AccountEvent { user, change })
}

happenings! {
    AccountEvent: AccountChange about "account" user {
        Opened = "account.opened", "Compte ouvert";
        LoggedIn = "account.logged_in", "Connexion";
        IdentityLinked = "account.identity_linked", "Identité rattachée au compte";
        LoggedInLocally = "account.logged_in_locally", "Connexion par mot de passe";
        LockedOut = "account.locked_out", "Compte verrouillé quelques minutes";
        PasswordSet = "account.password_set", "Mot de passe choisi";
        EmailChanged = "account.email_changed", "Adresse de connexion modifiée";
        ProfileChanged = "account.profile_changed", "Compte modifié";
        SecondFactorAdded = "account.second_factor_added", "Application de codes ajoutée";
        SecondFactorShown = "account.second_factor_shown", "Code de connexion donné";
        WrongCode = "account.wrong_code", "Code de connexion faux";
        SecondFactorRemoved = "account.second_factor_removed", "Application de codes retirée";
        BackupCodeUsed = "account.backup_code_used", "Code de secours utilisé";
        TermsAccepted = "account.terms_accepted", "Conditions d’utilisation acceptées";
        Welcomed = "account.welcomed", "Accueil lu";
        SessionEnded = "account.session_ended", "Session fermée par la personne";
        LoggedOut = "account.logged_out", "Déconnexion";
        SessionsEnded = "account.sessions_ended", "Sessions fermées";
        SwitchedOrganisation = "account.switched_organisation", "Changement de structure";
        LookedUp = "account.looked_up", "Recherche d’une personne par identifiant";
        BudgetSpent = "account.budget_spent", "Limite de recherches ou d’envois atteinte";
        GroupGiven = "account.group_given", "Entrée dans un groupe de l’équipe";
        GroupTaken = "account.group_taken", "Sortie d’un groupe de l’équipe";
        ReadByTeam = "account.read_by_team", "Compte lu par l’équipe";
        SearchedByTeam = "account.searched_by_team", "Recherche d’une personne par l’équipe";
        Deactivated = "account.deactivated", "Compte désactivé par l’équipe";
        Reactivated = "account.reactivated", "Compte réactivé par l’équipe";
        EmailChangedByTeam = "account.email_changed_by_team", "Adresse de connexion modifiée par l’équipe";
        SubjectChangeArmed = "account.subject_change_armed", "Changement d’identifiant du fournisseur autorisé une fois";
        SubjectChangeDisarmed = "account.subject_change_disarmed", "Changement d’identifiant du fournisseur interdit de nouveau";
        PasswordClosed = "account.password_closed", "Connexion par mot de passe fermée par l’équipe";
        ImpersonationBegun = "account.impersonation_begun", "Plateforme vue par l’équipe à la place de la personne";
        ImpersonationEnded = "account.impersonation_ended", "Fin de la consultation à la place de la personne";
        ClosingAnnounced = "account.closing_announced", "Fermeture du compte inutilisé annoncée";
        Anonymised = "account.anonymised", "Compte inutilisé fermé, adresse et téléphone effacés";
        Deleted = "account.deleted", "Compte inutilisé supprimé";
        Merged = "account.merged", "Autre compte de la personne fusionné dans celui-ci";
        MergedInto = "account.merged_into", "Compte fusionné dans un autre de la personne";
    }
}
