//! `/admin/users/{id}/impersonation`: a member of the team says why they see the platform as this person, then does (AUT-30).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::impersonation::{Preview, begin, preview};
use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::staff::{ImpersonationEnd, ImpersonationRefused, LONGEST, REASON_MAX_CHARS, Reason};
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, forbidden, ok, see_other};
use crate::filters;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminUserImpersonationPath, DashboardPath};
use crate::session;
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page.
#[derive(Template)]
#[template(path = "impersonation/begin.html")]
pub struct ImpersonationPage {
    layout: Layout,
    of: Preview,
    form: ReasonForm,
    errors: FieldErrors,
}

impl ImpersonationPage {
    fn email(&self) -> String {
        self.of.email.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    fn is_candidate(&self) -> bool {
        self.of.kind == UserKind::JobSeeker
    }

    fn minutes() -> i64 {
        LONGEST.num_minutes()
    }

    /// Why nothing begins here; who is of the team is not named.
    fn refusal(&self) -> Option<&'static str> {
        self.of.refused.map(said)
    }

    fn is_of_team(&self) -> bool {
        self.of.refused == Some(ImpersonationRefused::OfTeam)
    }

    fn ended(end: Option<&ImpersonationEnd>) -> &'static str {
        end.map_or("en cours", |end| end.label())
    }
}

/// What is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    reason: String,
}

impl ReasonForm {
    fn parse(&self) -> Result<Reason, FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check_length("reason", self.reason.trim(), REASON_MAX_CHARS);
        let reason = Reason::parse(&self.reason).ok();
        if reason.is_none() {
            errors.add("reason", "Dites pourquoi vous voyez la plateforme à la place de cette personne.");
        }
        errors.or(reason)
    }
}

/// Why nobody may be seen as, in words.
const fn said(refused: ImpersonationRefused) -> &'static str {
    match refused {
        ImpersonationRefused::OfTeam => {
            "Ce compte est celui d’un membre de l’équipe\u{a0}: personne ne voit la plateforme à sa place."
        }
        ImpersonationRefused::Closed => {
            "Ce compte est désactivé\u{a0}: personne ne s’en sert plus. Réactivez-le d’abord, si la personne revient."
        }
        ImpersonationRefused::NoEmail => {
            "Ce compte n’a pas d’adresse e-mail\u{a0}: personne ne se connecte avec lui, il n’y a rien à voir à sa place."
        }
    }
}

/// Shows the page, or why nothing begins there.
fn shown(page: &ImpersonationPage) -> PageResult {
    if page.of.refused.is_some() { forbidden(page) } else { ok(page) }
}

/// Asks why.
pub async fn get(
    AdminUserImpersonationPath { id }: AdminUserImpersonationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let of = preview(&state, &ctx, id).await?;
    let (form, errors) = (ReasonForm::default(), FieldErrors::default());
    shown(&ImpersonationPage { layout, of, form, errors })
}

/// Begins.
pub async fn post(
    AdminUserImpersonationPath { id }: AdminUserImpersonationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<ReasonForm>,
) -> PageResult {
    let key = session::own_key(&session);
    let acted = async {
        let reason = form.parse()?;
        begin(&state, &ctx, id, reason, &key).await.or_say(|refused| FieldErrors::of_form(said(refused)))
    };
    let not_done = match acted.await {
        Ok(begun) => {
            session::see_as(&session, begun).await?;
            return see_other(DashboardPath.to_string());
        }
        Err(NotDone::Elsewhere(PageError::Conflict { .. })) => return Err(under_way()),
        Err(not_done) => not_done,
    };
    let of = preview(&state, &ctx, id).await?;
    if of.refused.is_some() {
        let errors = FieldErrors::default();
        return shown(&ImpersonationPage { layout, of, form, errors });
    }
    not_done.again(|errors| ImpersonationPage { layout, of, form, errors })
}

/// Two at once, in one session: the first goes on.
fn under_way() -> PageError {
    let message = "Dans un autre onglet, vous voyez déjà la plateforme à la place de quelqu’un, ou votre session a pris fin.";
    let link = ("Aller au tableau de bord".to_owned(), DashboardPath.to_string());
    PageError::Conflict { message: message.to_owned(), link: Some(link) }
}
