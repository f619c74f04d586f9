//! What mails say, to whom: read when they leave, so that nothing of it waits in a table.

mod notices;

use askama::Template;
use iae_mail::OutgoingEmail;
use uuid::Uuid;

use super::News;
use crate::accounts::{self, Account, email_change, reset, sign_up};
use crate::error::Error;
use crate::{Connect, endpoints};

/// A mail that is ready to leave.
pub(super) struct Letter {
    recipient: String,
    subject: &'static str,
    text: String,
}

impl Letter {
    fn new(recipient: String, subject: &'static str, text: &impl Template) -> Result<Self, Error> {
        Ok(Self { recipient, subject, text: text.render()? })
    }

    /// Under the identifier of its row, the same for every try.
    pub(super) fn addressed(self, id: Uuid) -> OutgoingEmail {
        OutgoingEmail {
            id,
            recipient: self.recipient,
            reply_to: None,
            subject: self.subject.to_owned(),
            text_body: self.text,
            html_body: None,
        }
    }
}

/// Says what happened and what to do. It carries no link: who sent the wrong passwords may know the address too.
#[derive(Template)]
#[template(path = "connect/emails/account_locked.txt", escape = "none")]
struct AccountLocked<'a> {
    support_email: &'a str,
}

/// The link that opens an account.
#[derive(Template)]
#[template(path = "connect/emails/sign_up.txt", escape = "none")]
struct SignUp<'a> {
    given_name: &'a str,
    link: String,
    support_email: &'a str,
}

/// To an address that has an account: how to get in.
#[derive(Template)]
#[template(path = "connect/emails/account_exists.txt", escape = "none")]
struct AccountExists<'a> {
    home: String,
    forgot_password: String,
    support_email: &'a str,
}

/// The link that chooses another password.
#[derive(Template)]
#[template(path = "connect/emails/password_reset.txt", escape = "none")]
struct PasswordReset<'a> {
    link: String,
    support_email: &'a str,
}

/// To an address that has no account.
#[derive(Template)]
#[template(path = "connect/emails/no_account.txt", escape = "none")]
struct NoAccount<'a> {
    register: String,
    support_email: &'a str,
}

/// The password is another one.
#[derive(Template)]
#[template(path = "connect/emails/password_changed.txt", escape = "none")]
struct PasswordChanged<'a> {
    forgot_password: String,
    support_email: &'a str,
}

/// To the former address: the account asks for another, or has it.
#[derive(Template)]
#[template(path = "connect/emails/email_change.txt", escape = "none")]
struct EmailChange<'a> {
    done: bool,
    link: String,
    support_email: &'a str,
}

/// The link that proves the new address.
#[derive(Template)]
#[template(path = "connect/emails/email_change_to_confirm.txt", escape = "none")]
struct EmailChangeToConfirm<'a> {
    link: String,
    support_email: &'a str,
}

/// To a new address that has an account already.
#[derive(Template)]
#[template(path = "connect/emails/email_taken.txt", escape = "none")]
struct EmailTaken<'a> {
    support_email: &'a str,
}

/// An operator opened an account.
#[derive(Template)]
#[template(path = "connect/emails/account_created.txt", escape = "none")]
struct AccountCreated<'a> {
    given_name: &'a str,
    link: String,
    support_email: &'a str,
}

/// What is told now, if there is still something to tell and someone to tell it to.
pub(super) async fn letter(
    connect: &Connect,
    news: News,
    support_email: &str,
) -> Result<Option<Letter>, Error> {
    match news {
        News::AccountLocked(id) => {
            let text = AccountLocked { support_email };
            to_holder(connect, id, "Votre compte Inclusion Connect est bloqué pour cinq minutes", &text).await
        }
        News::PasswordChanged(id) => {
            let text = PasswordChanged { forgot_password: forgot_password(connect), support_email };
            to_holder(connect, id, "Le mot de passe de votre compte Inclusion Connect a changé", &text).await
        }
        News::BackupCodeUsed(id) => notices::of(connect, id, notices::BACKUP_CODE_USED, support_email).await,
        News::FactorAdded(id) => notices::of(connect, id, notices::FACTOR_ADDED, support_email).await,
        News::FactorRemoved(id) => notices::of(connect, id, notices::FACTOR_REMOVED, support_email).await,
        News::BackupCodesRenewed(id) => {
            notices::of(connect, id, notices::BACKUP_CODES_RENEWED, support_email).await
        }
        News::NamesChanged(id) => notices::of(connect, id, notices::NAMES_CHANGED, support_email).await,
        News::AccountCreated(id) => of_created(connect, id, support_email).await,
        News::SignUp(id) => of_sign_up(connect, id, support_email).await,
        News::PasswordReset(id) => of_reset(connect, id, support_email).await,
        News::EmailChangeAsked(id) => to_former_address(connect, id, false, support_email).await,
        News::EmailChanged(id) => to_former_address(connect, id, true, support_email).await,
        News::EmailChangeToConfirm(id) => to_new_address(connect, id, support_email).await,
    }
}

