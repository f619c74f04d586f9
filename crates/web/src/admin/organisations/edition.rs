//! `/admin/organisations/{id}/edition`: the team changes what is said of an organisation; each field that changes is read again first.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::admin::organisations::queries::{Card, card, lines};
use iae_app::admin::organisations::{change, preview};
use iae_app::directory::prescribers::queries::departments;
use iae_app::reference::queries::{DepartmentRow, Suggested};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::team::{CompanyAsked, TeamCard, TeamField, TeamRefused};
use iae_domain::organisations::{CompanySource, OrganisationFamily};
use iae_domain::staff::{StaffRight, ensure};
use tower_sessions::Session;

use super::act;
use super::form::{OrganisationForm, refused};
use super::new::department_choices;
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, page_with};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::organisations::fields::ProfileForm;
use crate::paths::{AdminOrganisationEditionPath, AdminOrganisationPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _, instant, version};

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/edition.html")]
pub struct EditionPage {
    layout: Layout,
    of: Card,
    form: OrganisationForm,
    communes: Vec<Suggested>,
    departments: Vec<DepartmentRow>,
    /// What would change: the field, what it says now, what it would say.
    recap: Option<Vec<(TeamField, String, String)>>,
    /// What was changed since the page was read (D32).
    news: Option<String>,
    errors: FieldErrors,
}

impl EditionPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        ensure(&ctx.actor, StaffRight::ChangeOrganisations).map_err(iae_app::Error::from)?;
        let of = card(app, ctx, id).await?;
        let departments = match of.family {
            OrganisationFamily::Institution => departments(&app.db).await?,
            OrganisationFamily::Company | OrganisationFamily::Prescriber => Vec::new(),
        };
        let form = OrganisationForm::of(&of);
        let (communes, errors) = (Vec::new(), FieldErrors::default());
        Ok(Self { layout, of, form, communes, departments, recap: None, news: None, errors })
    }

    const fn fields(&self) -> &ProfileForm {
        &self.form.profile
    }

    fn city_choices(&self) -> Vec<Choice> {
        self.fields().city_choices(&self.communes)
    }

    fn department_choices(&self) -> Vec<Choice> {
        department_choices(&self.departments, &self.form.department)
    }

    fn is_company(&self) -> bool {
        self.of.family == OrganisationFamily::Company
    }

    fn is_institution(&self) -> bool {
        self.of.family == OrganisationFamily::Institution
    }

    /// Whether the State says what its official address and its convention are.
    fn is_of_the_state(&self) -> bool {
        self.of.source == Some(CompanySource::Asp)
    }
}

/// Shows what may be changed.
pub async fn get(
    AdminOrganisationEditionPath { id }: AdminOrganisationEditionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&EditionPage::load(&state, &ctx, layout, id).await?)
}

impl EditionPage {
    /// What was typed, once somebody else changed the organisation: beside what it says now, to be confirmed or corrected (D32).
    async fn overtaken(
        self,
        app: &App,
        ctx: &Ctx<StaffActor>,
        asked: (TeamCard, &CompanyAsked),
    ) -> PageResult {
        let Self { layout, form, communes, of, .. } = self;
        let (id, family) = (of.id, of.family);
        let now = Self::load(app, ctx, layout, id).await?;
        let news = Some(news(app, id).await?);
        let mut page = Self { form, communes, news, ..now };
        page.form.profile.seen = version(page.of.updated_at);
        match preview(app, ctx, id, asked).await.or_say(|why| words(why, family)) {
            Ok(recap) => page_with(StatusCode::CONFLICT, &Self { recap: Some(recap), ..page }),
            Err(not_done) => not_done.again(|errors| Self { errors, ..page }),
        }
    }
}

/// Shows what would change, then changes it. What somebody else changed meanwhile is shown first, and asked again.
pub async fn post(
    AdminOrganisationEditionPath { id }: AdminOrganisationEditionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<OrganisationForm>,
) -> PageResult {
    let page = EditionPage::load(&state, &ctx, layout, id).await?;
    let communes = form.profile.communes(&state).await?;
    let page = EditionPage { form, communes, ..page };
    if page.form.step() == "back" {
        return ok(&page);
    }
    let family = page.of.family;
    let mut errors = FieldErrors::default();
    let asked = page.form.asked(&mut errors);
    let card = page.form.card(&mut errors, family, &page.communes);
    let card = match errors.or(card) {
        Ok(card) => card,
        Err(errors) => return NotDone::from(errors).again(|errors| EditionPage { errors, ..page }),
    };
    let previewed = preview(&state, &ctx, id, (card.clone(), &asked)).await;
    let recap = match previewed.or_say(|why| words(why, family)) {
        Ok(recap) => Some(recap),
        Err(not_done) => return not_done.again(|errors| EditionPage { errors, ..page }),
    };
    if page.form.profile.seen != version(page.of.updated_at) {
        return page.overtaken(&state, &ctx, (card, &asked)).await;
    }
    if page.form.step() != "confirm" {
        return ok(&EditionPage { recap, ..page });
    }
    let remark = match act::only_remark(&page.form.remark) {
        Ok(remark) => remark,
        Err(errors) => return NotDone::from(errors).again(|errors| EditionPage { recap, errors, ..page }),
    };
    let seen = instant(&page.form.profile.seen);
    match change(&state, &ctx, (id, seen), (card.clone(), &asked), &remark).await {
        Ok(()) => {
            let told = "Ce qui a changé est dans son journal, avec votre remarque.";
            flash::done(&session, "La structure est modifiée", told, AdminOrganisationPath { id }).await
        }
        Err(Failure::Refused(TeamRefused::Overtaken)) => page.overtaken(&state, &ctx, (card, &asked)).await,
        Err(Failure::Refused(why)) => words(why, family).again(|errors| EditionPage { errors, ..page }),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

fn words(why: TeamRefused, family: OrganisationFamily) -> NotDone {
    // Neither a SIRET nor a nature changes here: an institution moved where there is one already.
    if why == TeamRefused::Taken {
        let said = "Une institution de cette nature existe déjà dans ce département : il n’y en a qu’une.";
        return FieldErrors::one("department", said).into();
    }
    refused(why, family).unwrap_or_else(|| PageError::from(iae_app::Error::Conflict).into())
}

/// Who changed it since the page was read (D32).
async fn news(app: &App, id: OrganisationId) -> PageResult<String> {
    let lines = lines(app, id, None).await?;
    let last = lines.iter().find(|line| line.remark.is_none());
    let what =
        last.map_or_else(|| "cette structure a changé".to_owned(), |line| format!("« {} »", line.done()));
    let (who, at) = (last.and_then(|line| line.who.as_deref()), last.map(|line| line.at));
    Ok(act::meanwhile(who, &what, at))
}
