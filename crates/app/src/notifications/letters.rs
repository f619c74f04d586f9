//! Letters: mails to an address about an account, there or not (rule book 01 §10.2).

mod queries;

use askama::Template;
use iae_domain::accounts::LetterKind;
use iae_domain::ids::AccountLetterId;
use iae_domain::notifications::Notice;
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Letter;

/// Where letters lead, besides their own link.
struct Ways {
    login: Url,
    forgotten: Url,
    sign_up: Url,
}

/// What a letter may say.
struct Said<'a> {
    letter: &'a Letter,
    /// What opens what the letter is for.
    link: &'a Url,
    ways: &'a Ways,
    support: &'a str,
}

/// One struct a letter, for its template.
macro_rules! letters {
    ($( $(#[$about:meta])* $name:ident = $path:literal; )+) => { $(
        $(#[$about])*
        #[derive(Template)]
        #[template(path = $path, escape = "none", blocks = ["subject", "body"])]
        struct $name<'a> {
            said: &'a Said<'a>,
        }
    )+ };
}

letters! {
    /// To who signs up: their address is proved by the link (AUT-7).
    ConfirmSignUp = "emails/account_sign_up.txt";
    /// To who signs up with the address of their account.
    AlreadyThere = "emails/account_already_there.txt";
    /// To who signs up with the number of another file (SGN-3).
    NirKnown = "emails/account_nir_known.txt";
    /// To a candidate whose file a professional made (USR-14).
    Activate = "emails/account_activation.txt";
    /// To who forgot their password (AUT-8).
    ResetPassword = "emails/account_password_reset.txt";
    /// The same for who has none here (AUT-4).
    SignsInElsewhere = "emails/account_signs_in_elsewhere.txt";
    /// The same where there is no account.
    NoAccount = "emails/account_unknown.txt";
    /// To the holder of an account that is locked for some minutes (D25).
    Locked = "emails/account_locked.txt";
    /// To the new address of an account (AUT-9).
    ConfirmEmail = "emails/account_email_to_confirm.txt";
    /// To the address somebody wanted for theirs.
    EmailTaken = "emails/account_email_taken.txt";
    /// To both addresses of an account.
    EmailChanged = "emails/account_email_changed.txt";
    /// To the holder of an account: its password changed.
    PasswordChanged = "emails/account_password_changed.txt";
    /// To the holder of an account: its backup code served (AUT-23).
    BackupCodeUsed = "emails/account_backup_code_used.txt";
    /// To a new member of the team.
    OfTeam = "emails/account_of_team.txt";
    /// To the address of an account that is closed, nobody having used it (USR-16).
    Unused = "emails/account_unused.txt";
}

/// Writes letters; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, LetterKind, AccountLetterId)>,
) -> Result<Vec<Written>> {
    let facts = queries::letters(db, mails.iter().map(|(.., id)| *id)).await?;
    let ways = Ways {
        login: links::login(desk.config),
        forgotten: links::forgotten_password(desk.config),
        sign_up: links::sign_up(desk.config),
    };
    let (ways, support) = (&ways, desk.config.support_email.as_str());
    let write = |(notice, kind, id)| {
        let letter = facts.get(&id).ok_or(Error::NotFound)?;
        let link = &links::account_letter(desk.config, id);
        let said = &Said { letter, link, ways, support };
        let text = match kind {
            LetterKind::ConfirmSignUp => text!(ConfirmSignUp { said })?,
            LetterKind::AlreadyThere => text!(AlreadyThere { said })?,
            LetterKind::NirKnown => text!(NirKnown { said })?,
            LetterKind::Activate => text!(Activate { said })?,
            LetterKind::ResetPassword => text!(ResetPassword { said })?,
            LetterKind::SignsInElsewhere => text!(SignsInElsewhere { said })?,
            LetterKind::NoAccount => text!(NoAccount { said })?,
            LetterKind::Locked => text!(Locked { said })?,
            LetterKind::ConfirmEmail => text!(ConfirmEmail { said })?,
            LetterKind::EmailTaken => text!(EmailTaken { said })?,
            LetterKind::EmailChanged => text!(EmailChanged { said })?,
            LetterKind::PasswordChanged => text!(PasswordChanged { said })?,
            LetterKind::BackupCodeUsed => text!(BackupCodeUsed { said })?,
            LetterKind::OfTeam => text!(OfTeam { said })?,
            LetterKind::Unused => text!(Unused { said })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}
