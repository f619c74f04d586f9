//! `/admin/organisations/{id}/succession/siret`: the SIRET of an organisation changes (CMP-5).

use askama::Template;
use axum::extract::State;
use iae_app::organisations::succession::{SiretPreview, change_siret, siret_preview, structure};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::Siret;
use iae_domain::organisations::succession::{Part, SiretChange, SiretWarning, Structure};
use serde::Deserialize;
use tower_sessions::Session;

use super::messages::{Fields, refused};
use super::terms::{BACK, CONFIRM, said_day, terms};
use crate::error::{PageError, PageResult, ok, see_other};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::{self, spaced};
use crate::layout::Layout;
use crate::organisations::no_siret;
use crate::paths::{AdminSiretChangePath, AdminSuccessionPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

const FIELDS: Fields = Fields { siret: "siret", target: "siret" };

/// The page: the form, then what it would do.
#[derive(Template)]
#[template(path = "admin/succession/siret.html")]
pub struct SiretPage {
    layout: Layout,
    structure: Structure,
    form: SiretForm,
    /// What would be done, once it was read.
    preview: Option<SiretPreview>,
    errors: FieldErrors,
}

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct SiretForm {
    siret: String,
    effective_on: String,
    remark: String,
    /// The structure that was read (D32).
    seen: String,
    step: String,
}

impl SiretForm {
    fn parse(&self) -> Result<SiretChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let siret = Siret::parse(&self.siret);
        let siret = siret.map_err(|_| errors.add("siret", no_siret(&self.siret))).ok();
        let (day, remark) = terms(&mut errors, &self.effective_on, &self.remark);
        let asked = siret.zip(day).zip(remark);
        errors.or(asked.map(|((siret, effective_on), remark)| SiretChange { siret, effective_on, remark }))
    }
}

impl SiretPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        let structure = structure(app, ctx, id).await?;
        if structure.siret.is_none() {
            return Err(PageError::NotFound);
        }
        let today = ctx.today().to_string();
        let form = SiretForm { effective_on: today, ..SiretForm::default() };
        Ok(Self { layout, structure, form, preview: None, errors: FieldErrors::default() })
    }

    fn former(&self) -> String {
        self.structure.siret.as_ref().map(|siret| french::siret(siret.as_str())).unwrap_or_default()
    }

    fn siret(&self) -> String {
        // Read again as it will be kept, however its digits were parted.
        Siret::parse(&self.form.siret).map(|siret| french::siret(siret.as_str())).unwrap_or_default()
    }

    fn effective(&self) -> String {
        said_day(&self.form.effective_on)
    }

    /// What the new SIRET is worth knowing.
    fn warnings(&self) -> Vec<String> {
        let Some(preview) = self.preview.as_ref() else { return Vec::new() };
        let held = |other: &String| {
            spaced(&format!(
                "{other} a déjà ce SIRET : deux structures de natures différentes peuvent le partager. Vérifiez que c’est bien le cas."
            ))
        };
        preview.warnings.iter().map(|one| warned(*one)).chain(preview.others.iter().map(held)).collect()
    }

    /// What follows the structure: what there is of it.
    fn parts(&self) -> Vec<Part> {
        let parts = self.preview.as_ref().map(|preview| preview.parts.clone()).unwrap_or_default();
        parts.into_iter().filter(|part| part.whole > 0).collect()
    }
}

fn warned(warning: SiretWarning) -> String {
    let said = match warning {
        SiretWarning::OtherSiren => {
            "Le SIREN change : c’est une autre personne morale. Vérifiez qu’elle reprend bien l’activité, ses salariés et ses \
             engagements ; sinon, c’est une fusion ou une scission."
                .to_owned()
        }
        SiretWarning::Convention => {
            "La convention de la structure est signée par un autre SIREN : elle y reste rattachée, jusqu’à ce que le flux de l’ASP dise \
             la nouvelle."
                .to_owned()
        }
        SiretWarning::Antennas(antennas) => format!(
            "{} l’ancien SIREN : changez ensuite leur SIRET, ou fusionnez-les.",
            french::plural(antennas, "antenne garde", "antennes gardent")
        ),
        SiretWarning::Key => {
            "La clé de ce SIRET est fausse : c’est le plus souvent une faute de frappe. Certains établissements publics en ont \
             pourtant un ainsi. Relisez-le sur la pièce reçue."
                .to_owned()
        }
        SiretWarning::Flow => {
            "Cette structure vient du flux hebdomadaire de l’ASP. Tant que l’ASP ne connaît pas le nouveau SIRET, le flux laisse celui \
             que vous enregistrez ici."
                .to_owned()
        }
    };
    spaced(&said)
}

/// Shows the form.
pub async fn get(
    AdminSiretChangePath { id }: AdminSiretChangePath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let page = SiretPage::load(&state, &ctx, layout, id).await?;
    // Of one that is closed, the choice of what else becomes of it says what became of it.
    if page.structure.is_closed {
        return see_other(AdminSuccessionPath { id }.to_string());
    }
    ok(&page)
}

/// Shows what it would do, then does it.
pub async fn post(
    AdminSiretChangePath { id }: AdminSiretChangePath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<SiretForm>,
) -> PageResult {
    let page = SiretPage { form, ..SiretPage::load(&state, &ctx, layout, id).await? };
    if page.form.step == BACK {
        return ok(&page);
    }
    let acted: Result<Option<SiretPreview>, NotDone> = async {
        let change = page.form.parse()?;
        if page.form.step == CONFIRM {
            let changed = change_siret(&state, &ctx, (id, &page.form.seen), change).await;
            changed.or_say(|why| refused(why, id, FIELDS)).map(|()| None)
        } else {
            let preview = siret_preview(&state, &ctx, id, &change).await;
            preview.or_say(|why| refused(why, id, FIELDS)).map(Some)
        }
    }
    .await;
    match acted {
        Ok(Some(preview)) => {
            let form = SiretForm { seen: preview.structure.seen(), ..page.form };
            ok(&SiretPage { form, preview: Some(preview), ..page })
        }
        Ok(None) => {
            let told = "L’ancien SIRET reste dans l’historique, et retrouve toujours la structure. Ses administrateurs sont prévenus par e-mail.";
            flash::done(&session, "SIRET changé", told, AdminSuccessionPath { id }).await
        }
        Err(not_done) => not_done.again(|errors| SiretPage { errors, ..page }),
    }
}
