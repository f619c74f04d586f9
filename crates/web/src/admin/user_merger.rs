//! `/admin/users/{id}/merger`: the team makes one account of the two of a professional (rule book 01 §13). The other one is asked by its
//! address, then both are compared: nothing of them stands in an address.

mod comparison;
mod form;

use askama::Template;
use axum::extract::State;
use iae_app::accounts::merger::{self, ComparedAccount, Former};
use iae_app::{App, Ctx, Failure};
use iae_domain::accounts::{AccountMergerRefused, UserKind};
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use tower_sessions::Session;

use self::comparison::ComparisonPage;
use self::form::MergerForm;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminUserMergerPath, AdminUserPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page where the other account is asked.
#[derive(Template)]
#[template(path = "admin/user_merger.html")]
pub struct UserMergerPage {
    layout: Layout,
    account: ComparedAccount,
    /// What became of the account, when it was merged itself.
    former: Option<Former>,
    email: String,
    errors: FieldErrors,
}

impl UserMergerPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: UserId) -> PageResult<Self> {
        let account = merger::account(app, ctx, id).await?;
        let former = merger::former(&app.db, id).await?;
        Ok(Self { layout, account, former, email: String::new(), errors: FieldErrors::default() })
    }

    fn address(&self) -> String {
        self.account.email.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    fn is_professional(&self) -> bool {
        self.account.kind == UserKind::Professional
    }
}

/// Asks for the other account.
pub async fn get(
    AdminUserMergerPath { id }: AdminUserMergerPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&UserMergerPage::load(&state, &ctx, layout, id).await?)
}

/// Compares both, then merges them.
pub async fn post(
    AdminUserMergerPath { id }: AdminUserMergerPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<MergerForm>,
) -> PageResult {
    if form.other.is_empty() {
        return compare(&state, &ctx, layout, id, form).await;
    }
    let other = form.other.parse().map_err(|_| PageError::NotFound)?;
    let merged = async {
        let asked = form.asked()?;
        let merged = merger::merge(&state, &ctx, (id, other), &form.seen, asked).await;
        merged.or_say(|refusal| refused(refusal, id, ""))
    };
    match merged.await {
        Ok(kept) => {
            let told = "Ce compte porte désormais tout ce que les deux portaient. La personne en est prévenue par e-mail.";
            flash::done(&session, "Comptes fusionnés", told, AdminUserPath { id: kept }).await
        }
        Err(NotDone::Elsewhere(error)) => Err(error),
        Err(not_done) => match merger::compare(&state, &ctx, id, other).await {
            Ok(of) => not_done.again(|errors| ComparisonPage::mistaken(layout, id, of, form, errors)),
            Err(Failure::Refused(_)) => {
                let page = UserMergerPage::load(&state, &ctx, layout, id).await?;
                not_done.again(|errors| UserMergerPage { errors, ..page })
            }
            Err(Failure::App(error)) => Err(error.into()),
        },
    }
}

async fn compare(
    app: &App,
    ctx: &Ctx<StaffActor>,
    layout: Layout,
    id: UserId,
    form: MergerForm,
) -> PageResult {
    let found = async {
        let address = form.address()?;
        let found = merger::compare_with(app, ctx, id, &address).await;
        let found = found.or_say(|refusal| refused(refusal, id, "email"))?;
        found.ok_or_else(|| NotDone::from(FieldErrors::one("email", "Aucun compte n’a cette adresse.")))
    };
    match found.await {
        Ok(of) => ok(&ComparisonPage::new(layout, id, of)),
        Err(NotDone::Elsewhere(error)) => Err(error),
        Err(not_done) => {
            let page = UserMergerPage::load(app, ctx, layout, id).await?;
            not_done.again(|errors| UserMergerPage { email: form.email, errors, ..page })
        }
    }
}

/// What the rule refuses, beside the field; or the page that says what changed (D32).
fn refused(refusal: AccountMergerRefused, id: UserId, field: &'static str) -> NotDone {
    let said = match refusal {
        AccountMergerRefused::SameAccount => {
            "C’est le compte que vous regardez : saisissez l’adresse de l’autre."
        }
        AccountMergerRefused::NotProfessional => {
            "L’un des deux comptes n’est pas celui d’un professionnel : seuls deux comptes de professionnels sont fusionnés."
        }
        AccountMergerRefused::AlreadyMerged => "L’un des deux comptes a déjà été fusionné dans un autre.",
        AccountMergerRefused::OtherIdentity => {
            return FieldErrors::one("identity", "Choisissez l’un des deux comptes.").into();
        }
        AccountMergerRefused::ClosedIdentity => {
            let said = "Ce compte est désactivé, son adresse n’ouvre plus rien : choisissez l’autre.";
            return FieldErrors::one("identity", said).into();
        }
        AccountMergerRefused::NotSaidSame => {
            let said = "Ces deux comptes portent des noms différents : vérifiez, puis cochez cette case.";
            return FieldErrors::one("same_person", said).into();
        }
        AccountMergerRefused::MergedOtherwise { kept } => {
            let message = "Ces deux comptes viennent d’être fusionnés, avec l’autre identité que celle que vous avez choisie. \
                           Ce que vous venez d’envoyer n’a rien changé.";
            let link = ("Voir le compte".to_owned(), AdminUserPath { id: kept }.to_string());
            return PageError::Conflict { message: message.to_owned(), link: Some(link) }.into();
        }
        AccountMergerRefused::Overtaken => {
            let message = "L’identité ou les structures de l’un des deux comptes ont changé depuis que vous les avez comparés. \
                           Rien n’a été fusionné\u{a0}: comparez-les de nouveau.";
            let link = ("Comparer de nouveau".to_owned(), AdminUserMergerPath { id }.to_string());
            return PageError::Conflict { message: message.to_owned(), link: Some(link) }.into();
        }
    };
    FieldErrors::one(field, said).into()
}
