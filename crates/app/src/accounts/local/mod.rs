//! Accounts with a password of their own: candidates (D1) and the team (rule book 01 §8.2, §10.2).

mod change_email;
mod change_password;
mod log_in;
mod reset;
mod sign_up;
mod store;

pub use change_email::{ChangeEmailRefused, change_email, confirm_email};
pub use change_password::{ChangePasswordRefused, change_password};
pub use log_in::{LogInRefused, log_in_locally};
pub use reset::{ChosenPassword, LinkRefused, choose_password, forgot_password};
pub use sign_up::{ConfirmRefused, confirm_sign_up, sign_up};
