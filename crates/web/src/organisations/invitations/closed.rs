//! An invitation that leads nowhere: why, and what to do (INV-7).

use askama::Template;
use axum::http::StatusCode;
use iae_app::App;
use iae_app::organisations::invitations::queries::{Landing, landing};
use iae_domain::ids::InvitationId;

use crate::error::{PageResult, forbidden, page_with};
use crate::layout::Layout;

/// The invitation leads nowhere for whoever reads: why, and what to do.
#[derive(Template)]
#[template(path = "organisations/invitations/closed.html")]
pub struct ClosedPage {
    layout: Layout,
    title: &'static str,
    message: String,
    /// Whether another account may be meant: the page offers to sign out.
    is_someone_else: bool,
}

/// Why an invitation leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    /// Whoever is signed in has another address.
    SomeoneElse,
    /// Their account is not a professional's.
    NotProfessional,
    /// It was accepted.
    Used,
    /// It was taken back.
    Revoked,
    /// It waited for too long.
    Expired,
    /// The organisation takes nobody for now (INV-6).
    Organisation,
}

impl Closed {
    /// The page that says so, to whoever holds the link.
    pub(super) async fn page(
        self,
        app: &App,
        (id, token): (InvitationId, &str),
        layout: Layout,
    ) -> PageResult {
        let invitation = landing(app, id, token, None).await?;
        let (place, sender) = invitation.as_ref().map_or_else(
            || ("la structure".to_owned(), "la personne qui vous a invité".to_owned()),
            |invitation| (invitation.organisation_name.clone(), invitation.sender_name.clone()),
        );
        let (title, message) = self.said(&place, &sender, invitation.as_ref());
        let is_someone_else = self == Self::SomeoneElse;
        let page = ClosedPage { layout, title, message, is_someone_else };
        match self {
            Self::SomeoneElse | Self::NotProfessional | Self::Organisation => forbidden(&page),
            Self::Used | Self::Revoked | Self::Expired => page_with(StatusCode::GONE, &page),
        }
    }

    fn said(self, place: &str, sender: &str, invitation: Option<&Landing>) -> (&'static str, String) {
        match self {
            Self::SomeoneElse => {
                let meant = invitation.map(|invitation| invitation.email.redacted()).unwrap_or_default();
                let message = format!(
                    "Elle est pour l’adresse {meant}, et vous êtes connecté avec une autre. Si les deux sont à vous, déconnectez-vous, \
                     puis rouvrez le lien et connectez-vous avec l’adresse invitée. Rien n’a été accepté."
                );
                ("Cette invitation est pour une autre adresse", message)
            }
            Self::NotProfessional => (
                "Cette invitation est pour un compte professionnel",
                format!(
                    "Votre compte n’est pas celui d’un professionnel. Demandez à {sender} de vous inviter à votre adresse professionnelle."
                ),
            ),
            Self::Used => (
                "Cette invitation a déjà servi",
                format!(
                    "Quelqu’un a rejoint {place} avec elle. Si c’est vous, connectez-vous. Si vous en êtes parti depuis, demandez à {sender} de vous inviter de nouveau."
                ),
            ),
            Self::Revoked => (
                "Cette invitation a été annulée",
                format!(
                    "Si vous devez toujours rejoindre {place}, demandez-le à {sender} ou à un autre collaborateur."
                ),
            ),
            Self::Expired => (
                "Cette invitation a expiré",
                format!("Elle servait quatorze jours. Demandez à {sender} de vous l’envoyer de nouveau."),
            ),
            Self::Organisation => (
                "Cette structure n’accueille personne pour le moment",
                format!(
                    "La convention de {place} n’est pas active. Votre invitation reste valable\u{a0}: rouvrez-la quand la structure sera de nouveau conventionnée."
                ),
            ),
        }
    }
}
