//! `/admin/organisations/{id}/succession/split`: a part of a structure leaves for another one.

mod form;

use askama::Template;
use axum::extract::State;
use iae_app::organisations::succession::queries::{Pieces, pieces};
use iae_app::organisations::succession::{SplitCommand, SplitPreview, split, split_preview, structure};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::succession::{Part, Structure};
use tower_sessions::Session;

use form::SplitForm;

use super::messages::{Fields, refused};
use super::terms::{BACK, CONFIRM, Found, said_day};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, see_other};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::paths::{AdminSplitPath, AdminSuccessionPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page: the form, then what it would do.
#[derive(Template)]
#[template(path = "admin/succession/split.html")]
pub struct SplitPage {
    layout: Layout,
    structure: Structure,
    /// What a part is chosen of.
    pieces: Pieces,
    form: SplitForm,
    /// What the search of the other structure found.
    found: Found,
    /// What would be done, once it was read.
    preview: Option<SplitPreview>,
    errors: FieldErrors,
}

impl SplitPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        let structure = structure(app, ctx, id).await?;
        if structure.company.is_none() {
            return Err(PageError::NotFound);
        }
        let pieces = pieces(&app.db, id).await?;
        let form = SplitForm::new(ctx.today());
        let (found, errors) = (Found::default(), FieldErrors::default());
        Ok(Self { layout, structure, pieces, form, found, preview: None, errors })
    }

    /// What is asked; or each mistake.
    async fn command(&mut self, app: &App) -> Result<SplitCommand, NotDone> {
        let (asked, found) = self.form.command(app, self.structure.id, self.first_part()).await?;
        self.found = found;
        self.form.remember_search();
        Ok(asked?)
    }

    /// The first field of what leaves: where it is said that nothing does.
    fn first_part(&self) -> &'static str {
        let is_empty =
            [self.pieces.posts.is_empty(), self.pieces.members.is_empty(), self.pieces.antennas.is_empty()];
        match is_empty {
            [false, ..] => "posts",
            [true, false, _] => "members",
            [true, true, false] => "antennas",
            [true, true, true] => "",
        }
    }

    /// What leaves, by name: posts, members, antennas.
    fn leaving(&self) -> [(&'static str, Vec<String>); 3] {
        let names = |choices: Vec<Choice>| -> Vec<String> {
            choices.into_iter().filter(|choice| choice.selected).map(|choice| choice.label).collect()
        };
        [
            ("Postes qui partent", names(self.posts())),
            ("Membres qui partent", names(self.members())),
            ("Antennes qui partent", names(self.antennas())),
        ]
    }

    /// Whether members leave of whom none administers: one of them does, where nobody would (MEM-6).
    fn names_administrator(&self) -> bool {
        let leaving: Vec<Choice> = self.members().into_iter().filter(|member| member.selected).collect();
        !leaving.is_empty() && leaving.iter().all(|member| member.hint.is_empty())
    }

    /// Where a mistake is said, as the target is typed.
    fn fields(&self) -> Fields {
        if self.form.is_new() {
            Fields { siret: "siret", target: "siret" }
        } else {
            Fields { siret: "wanted", target: "wanted" }
        }
    }

    fn posts(&self) -> Vec<Choice> {
        self.form.posts(&self.pieces)
    }

    fn members(&self) -> Vec<Choice> {
        self.form.members(&self.pieces)
    }

    fn antennas(&self) -> Vec<Choice> {
        self.form.antennas(&self.pieces)
    }

    fn destinations(&self) -> Vec<Choice> {
        self.form.destinations()
    }

    fn choices(&self) -> Vec<Choice> {
        self.found.choices(&self.form.target)
    }

    /// Whether there is something to choose among.
    fn is_to_choose(&self) -> bool {
        self.found.only().is_none() && !self.found.is_empty()
    }

    fn target_siret(&self) -> String {
        let target = self.preview.as_ref().and_then(|preview| preview.target.siret.as_ref());
        target.map(|siret| french::siret(siret.as_str())).unwrap_or_default()
    }

    fn effective(&self) -> String {
        said_day(&self.form.effective_on)
    }

    /// What there is, what leaves, what stays.
    fn parts(&self) -> Vec<Part> {
        let parts = self.preview.as_ref().map(|preview| preview.parts.clone()).unwrap_or_default();
        parts.into_iter().filter(|part| part.whole > 0).collect()
    }
}

/// Shows the form.
pub async fn get(
    AdminSplitPath { id }: AdminSplitPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let page = SplitPage::load(&state, &ctx, layout, id).await?;
    // Of one that is closed, the choice of what else becomes of it says what became of it.
    if page.structure.is_closed {
        return see_other(AdminSuccessionPath { id }.to_string());
    }
    ok(&page)
}

/// Shows what it would do, then does it.
pub async fn post(
    AdminSplitPath { id }: AdminSplitPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<SplitForm>,
) -> PageResult {
    let mut page = SplitPage { form, ..SplitPage::load(&state, &ctx, layout, id).await? };
    if page.form.step == BACK {
        return ok(&page);
    }
    let fields = page.fields();
    let acted: Result<Option<SplitPreview>, NotDone> = async {
        let command = page.command(&state).await?;
        if page.form.step == CONFIRM {
            let done = split(&state, &ctx, (id, &page.form.seen), command).await;
            done.or_say(|why| refused(why, id, fields)).map(|_| None)
        } else {
            let preview = split_preview(&state, &ctx, id, &command).await;
            preview.or_say(|why| refused(why, id, fields)).map(Some)
        }
    }
    .await;
    match acted {
        Ok(Some(preview)) => {
            if !preview.is_new {
                page.form.target = preview.target.id.to_string();
            }
            page.form.seen.clone_from(&preview.seen);
            ok(&SplitPage { preview: Some(preview), ..page })
        }
        Ok(None) => {
            let told = "La partie que vous avez choisie est de l’autre côté, le reste n’a pas bougé. Les administrateurs des deux structures sont prévenus par e-mail.";
            flash::done(&session, "Scission enregistrée", told, AdminSuccessionPath { id }).await
        }
        Err(not_done) => not_done.again(|errors| SplitPage { errors, ..page }),
    }
}
