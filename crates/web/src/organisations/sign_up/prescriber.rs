//! `/sign-up/prescriber`: a prescriber or an orienteur finds their organisation, or signs it up, step by step (S12, SGN-10 to SGN-14). What
//! the other steps said stands in the page, and is read again at each: no step can be jumped into.

mod form;
mod step;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::directory::prescribers::queries::departments;
use iae_app::gateways::sirene::Sirene;
use iae_app::organisations::sign_up::found_prescriber;
use iae_app::organisations::sign_up::queries::{FoundOrganisation, found};
use iae_app::reference::queries::{DepartmentRow, Suggested};
use iae_app::{App, Failure};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::sign_up::{FoundingRefused, Identity};
use iae_domain::organisations::{NotListed, PrescriberKind};
use tower_sessions::Session;

use form::PrescriberForm;
use step::{Sent, Step};

use super::establishment::{Known, identify};
use super::{FOR_PROFESSIONALS, Newcomer};
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{DashboardPath, HabilitationPath, PrescriberSignUpPath};
use crate::session;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "organisations/sign_up/prescriber.html")]
pub struct PrescriberPage {
    layout: Layout,
    step: Step,
    form: PrescriberForm,
    departments: Vec<DepartmentRow>,
    /// Those that are there already.
    found: Vec<FoundOrganisation>,
    /// Whether SIRENE is asked where establishments are.
    has_sirene: bool,
    /// The communes that the address may be in.
    communes: Vec<Suggested>,
    /// Why the address is asked.
    why: Option<NotListed>,
    /// What would be signed up, at the last step.
    identity: Option<Identity>,
    errors: FieldErrors,
}

impl PrescriberPage {
    async fn new(app: &App, layout: Layout, form: PrescriberForm) -> PageResult<Self> {
        Ok(Self {
            layout,
            step: Step::Siret,
            form,
            departments: departments(&app.db).await?,
            found: Vec::new(),
            has_sirene: !matches!(app.sirene, Sirene::Off),
            communes: Vec::new(),
            why: None,
            identity: None,
            errors: FieldErrors::default(),
        })
    }

    fn show(self, step: Step) -> PageResult {
        ok(&Self { step, ..self })
    }

    fn again(self, step: Step, errors: FieldErrors) -> PageResult {
        unprocessable(&Self { step, errors, ..self })
    }
}

/// Asks its SIRET and its département.
pub async fn get(
    _: PrescriberSignUpPath,
    State(state): State<WebState>,
    _: Newcomer,
    layout: Layout,
) -> PageResult {
    ok(&PrescriberPage::new(&state, layout, PrescriberForm::default()).await?)
}

/// Goes from step to step, then signs it up.
pub async fn post(
    _: PrescriberSignUpPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    session: Session,
    layout: Layout,
    Form(form): Form<PrescriberForm>,
) -> PageResult {
    let page = PrescriberPage::new(&state, layout, form).await?;
    let (siret, department) = match page.form.search(&page.departments) {
        Ok(search) => search,
        Err(errors) => return page.again(Step::Siret, errors),
    };
    let page = PrescriberPage { found: found(&state, &siret, &department).await?, ..page };
    let sent = Sent::read(page.form.step());
    match sent {
        Sent::BackSiret => return page.show(Step::Siret),
        Sent::Siret if !page.found.is_empty() => return page.show(Step::Found),
        Sent::Siret | Sent::Found | Sent::BackKind => return page.show(Step::Kind),
        Sent::Kind | Sent::Order | Sent::BackAddress | Sent::Address | Sent::Confirm => {}
    }
    let kind = match page.form.kind() {
        Ok(kind) => kind,
        Err(errors) => return page.again(Step::Kind, errors),
    };
    if page.taken().is_some() {
        return page.again(Step::Kind, form::taken());
    }
    if kind == PrescriberKind::Other && sent.is_before_order() {
        return page.show(Step::Order);
    }
    let has_order = match page.form.has_order(kind) {
        Ok(has_order) => has_order,
        Err(errors) => return page.again(Step::Order, errors),
    };
    // Whoever comes back finds the commune that they chose among several.
    let shows_address = sent.has_address() || sent == Sent::BackAddress;
    let communes = if shows_address { page.form.communes(&state).await? } else { Vec::new() };
    let page = PrescriberPage { communes, ..page };
    let known =
        identify(&state, siret.clone(), (page.form.profile(), &page.communes), sent.has_address()).await?;
    let identity = match known {
        Known::Identity(identity) => *identity,
        Known::Refused(errors) => return page.again(Step::Siret, errors),
        Known::Asked(why, errors) => {
            let page = PrescriberPage { why: Some(why), ..page };
            return if errors.is_empty() {
                page.show(Step::Address)
            } else {
                page.again(Step::Address, errors)
            };
        }
    };
    if sent != Sent::Confirm {
        return PrescriberPage { identity: Some(identity), ..page }.show(Step::Recap);
    }
    match found_prescriber(&state, &newcomer.ctx, newcomer.user(), identity, (kind, has_order)).await {
        Ok(id) => done(&session, id, (kind, has_order)).await,
        Err(Failure::Refused(FoundingRefused::NotProfessional)) => Err(FOR_PROFESSIONALS),
        Err(Failure::Refused(FoundingRefused::Kind)) => page.again(Step::Kind, form::no_kind()),
        // Somebody signed up the same a moment ago: they are asked instead (D32).
        Err(Failure::Refused(FoundingRefused::Taken)) => {
            let found = found(&state, &siret, &department).await?;
            let (step, errors) = (Step::Kind, form::taken());
            page_with(StatusCode::CONFLICT, &PrescriberPage { step, found, errors, ..page })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Acts for it from now on, and says what comes next: the order of the prefect is entered or asked for where habilitations are (PRE-6,
/// D15).
async fn done(
    session: &Session,
    id: OrganisationId,
    (kind, has_order): (PrescriberKind, bool),
) -> PageResult {
    session::act_for(session, id).await?;
    let title = "Votre organisation est inscrite";
    if kind != PrescriberKind::Other {
        let told = "Vous l’administrez. L’équipe du service vérifie son habilitation, d’ordinaire sous 72 heures : d’ici là, vous orientez \
                    des personnes vers les employeurs, sans pouvoir valider leur éligibilité. Invitez vos collègues.";
        return flash::done(session, title, told, DashboardPath).await;
    }
    if has_order {
        let told = "Vous l’administrez. Demandez maintenant que son habilitation par le préfet soit enregistrée, avec l’arrêté : d’ici là, \
                    vous orientez des personnes vers les employeurs.";
        return flash::done(session, title, told, HabilitationPath).await;
    }
    let told = "Vous l’administrez, comme orienteur : vous proposez des personnes aux employeurs. Invitez vos collègues, ou cherchez un \
                employeur pour une personne.";
    flash::done(session, title, told, DashboardPath).await
}
