//! What every act on an account has: what was seen of it (D32), a remark, and the words of what the rules refuse.

use askama::Template;
use iae_app::accounts::oversight::{Act, queries};
use iae_app::{App, Failure};
use iae_domain::accounts::OversightRefused;
use iae_domain::ids::UserId;
use iae_domain::staff::{REMARK_MAX_CHARS, SupportRemark};

use crate::error::{PageError, PageResult, unprocessable};
use crate::forms::FieldErrors;
use crate::french::{date_time, spaced};
use crate::paths::AdminUserPath;

/// Why nothing was done.
pub(super) enum NotActed {
    /// What is typed is mistaken.
    Mistakes(FieldErrors),
    /// The rules refuse, or anything else.
    Failed(Failure<OversightRefused>),
}

impl From<FieldErrors> for NotActed {
    fn from(errors: FieldErrors) -> Self {
        Self::Mistakes(errors)
    }
}

impl From<Failure<OversightRefused>> for NotActed {
    fn from(failure: Failure<OversightRefused>) -> Self {
        Self::Failed(failure)
    }
}

/// The remark that was typed, or its mistake.
pub(super) fn remark(errors: &mut FieldErrors, typed: &str) -> Option<SupportRemark> {
    errors.check_length("remark", typed, REMARK_MAX_CHARS);
    let remark = SupportRemark::parse(typed).ok();
    if remark.is_none() && errors.of("remark").is_none() {
        errors.add("remark", "Dites pourquoi : l’équipe le relira ici.");
    }
    remark
}

/// An act on an account, from its form.
pub(super) fn act(user: UserId, seen: &str, typed: &str) -> Result<Act, FieldErrors> {
    let mut errors = FieldErrors::default();
    let remark = remark(&mut errors, typed);
    errors.or(remark.map(|remark| Act { user, seen: seen.to_owned(), remark }))
}

/// The page again with what is wrong (422), or the one that says what happened meanwhile (409).
pub(super) async fn again<P: Template>(
    app: &App,
    user: UserId,
    not_acted: NotActed,
    page: impl FnOnce(FieldErrors) -> P,
) -> PageResult {
    let errors = match not_acted {
        NotActed::Mistakes(errors) => errors,
        NotActed::Failed(Failure::Refused(OversightRefused::Changed)) => {
            return Err(changed(app, user).await?);
        }
        NotActed::Failed(Failure::Refused(refused)) => words(refused),
        NotActed::Failed(Failure::App(error)) => return Err(error.into()),
    };
    unprocessable(&page(errors))
}

/// Who did what, and when (D32).
async fn changed(app: &App, user: UserId) -> PageResult<PageError> {
    let last = queries::last_happening(&app.db, user).await?;
    let last = last.map_or_else(String::new, |last| {
        format!(" Dernier changement : « {} », {}, le {}.", last.done(), last.by(), date_time(last.at))
    });
    Ok(PageError::Conflict {
        message: spaced(&format!(
            "Ce compte a changé depuis que vous avez ouvert la page.{last} Ce que vous venez d’envoyer n’a pas été enregistré."
        )),
        link: Some(("Revoir le compte".to_owned(), AdminUserPath { id: user }.to_string())),
    })
}

fn words(refused: OversightRefused) -> FieldErrors {
    let (field, words) = match refused {
        OversightRefused::Changed => ("", "Ce compte a changé : relisez la page."),
        OversightRefused::Oneself => {
            ("", "Personne ne désactive son propre compte : demandez à un collègue.")
        }
        OversightRefused::Inactive => ("", "Ce compte est désactivé."),
        OversightRefused::NotReactivable => (
            "",
            "Ce compte ne se rouvre pas : seuls le sont ceux que personne n’utilisait plus. La personne peut s’inscrire de nouveau.",
        ),
        OversightRefused::NotLocal => {
            ("email", "L’adresse de ce compte vient de son fournisseur d’identité : elle se change chez lui.")
        }
        OversightRefused::SameEmail => ("email", "C’est déjà l’adresse de ce compte."),
        OversightRefused::ForbiddenDomain => {
            ("email", "Un candidat n’a pas d’adresse professionnelle de France Travail.")
        }
        OversightRefused::EmailTaken => ("email", "Cette adresse est celle d’un autre compte."),
        OversightRefused::NoIdentity => ("", "Aucun fournisseur d’identité n’est rattaché à ce compte."),
    };
    FieldErrors::one(field, words)
}
