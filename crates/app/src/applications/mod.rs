//! Applications: use cases, one file a verb; lists and page of an application.

mod accept;
mod cancel;
pub mod counts;
mod deliver;
pub mod detail;
pub mod drafts;
mod hired_job;
mod issue;
pub mod list;
mod postpone;
mod process;
mod refuse;
mod remind;
mod scope;
pub(crate) mod store;
mod submit;

pub use accept::{Hire, HireRefused, PassPreview, Preview, accept, preview};
pub use cancel::{CancelPreview, cancel, preview_cancellation};
pub use deliver::{
    DeliveryDiagnosis, DeliveryFile, deliver_pass, delivery_file, preview_delivery, refuse_pass,
};
pub use hired_job::NewJob;
pub use iae_domain::applications::policy::Scope;
pub use postpone::postpone;
pub use process::process;
pub use refuse::refuse;
pub use remind::remind;
pub use submit::{Confirmed, submit};
