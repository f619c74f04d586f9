//! `/admin/users/passwords`: « Fermer la connexion par mot de passe » of many accounts: their addresses, who is concerned and who is
//! not, then it is done.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::accounts::oversight::{
    ADDRESSES_AT_ONCE, Address, Closing, ClosingRefused, close_passwords, preview,
};
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::staff::StaffRight;
use serde::Deserialize;
use tower_sessions::Session;

use super::act::remark;
use super::may;
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::plural;
use crate::layout::Layout;
use crate::paths::{AdminPasswordsPath, AdminUserPath, AdminUsersPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/users/passwords.html")]
pub struct PasswordsPage {
    layout: Layout,
    /// What would become of each address, once they are read.
    closing: Option<Closing>,
    /// The accounts changed since the page was read (D32).
    is_overtaken: bool,
    form: PasswordsForm,
    errors: FieldErrors,
}

/// The addresses, and what was seen of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PasswordsForm {
    addresses: String,
    seen: String,
    remark: String,
    step: String,
}

impl PasswordsForm {
    /// What is typed, parted by spaces, line ends, commas or semicolons.
    fn lines(&self) -> Vec<String> {
        let parts = self.addresses.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
        parts.filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
    }

    fn read(&self) -> Result<Vec<String>, FieldErrors> {
        let lines = self.lines();
        if lines.is_empty() {
            return Err(FieldErrors::one("addresses", "Collez au moins une adresse e-mail."));
        }
        if lines.len() > ADDRESSES_AT_ONCE {
            let count = lines.len();
            let said = format!(
                "Cette liste compte {count} adresses, {ADDRESSES_AT_ONCE} au plus : faites-en plusieurs."
            );
            return Err(FieldErrors::one("addresses", said));
        }
        Ok(lines)
    }
}

impl PasswordsPage {
    fn new(layout: Layout, form: PasswordsForm) -> Self {
        Self { layout, closing: None, is_overtaken: false, form, errors: FieldErrors::default() }
    }

    /// The same, once it is known what would become of each address.
    fn previewed(self, closing: Closing) -> Self {
        let seen = closing.seen();
        Self { closing: Some(closing), form: PasswordsForm { seen, ..self.form }, ..self }
    }

    /// The addresses on one line, as the last form carries them.
    fn carried(&self) -> String {
        self.form.lines().join(" ")
    }

    fn account(line: &Address) -> Option<AdminUserPath> {
        line.user.map(|id| AdminUserPath { id })
    }
}

/// Asks for the addresses.
pub async fn get(_: AdminPasswordsPath, ctx: Ctx<StaffActor>, layout: Layout) -> PageResult {
    may(&ctx.actor, StaffRight::DisablePasswords)?;
    ok(&PasswordsPage::new(layout, PasswordsForm::default()))
}

/// Shows who is concerned, then does it.
pub async fn post(
    _: AdminPasswordsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<PasswordsForm>,
) -> PageResult {
    may(&ctx.actor, StaffRight::DisablePasswords)?;
    let lines = match form.read() {
        Ok(lines) => lines,
        Err(errors) => return unprocessable(&PasswordsPage { errors, ..PasswordsPage::new(layout, form) }),
    };
    if form.step != "confirm" {
        let closing = preview(&state, &ctx, &lines).await?;
        return ok(&PasswordsPage::new(layout, form).previewed(closing));
    }
    let mut errors = FieldErrors::default();
    let Some(why) = remark(&mut errors, &form.remark).filter(|_| errors.is_empty()) else {
        let closing = preview(&state, &ctx, &lines).await?;
        let page = PasswordsPage::new(layout, form).previewed(closing);
        return unprocessable(&PasswordsPage { errors, ..page });
    };
    match close_passwords(&state, &ctx, &lines, (&form.seen, &why)).await {
        Ok(count) => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let closed = plural(count, "compte ne s’ouvre plus", "comptes ne s’ouvrent plus");
            let told = format!("{closed} par mot de passe. Leurs sessions sont fermées.");
            flash::done(&session, "Connexion par mot de passe fermée", told, AdminUsersPath).await
        }
        Err(Failure::Refused(ClosingRefused::Changed)) => {
            let closing = preview(&state, &ctx, &lines).await?;
            let page = PasswordsPage::new(layout, form).previewed(closing);
            page_with(StatusCode::CONFLICT, &PasswordsPage { is_overtaken: true, ..page })
        }
        Err(Failure::Refused(ClosingRefused::Nobody)) => {
            let closing = preview(&state, &ctx, &lines).await?;
            let errors = FieldErrors::of_form("Aucun de ces comptes n’a de mot de passe à fermer.");
            let page = PasswordsPage::new(layout, form).previewed(closing);
            unprocessable(&PasswordsPage { errors, ..page })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
