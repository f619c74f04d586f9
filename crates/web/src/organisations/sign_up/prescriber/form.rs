//! What is typed of a prescriber organisation.

use iae_app::App;
use iae_app::reference::queries::{DepartmentRow, Suggested};
use iae_domain::organisations::{PrescriberKind, Siret};
use serde::Deserialize;

use crate::error::PageResult;
use crate::forms::FieldErrors;
use crate::organisations::fields::ProfileForm;
use crate::organisations::sign_up::establishment;

/// The prefect authorised it by an order.
pub(super) const BY_ORDER: &str = "order";
/// Nobody did.
pub(super) const NOT_AUTHORISED: &str = "none";

/// What is typed. Steps that are not shown are kept in the page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PrescriberForm {
    pub(super) siret: String,
    pub(super) department: String,
    pub(super) kind: String,
    /// Of « Autre » only: whether the prefect authorised it.
    pub(super) order: String,
    #[serde(flatten)]
    profile: ProfileForm,
}

impl PrescriberForm {
    /// What is sent: the code of a step, or `back_` and the code of the step to come back to.
    pub(super) fn step(&self) -> &str {
        &self.profile.step
    }

    /// Its name and its address, as they are typed where SIRENE says nothing.
    pub(super) const fn profile(&self) -> &ProfileForm {
        &self.profile
    }

    /// The communes that the address may be in.
    pub(super) async fn communes(&self, app: &App) -> PageResult<Vec<Suggested>> {
        Ok(self.profile.communes(app).await?)
    }

    /// What organisations are looked for by, or what is wrong with it.
    pub(super) fn search(&self, departments: &[DepartmentRow]) -> Result<(Siret, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let siret = establishment::siret(&mut errors, &self.siret);
        let department = departments.iter().find(|row| row.code == self.department);
        if department.is_none() {
            errors.add("department", "Choisissez le département de l’organisation.");
        }
        let department = department.map(|row| row.code.clone());
        errors.or(siret.zip(department))
    }

    /// The kind that was picked, among those one may pick, compared whole (SGN-14).
    pub(super) fn kind(&self) -> Result<PrescriberKind, FieldErrors> {
        let picked = PrescriberKind::parse(&self.kind).filter(|kind| kind.is_for_sign_up());
        picked.ok_or_else(no_kind)
    }

    /// Whether it holds an order of the prefect: asked of « Autre » alone (SGN-13).
    pub(super) fn has_order(&self, kind: PrescriberKind) -> Result<bool, FieldErrors> {
        if kind != PrescriberKind::Other {
            return Ok(false);
        }
        match self.order.as_str() {
            BY_ORDER => Ok(true),
            NOT_AUTHORISED => Ok(false),
            _ => {
                Err(FieldErrors::one("order", "Dites si le préfet a habilité l’organisation par un arrêté."))
            }
        }
    }
}

/// What is said of a kind that is none of those offered.
pub(super) fn no_kind() -> FieldErrors {
    FieldErrors::one("kind", "Choisissez ce qu’est votre organisation.")
}

/// What is said where an organisation of this SIRET and kind is there (SGN-12); which one is beside.
pub(super) fn taken() -> FieldErrors {
    FieldErrors::one(
        "kind",
        "Une organisation de ce type est déjà inscrite avec ce SIRET : demandez à la rejoindre, ou choisissez un autre type.",
    )
}
