//! What nobody does in somebody else's place (AUT-31): what opens an account, what its holder alone accepts, the staff area. Said
//! here once, by addresses: what stands under one of [`OWN`] is closed, unless [`OPEN`] names it.

use axum_extra::routing::TypedPath as _;

use crate::paths::{
    AccountLetterPath, AdminPath, AnnouncementDismissalPath, ForgottenPasswordPath, InvitationPath,
    InvitationRevocationPath, InvitationSendingPath, InvitationsPath, LoginPath, MyAccountPath,
    NewInvitationsPath, SignUpPath, TermsPath, TermsVersionPath, WelcomePath,
};

/// Addresses of what is the person's own, or the team's, with all that stands under them.
const OWN: &[&str] = &[
    // Names, password, address, second factors, sessions.
    MyAccountPath::PATH,
    // Another sign-in, its codes, the links of letters.
    LoginPath::PATH,
    ForgottenPasswordPath::PATH,
    AccountLetterPath::PATH,
    // Accounts and organisations signed up in one's own name.
    SignUpPath::PATH,
    // What is accepted or read once: the terms, the welcome, the announcements.
    TermsPath::PATH,
    WelcomePath::PATH,
    AnnouncementDismissalPath::PATH,
    // Invitations received.
    InvitationsPath::PATH,
    // The person is nobody of the team.
    AdminPath::PATH,
];

/// Of these, what commits nobody, or is work as any other: the terms are read, colleagues are invited.
const OPEN: &[&str] = &[
    TermsPath::PATH,
    TermsVersionPath::PATH,
    InvitationsPath::PATH,
    InvitationPath::PATH,
    NewInvitationsPath::PATH,
    InvitationSendingPath::PATH,
    InvitationRevocationPath::PATH,
];

/// Whether a route is closed to whoever sees the platform as somebody.
pub(crate) fn is_closed(route: &str) -> bool {
    let stands_under =
        |root: &&str| route.strip_prefix(*root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    OWN.iter().any(stands_under) && !OPEN.contains(&route)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes;

    #[test]
    fn every_address_of_the_lists_is_one_of_the_platform() {
        let routes = routes::list();
        for root in OWN {
            assert!(
                routes.iter().any(|route| route.path.starts_with(root) && is_closed(route.path)),
                "{root}: nothing is closed under it"
            );
        }
        for open in OPEN {
            assert!(routes.iter().any(|route| route.path == *open), "{open} is no route");
            assert!(!is_closed(open), "{open}");
        }
    }

    #[test]
    fn an_address_that_only_begins_alike_is_not_closed() {
        for (route, closed) in [
            ("/my-account", true),
            ("/my-account/password", true),
            ("/my-account-of-somebody", false),
            ("/login/{provider}/callback", true),
            ("/logout", false),
            ("/invitations/{id}/acceptance", true),
            ("/members/{id}/role", false),
            ("/", false),
        ] {
            assert_eq!(is_closed(route), closed, "{route}");
        }
    }
}
