//! What stands between a person and a page, in order (rule book 01 §9.2): second factor, sign-in, organisation, terms, welcome.

use super::UserKind;

/// What a page asks of whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asks {
    /// That who has to show a second factor did (SES-5): everything but the ways in and out, and the terms.
    pub second_factor: bool,
    /// That somebody is signed in.
    pub account: bool,
    /// That a professional acts for an organisation (SES-7).
    pub organisation: bool,
    /// That a professional accepted the terms that apply (SES-10): pages one opens, neither forms nor parts of pages.
    pub terms: bool,
    /// That a person was welcomed (SES-12): the dashboard.
    pub welcome: bool,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The kind of their account.
    pub kind: UserKind,
    /// Whether they have to show a second factor (AUT-20).
    pub needs_second_factor: bool,
    /// Whether they have one.
    pub has_second_factor: bool,
    /// Whether they showed it in this session, or to the provider they came by.
    pub showed_second_factor: bool,
    /// Whether they act for an organisation.
    pub has_organisation: bool,
    /// Whether they accepted the terms that apply.
    pub accepted_terms: bool,
    /// Whether they were welcomed.
    pub is_welcomed: bool,
}

/// What is closed, and where it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// A second factor is to be shown.
    SecondFactor,
    /// A second factor is to be added first.
    EnrolSecondFactor,
    /// Nobody is signed in.
    LogIn,
    /// A professional acts for no organisation.
    NoOrganisation,
    /// The terms changed, or were never accepted.
    Terms,
    /// The first page of a newcomer.
    Welcome,
}

/// Whether somebody has to show a second factor (AUT-20): the team; professionals of the organisations that the operator
/// lists; whoever has one.
pub const fn needs_second_factor(kind: UserKind, has_one: bool, is_of_listed: bool) -> bool {
    match kind {
        UserKind::Staff => true,
        UserKind::Professional => has_one || is_of_listed,
        UserKind::JobSeeker => has_one,
    }
}

/// The first gate that is closed for whoever opens a page.
pub const fn closed(who: Option<&Standing>, asks: Asks) -> Option<Gate> {
    let Some(who) = who else { return if asks.account { Some(Gate::LogIn) } else { None } };
    let is_professional = matches!(who.kind, UserKind::Professional);
    if asks.second_factor && who.needs_second_factor && !who.showed_second_factor {
        return Some(if who.has_second_factor { Gate::SecondFactor } else { Gate::EnrolSecondFactor });
    }
    if asks.organisation && is_professional && !who.has_organisation {
        return Some(Gate::NoOrganisation);
    }
    if asks.terms && is_professional && !who.accepted_terms {
        return Some(Gate::Terms);
    }
    let is_toured = is_professional || matches!(who.kind, UserKind::JobSeeker);
    if asks.welcome && is_toured && !who.is_welcomed {
        return Some(Gate::Welcome);
    }
    None
}

#[cfg(test)]
mod tests;