async fn to_holder(
    connect: &Connect,
    account_id: Uuid,
    subject: &'static str,
    text: &impl Template,
) -> Result<Option<Letter>, Error> {
    let account = accounts::find_active(connect.db(), account_id).await?;
    account.map(|account: Account| Letter::new(account.email, subject, text)).transpose()
}

async fn of_sign_up(connect: &Connect, id: Uuid, support_email: &str) -> Result<Option<Letter>, Error> {
    let Some(waiting) = sign_up::waiting(connect, id).await? else { return Ok(None) };
    if accounts::find_by_email(connect.db(), &waiting.email).await?.is_some() {
        let text = AccountExists {
            home: connect.config().endpoint("/"),
            forgot_password: forgot_password(connect),
            support_email,
        };
        let subject = "Vous avez déjà un compte Inclusion Connect";
        return Letter::new(waiting.email, subject, &text).map(Some);
    }
    let text = SignUp { given_name: &waiting.given_name, link: waiting.link(connect)?, support_email };
    let subject = "Confirmez votre adresse pour ouvrir votre compte Inclusion Connect";
    Letter::new(waiting.email.clone(), subject, &text).map(Some)
}

async fn of_reset(connect: &Connect, id: Uuid, support_email: &str) -> Result<Option<Letter>, Error> {
    let Some(asked) = reset::asked(connect, id).await? else { return Ok(None) };
    let account = accounts::find_by_email(connect.db(), &asked.email).await?;
    let Some(account) = account.filter(|account| account.active) else {
        let register = connect.config().endpoint(endpoints::REGISTER);
        let text = NoAccount { register, support_email };
        return Letter::new(asked.email, "Aucun compte Inclusion Connect à cette adresse", &text).map(Some);
    };
    let text = PasswordReset { link: asked.link(connect, &account)?, support_email };
    Letter::new(account.email, "Choisissez un nouveau mot de passe Inclusion Connect", &text).map(Some)
}

async fn of_created(connect: &Connect, id: Uuid, support_email: &str) -> Result<Option<Letter>, Error> {
    let Some(given) = reset::asked(connect, id).await? else { return Ok(None) };
    let account = accounts::find_by_email(connect.db(), &given.email).await?;
    let Some(account) = account.filter(|account| account.active) else { return Ok(None) };
    let link = given.link(connect, &account)?;
    let text = AccountCreated { given_name: &account.given_name, link, support_email };
    Letter::new(account.email.clone(), "Un compte Inclusion Connect vous est ouvert", &text).map(Some)
}

async fn to_former_address(
    connect: &Connect,
    id: Uuid,
    done: bool,
    support_email: &str,
) -> Result<Option<Letter>, Error> {
    let Some(change) = email_change::told(connect, id).await? else { return Ok(None) };
    let text = EmailChange { done, link: change.link_to_keep(connect)?, support_email };
    let subject = if done {
        "L’adresse de votre compte Inclusion Connect a changé"
    } else {
        "Un changement d’adresse est demandé pour votre compte Inclusion Connect"
    };
    Letter::new(change.former_email, subject, &text).map(Some)
}

async fn to_new_address(connect: &Connect, id: Uuid, support_email: &str) -> Result<Option<Letter>, Error> {
    let Some(change) = email_change::told(connect, id).await? else { return Ok(None) };
    if accounts::find_by_email(connect.db(), &change.new_email).await?.is_some() {
        let subject = "Cette adresse a déjà un compte Inclusion Connect";
        return Letter::new(change.new_email, subject, &EmailTaken { support_email }).map(Some);
    }
    let text = EmailChangeToConfirm { link: change.link_to_confirm(connect)?, support_email };
    Letter::new(change.new_email.clone(), "Confirmez votre nouvelle adresse Inclusion Connect", &text)
        .map(Some)
}

fn forgot_password(connect: &Connect) -> String {
    connect.config().endpoint(endpoints::FORGOT_PASSWORD)
}
