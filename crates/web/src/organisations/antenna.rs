//! `/organisation/antennas/new`: an administrator adds a secondary establishment to their company (CMP-19 to CMP-22).

mod messages;

use askama::Template;
use axum::extract::State;
use iae_app::organisations::antennas::{add_antenna, parent};
use iae_app::reference::queries::Suggested;
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::french::groups;
use iae_domain::organisations::{AntennaCommand, OrganisationName, Parent, Siret, policy};
use serde::Deserialize;
use tower_sessions::Session;

pub(crate) use messages::{no_siret, wrong_key};

use super::FOR_ADMINISTRATORS;
use super::fields::{self, ProfileForm, Says};
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{NewAntennaPath, OrganisationPath};
use crate::session;
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "organisations/antenna.html")]
pub struct AntennaPage {
    layout: Layout,
    parent: Parent,
    form: AntennaForm,
    /// The communes that the address may be in.
    communes: Vec<Suggested>,
    errors: FieldErrors,
}

/// What is typed; a kind is never read (CMP-20).
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct AntennaForm {
    siret: String,
    legal_name: String,
    #[serde(flatten)]
    profile: ProfileForm,
}

impl AntennaForm {
    /// What is asked, or each mistake.
    fn parse(&self, communes: &[Suggested]) -> Result<AntennaCommand, FieldErrors> {
        let mut errors = FieldErrors::default();
        let siret = Siret::parse(&self.siret);
        let siret = siret.map_err(|_| errors.add("siret", messages::no_siret(&self.siret))).ok();
        let name = OrganisationName::parse(&self.legal_name);
        let name = name.map_err(|refused| errors.add("legal_name", fields::name(refused))).ok();
        let profile = self.profile.profile(&mut errors, communes, Says::DescriptionAndSupport);
        let command = siret.zip(name).zip(profile);
        errors.or(command.map(|((siret, name), profile)| AntennaCommand { siret, name, profile }))
    }
}

impl AntennaPage {
    const fn fields(&self) -> &ProfileForm {
        &self.form.profile
    }

    fn city_choices(&self) -> Vec<Choice> {
        self.fields().city_choices(&self.communes)
    }

    /// The first nine digits that its SIRET must have.
    fn siren(&self) -> String {
        groups(self.parent.siret.siren(), &[3, 3, 3])
    }
}

/// The company that would add one; whoever may not is told why, on a page or beside a form.
async fn adding(app: &App, ctx: &Ctx<EmployerActor>) -> PageResult<Parent> {
    policy::add_antenna(&ctx.actor).map_err(|_| FOR_ADMINISTRATORS)?;
    let parent = parent(app, ctx).await?;
    parent.may_add_antennas().map_err(messages::closed)?;
    Ok(parent)
}

/// Asks what the antenna is.
pub async fn get(
    _: NewAntennaPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let parent = adding(&state, &ctx).await?;
    let profile = ProfileForm { name: parent.name.clone(), ..ProfileForm::default() };
    let form = AntennaForm { siret: String::new(), legal_name: parent.name.clone(), profile };
    ok(&AntennaPage { layout, parent, form, communes: Vec::new(), errors: FieldErrors::default() })
}

/// Adds it; whoever did acts for it from then on (CMP-21).
pub async fn post(
    _: NewAntennaPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<AntennaForm>,
) -> PageResult {
    let parent = adding(&state, &ctx).await?;
    let communes = form.profile.communes(&state).await?;
    let added = async {
        let command = form.parse(&communes)?;
        let added = add_antenna(&state, &ctx, command).await;
        added.or_say(|refused| messages::refused(refused, &parent))
    };
    match added.await {
        Ok(id) => {
            session::act_for(&session, id).await?;
            let told = "Vous l’administrez, et vous agissez maintenant pour elle. Elle prend déjà des candidatures spontanées\u{a0}: \
                        invitez-y vos collègues.";
            // Nothing is read again before an antenna is added: a wrong key is said after (ORG-2).
            let told = match wrong_key(&form.siret) {
                Some(said) => format!("{told} {said} S’il est faux, écrivez à l’équipe du service."),
                None => told.to_owned(),
            };
            flash::done(&session, "L’antenne est ajoutée", told, OrganisationPath).await
        }
        Err(not_done) => not_done.again(|errors| AntennaPage { layout, parent, form, communes, errors }),
    }
}
