//! What the team sees of accounts, and does to them (rule book 01 §13). Superusers are for superusers: to the others of the team
//! they do not exist (STF-1).

mod change_email;
mod close_passwords;
mod deactivate;
pub mod list;
pub mod queries;
mod read;
mod search;
mod store;
mod subject;

pub use change_email::change_email;
pub use close_passwords::{ADDRESSES_AT_ONCE, Address, Closing, ClosingRefused, close_passwords, preview};
pub use deactivate::{deactivate, reactivate};
pub use read::read_account;
pub use search::{Found, search};
pub use store::Account;
pub use subject::let_subject_change;

use iae_domain::accounts::OversightRefused;
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use iae_domain::staff::SupportRemark;

use crate::Work;
use crate::error::{Error, Result};

/// One act on an account: which, what the page showed of it (D32), and why.
#[derive(Debug, Clone)]
pub struct Act {
    /// The account.
    pub user: UserId,
    /// What was seen of it.
    pub seen: String,
    /// The remark kept with it.
    pub remark: SupportRemark,
}

/// The name of the event of a change, under which its remark is kept.
mod acts {
    pub(super) const DEACTIVATED: &str = "account.deactivated";
    pub(super) const REACTIVATED: &str = "account.reactivated";
    pub(super) const EMAIL_CHANGED: &str = "account.email_changed_by_team";
    pub(super) const ARMED: &str = "account.subject_change_armed";
    pub(super) const DISARMED: &str = "account.subject_change_disarmed";
    pub(super) const PASSWORD_CLOSED: &str = "account.password_closed";
}

/// The account, held, when this member of the team may see it.
async fn held(work: &mut Work<'_>, actor: &StaffActor, user: UserId) -> Result<Account> {
    let account = store::lock(work, user).await?;
    account.filter(|account| actor.may_see(account.is_superuser)).ok_or(Error::NotFound)
}

/// The rules refuse each act with this.
type Failure = crate::Failure<OversightRefused>;
