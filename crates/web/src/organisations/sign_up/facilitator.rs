//! `/sign-up/facilitator`: a facilitator of the social clauses signs up their organisation, which nobody finds before the team verified
//! it (S11, SGN-16).

use askama::Template;
use axum::extract::State;
use iae_app::Failure;
use iae_app::organisations::sign_up::found_facilitator;
use iae_app::organisations::sign_up::queries::facilitator_of;
use iae_app::reference::queries::Suggested;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::NotListed;
use iae_domain::organisations::sign_up::{FoundingRefused, Identity};
use serde::Deserialize;
use tower_sessions::Session;

use super::establishment::{self, Known, identify};
use super::{FOR_PROFESSIONALS, Newcomer, messages};
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::spaced;
use crate::layout::Layout;
use crate::organisations::fields::ProfileForm;
use crate::paths::{FacilitatorSignUpPath, ProfessionalSignUpPath};
use crate::state::WebState;

/// A step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Siret,
    /// Where SIRENE says nothing.
    Address,
    Recap,
}

/// The page.
#[derive(Template)]
#[template(path = "organisations/sign_up/facilitator.html")]
pub struct FacilitatorPage {
    layout: Layout,
    step: Step,
    form: FacilitatorForm,
    /// The communes that the address may be in.
    communes: Vec<Suggested>,
    /// Why the address is asked.
    why: Option<NotListed>,
    /// What would be signed up, at the last step.
    identity: Option<Identity>,
    /// The facilitator of this SIRET, that is there already; and whether it is active.
    taken: Option<(OrganisationId, bool)>,
    errors: FieldErrors,
}

/// What is typed. Steps that are not shown are kept in the page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct FacilitatorForm {
    siret: String,
    #[serde(flatten)]
    profile: ProfileForm,
}

impl FacilitatorPage {
    fn new(layout: Layout, form: FacilitatorForm) -> Self {
        let (communes, errors) = (Vec::new(), FieldErrors::default());
        Self { layout, step: Step::Siret, form, communes, why: None, identity: None, taken: None, errors }
    }

    fn again(self, step: Step, errors: FieldErrors) -> PageResult {
        unprocessable(&Self { step, errors, ..self })
    }

    const fn fields(&self) -> &ProfileForm {
        &self.form.profile
    }

    fn city_choices(&self) -> Vec<Choice> {
        self.fields().city_choices(&self.communes)
    }

    fn why(&self) -> String {
        self.why.map(messages::not_listed).as_deref().map(spaced).unwrap_or_default()
    }

    fn address(&self) -> Vec<String> {
        self.identity.as_ref().map(establishment::address).unwrap_or_default()
    }

    /// What the other steps said.
    fn kept(&self) -> Vec<(&'static str, &str)> {
        let siret = [("siret", self.form.siret.as_str())];
        let contact = self.form.profile.contact_fields();
        match self.step {
            Step::Siret => contact,
            Step::Address => siret.to_vec(),
            Step::Recap => siret.into_iter().chain(contact).collect(),
        }
    }
}

/// Asks its SIRET.
pub async fn get(_: FacilitatorSignUpPath, _: Newcomer, layout: Layout) -> PageResult {
    ok(&FacilitatorPage::new(layout, FacilitatorForm::default()))
}

/// Goes from step to step, then signs it up, once for each SIRET.
pub async fn post(
    _: FacilitatorSignUpPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    session: Session,
    layout: Layout,
    Form(form): Form<FacilitatorForm>,
) -> PageResult {
    let page = FacilitatorPage::new(layout, form);
    let sent = page.form.profile.step.clone();
    let mut errors = FieldErrors::default();
    let Some(siret) = establishment::siret(&mut errors, &page.form.siret) else {
        return page.again(Step::Siret, errors);
    };
    if sent == "back_siret" {
        return ok(&page);
    }
    let taken = facilitator_of(&state, &siret).await?;
    if taken.is_some() {
        return FacilitatorPage { taken, ..page }.again(Step::Siret, messages::facilitator_taken());
    }
    let is_typed = sent == "address" || sent == "confirm";
    // Whoever comes back finds the commune that they chose among several.
    let shows_address = is_typed || sent == "back_address";
    let communes = if shows_address { page.form.profile.communes(&state).await? } else { Vec::new() };
    let page = FacilitatorPage { communes, ..page };
    let known = identify(&state, siret.clone(), (&page.form.profile, &page.communes), is_typed).await?;
    let identity = match known {
        Known::Identity(identity) => *identity,
        Known::Refused(errors) => return page.again(Step::Siret, errors),
        Known::Asked(why, errors) => {
            let page = FacilitatorPage { why: Some(why), step: Step::Address, ..page };
            return if errors.is_empty() { ok(&page) } else { page.again(Step::Address, errors) };
        }
    };
    if sent != "confirm" {
        return ok(&FacilitatorPage { step: Step::Recap, identity: Some(identity), ..page });
    }
    match found_facilitator(&state, &newcomer.ctx, newcomer.user(), identity).await {
        Ok(_) => {
            let (title, told) = messages::FACILITATOR_SIGNED_UP;
            flash::done(&session, title, told, ProfessionalSignUpPath).await
        }
        Err(Failure::Refused(FoundingRefused::NotProfessional)) => Err(FOR_PROFESSIONALS),
        // No kind is picked here: only another sign-up a moment ago is left.
        Err(Failure::Refused(FoundingRefused::Taken | FoundingRefused::Kind)) => {
            let taken = facilitator_of(&state, &siret).await?;
            FacilitatorPage { taken, ..page }.again(Step::Siret, messages::facilitator_taken())
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
