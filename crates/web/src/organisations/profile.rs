//! `/organisation/profile`: what an organisation says of itself, in steps, read as everyone will before it is published (CMP-25,
//! PRE-27).

mod published;
mod step;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::organisations::profile::publish;
use iae_app::organisations::profile::queries::{OwnOrganisation, own};
use iae_app::reference::queries::Suggested;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::Professional;
use iae_domain::organisations::policy::publish_profile;
use iae_domain::organisations::{OrganisationFamily, Profile, ProfileRefused};
use tower_sessions::Session;

use step::{Next, Step, next};

use super::fields::{ProfileForm, Says};
use super::show::{Shown, home_of};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::OrganisationProfilePath;
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "organisations/profile.html")]
pub struct ProfilePage {
    layout: Layout,
    own: OwnOrganisation,
    says: Says,
    step: Step,
    form: ProfileForm,
    /// The communes that the address may be in.
    communes: Vec<Suggested>,
    /// What would be published, at the last step.
    preview: Option<Shown>,
    /// What was published since the page was read (D32).
    news: Option<String>,
    /// Where the pages of the organisation begin for whoever reads.
    home: &'static str,
    errors: FieldErrors,
}

impl ProfilePage {
    /// What is published today, to be changed.
    async fn load(app: &App, ctx: &Ctx<Professional>, layout: Layout) -> PageResult<Self> {
        let organisation = publish_profile(&ctx.actor).map_err(|_| published::not_by(&ctx.actor))?;
        let own = own(&app.db, organisation).await?.ok_or(PageError::NotFound)?;
        Ok(Self {
            layout,
            says: Says::of(&ctx.actor),
            step: Step::Contact,
            form: ProfileForm::of(&own),
            own,
            communes: Vec::new(),
            preview: None,
            news: None,
            home: home_of(&ctx.actor),
            errors: FieldErrors::default(),
        })
    }

    const fn fields(&self) -> &ProfileForm {
        &self.form
    }

    const fn says_support(&self) -> bool {
        matches!(self.says, Says::DescriptionAndSupport)
    }

    /// Where the page is left.
    const fn home(&self) -> &'static str {
        self.home
    }

    fn city_choices(&self) -> Vec<Choice> {
        self.form.city_choices(&self.communes)
    }

    fn is_company(&self) -> bool {
        self.own.family == OrganisationFamily::Company
    }

    /// The words of the field of its name.
    fn name_label(&self) -> &'static str {
        if self.is_company() { "Nom d’usage, ou enseigne" } else { "Nom de l’organisation" }
    }

    /// The same as it was filled, once another version was published: it may take its place, said so (409).
    fn overtaken(mut self) -> PageResult {
        self.form.seen = version(self.own.version);
        self.step = Step::Contact;
        let by_whom = published::by_whom(&self.own);
        self.news = Some(format!("{by_whom} Ce que vous venez d’envoyer n’a pas été enregistré."));
        page_with(StatusCode::CONFLICT, &self)
    }
}

/// Asks what it is called and how it is reached.
pub async fn get(
    _: OrganisationProfilePath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    layout: Layout,
) -> PageResult {
    ok(&ProfilePage::load(&state, &ctx, layout).await?)
}

/// Goes from step to step, then publishes. When a colleague did meanwhile, says so, and asks again (D32), but for what says the same.
pub async fn post(
    _: OrganisationProfilePath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    session: Session,
    layout: Layout,
    Form(form): Form<ProfileForm>,
) -> PageResult {
    let page = ProfilePage::load(&state, &ctx, layout).await?;
    let communes = form.communes(&state).await?;
    let page = ProfilePage { form, communes, ..page };
    let is_overtaken = page.form.seen != version(page.own.version);
    let profile = match next(&page.form, &page.communes, page.says) {
        Next::Publish(profile) if is_overtaken && published::says_already(&page.own, &profile) => {
            return done(&session, &ctx).await;
        }
        _ if is_overtaken => return page.overtaken(),
        Next::Show(step, errors) if errors.is_empty() => return ok(&ProfilePage { step, ..page }),
        Next::Show(step, errors) => return unprocessable(&ProfilePage { step, errors, ..page }),
        Next::Read(profile) => {
            let preview = Some(Shown::of_profile(&page.own, &profile));
            return ok(&ProfilePage { step: Step::Preview, preview, ..page });
        }
        Next::Publish(profile) => profile,
    };
    send(&state, &ctx, &session, page, *profile).await
}

async fn send(
    app: &App,
    ctx: &Ctx<Professional>,
    session: &Session,
    page: ProfilePage,
    profile: Profile,
) -> PageResult {
    match publish(app, ctx, instant(&page.form.seen), profile.clone()).await {
        Ok(()) => done(session, ctx).await,
        Err(Failure::Refused(ProfileRefused::Overtaken)) => {
            let ProfilePage { layout, form, communes, .. } = page;
            let now = ProfilePage::load(app, ctx, layout).await?;
            if published::says_already(&now.own, &profile) {
                return done(session, ctx).await;
            }
            ProfilePage { form, communes, ..now }.overtaken()
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

async fn done(session: &Session, ctx: &Ctx<Professional>) -> PageResult {
    let told = match Says::of(&ctx.actor) {
        Says::Nothing => {
            "Le nom et les coordonnées de votre organisation sont à jour partout où ils se lisent."
        }
        Says::Description | Says::DescriptionAndSupport => {
            "Tout le monde lit désormais ce que vous avez écrit."
        }
    };
    flash::done(session, "La fiche est publiée", told, home_of(&ctx.actor)).await
}
