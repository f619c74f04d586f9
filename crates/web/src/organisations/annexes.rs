//! `/organisation/annexes`: the financial annexes of an SIAE, and the choice of another one by an antenna (CMP-23, CMP-24).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::organisations::annexes::{Annexes, annexes, attach};
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::organisations::policy::read_annexes;
use iae_domain::organisations::{Annex, AttachRefused, shows_annexes};
use iae_domain::policy::Denied;
use serde::Deserialize;
use tower_sessions::Session;

use super::FOR_ADMINISTRATORS;
use crate::applications::state_badge::StateBadge;
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::paths::{AnnexesPath, OrganisationPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page.
#[derive(Template)]
#[template(path = "organisations/annexes.html")]
pub struct AnnexesPage {
    layout: Layout,
    annexes: Annexes,
    form: AnnexForm,
    errors: FieldErrors,
    today: NaiveDate,
}

/// The annex that is chosen, and the convention that was read (D32).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnnexForm {
    annex: String,
    seen: String,
}

impl AnnexesPage {
    /// What an administrator reads; who has no annex to read is told so.
    async fn load(app: &App, ctx: &Ctx<EmployerActor>, layout: Layout) -> PageResult<Self> {
        read_annexes(&ctx.actor).map_err(|denied| match denied {
            Denied::NotSiae => PageError::Forbidden { reserved_for: "aux SIAE" },
            Denied::Role | Denied::NotAuthorised | Denied::OtherOrganisation => FOR_ADMINISTRATORS,
        })?;
        let annexes = annexes(app, ctx).await?;
        if !shows_annexes(annexes.attachment.source) {
            return Err(NO_ANNEX);
        }
        let seen = annexes.attachment.convention.map(|id| id.to_string()).unwrap_or_default();
        let form = AnnexForm { annex: String::new(), seen };
        Ok(Self { layout, annexes, form, errors: FieldErrors::default(), today: ctx.today() })
    }

    fn badge(&self, annex: &Annex) -> StateBadge {
        let (tone, icon) =
            if annex.is_active(self.today) { ("success", "circle-check") } else { ("neutral", "archive") };
        StateBadge { label: annex.state.label(), tone, icon }
    }

    /// Whether one of its annexes is in force: else it has a month of grace, or is out already.
    fn is_covered(&self) -> bool {
        self.annexes.own.iter().any(|annex| annex.is_active(self.today))
    }

    /// The annexes that an antenna may choose, the one it has aside.
    fn choices(&self) -> Vec<Choice> {
        let choice = |annex: &Annex| {
            let number = annex.number.as_str();
            let hint = format!("En vigueur jusqu’au {}", french::date(annex.ends_on));
            Choice::new(number, annex.number.shown_prefix())
                .with_hint(hint)
                .selected_if(number == self.form.annex)
        };
        let current = self.annexes.attachment.convention;
        let others = self.annexes.offered.iter().filter(|annex| Some(annex.convention) != current);
        others.map(choice).collect()
    }
}

/// What is answered to who has no annex of its own.
const NO_ANNEX: PageError = PageError::Forbidden {
    reserved_for: "aux structures qui ont une convention. La vôtre vient d’être créée par l’équipe du service : ses annexes \
                   apparaîtront dès que l’ASP les aura transmises",
};

/// Shows them.
pub async fn get(
    _: AnnexesPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    ok(&AnnexesPage::load(&state, &ctx, layout).await?)
}

/// Attaches the antenna to the annex that is chosen.
pub async fn post(
    _: AnnexesPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<AnnexForm>,
) -> PageResult {
    let page = AnnexesPage::load(&state, &ctx, layout).await?;
    match attach(&state, &ctx, form.seen.parse().ok(), form.annex.trim()).await.or_say(refused) {
        Ok(()) => {
            let told = "Sa convention, et donc ses droits, sont désormais ceux de cette annexe.";
            flash::done(&session, "Votre structure est rattachée à l’annexe choisie", told, OrganisationPath)
                .await
        }
        Err(not_done) => not_done.again(|errors| AnnexesPage { form, errors, ..page }),
    }
}

/// Why it is not attached.
fn refused(refused: AttachRefused) -> NotDone {
    let beside = |said: &str| FieldErrors::one("annex", said).into();
    match refused {
        AttachRefused::NotOffered => beside("Choisissez une annexe de la liste."),
        AttachRefused::Already => beside("Votre structure est déjà rattachée à la convention de cette annexe."),
        AttachRefused::Fixed => PageError::Forbidden {
            reserved_for: "aux antennes. La convention des autres structures vient de l’ASP et ne se choisit pas",
        }
        .into(),
        AttachRefused::Overtaken => PageError::Conflict {
            message: "Un autre administrateur a rattaché votre structure à une autre annexe depuis que vous avez ouvert la page. \
                      Votre choix n’a pas été enregistré."
                .to_owned(),
            link: Some(("Revoir les annexes financières".to_owned(), AnnexesPath.to_string())),
        }
        .into(),
    }
}
