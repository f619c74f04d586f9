//! `/admin/organisations/new`: the team creates an organisation; what it typed is read again before it is written (CMP-13, INS-1).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::admin::organisations::create;
use iae_app::directory::prescribers::queries::departments;
use iae_app::reference::queries::{DepartmentRow, Suggested};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind, Siret};
use iae_domain::staff::{StaffRight, ensure};
use iae_domain::text::PhoneNumber;
use serde::Deserialize;
use tower_sessions::Session;

use super::act;
use super::form::{OrganisationForm, refused};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::{self, spaced};
use crate::layout::Layout;
use crate::organisations::fields::ProfileForm;
use crate::paths::{AdminOrganisationPath, NewAdminOrganisationPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/new.html")]
pub struct NewOrganisationPage {
    layout: Layout,
    /// Which family is created; none before it is chosen.
    family: Option<OrganisationFamily>,
    form: OrganisationForm,
    communes: Vec<Suggested>,
    departments: Vec<DepartmentRow>,
    /// What is read again before it is written.
    recap: Option<Vec<(&'static str, String)>>,
    errors: FieldErrors,
}

/// Which family is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    family: String,
}

impl NewOrganisationPage {
    async fn load(app: &App, layout: Layout, form: OrganisationForm) -> PageResult<Self> {
        let family = OrganisationFamily::parse(&form.family);
        let departments = departments(&app.db).await?;
        let (communes, errors) = (Vec::new(), FieldErrors::default());
        Ok(Self { layout, family, form, communes, departments, recap: None, errors })
    }

    const fn fields(&self) -> &ProfileForm {
        &self.form.profile
    }

    fn city_choices(&self) -> Vec<Choice> {
        self.fields().city_choices(&self.communes)
    }

    fn title(&self) -> &'static str {
        match self.family {
            None => "Créer une structure",
            Some(OrganisationFamily::Company) => "Créer un employeur",
            Some(OrganisationFamily::Prescriber) => "Créer un organisme prescripteur",
            Some(OrganisationFamily::Institution) => "Créer une institution",
        }
    }

    /// Its kinds; agencies of France Travail come from their directory.
    fn kinds(&self) -> Vec<Choice> {
        let kinds: Vec<(&str, &str)> = match self.family {
            None => Vec::new(),
            Some(OrganisationFamily::Company) => {
                CompanyKind::ALL.iter().map(|kind| (kind.code(), kind.label())).collect()
            }
            Some(OrganisationFamily::Prescriber) => PrescriberKind::ALL
                .iter()
                .filter(|kind| **kind != PrescriberKind::Ft)
                .map(|kind| (kind.code(), kind.label()))
                .collect(),
            Some(OrganisationFamily::Institution) => {
                InstitutionKind::ALL.iter().map(|kind| (kind.code(), kind.label())).collect()
            }
        };
        let choice =
            |(code, label): (&str, &str)| Choice::new(code, label).selected_if(code == self.form.kind);
        kinds.into_iter().map(choice).collect()
    }

    fn department_choices(&self) -> Vec<Choice> {
        department_choices(&self.departments, &self.form.department)
    }

    /// What it would be, line by line.
    fn read_again(&self) -> Vec<(&'static str, String)> {
        let form = &self.form;
        let kind = self.kinds().into_iter().find(|kind| kind.selected).map(|kind| kind.label);
        let profile = &form.profile;
        let department = self.department_choices().into_iter().find(|one| one.selected).map(|one| one.label);
        let siret = Siret::parse(&form.siret);
        let key = match &siret {
            Ok(siret) if !siret.has_its_key() => spaced(
                "La clé de ce SIRET est fausse : c’est le plus souvent une faute de frappe. Relisez-le sur la pièce reçue.",
            ),
            Ok(_) | Err(_) => String::new(),
        };
        let siret = siret.map(|siret| french::siret(siret.as_str())).unwrap_or_default();
        let phone = PhoneNumber::parse(&profile.phone);
        let phone = phone.map(|phone| french::phone(phone.as_str())).unwrap_or_default();
        let lines = [
            ("Nature", kind.unwrap_or_default()),
            ("SIRET", siret),
            ("À vérifier", key),
            ("Nom officiel", form.legal_name.clone()),
            ("Nom d’usage", profile.name.clone()),
            ("Adresse", profile.address_line_1.clone()),
            ("Complément", profile.address_line_2.clone()),
            ("Commune", format!("{} {}", profile.post_code, profile.city).trim().to_owned()),
            ("Département", department.unwrap_or_default()),
            ("Téléphone", phone),
            ("E-mail public", profile.email.clone()),
            ("Site web", profile.website.clone()),
            ("E-mail officiel", form.auth_email.clone()),
            ("Convention", form.convention.clone()),
        ];
        lines.into_iter().filter(|(_, said)| !said.is_empty()).collect()
    }

    /// What comes next, once it is written.
    fn next(&self) -> &'static str {
        match self.family {
            Some(OrganisationFamily::Company) if self.form.convention.trim().is_empty() => {
                "Sans convention, elle est active dès sa création, et le reste tant que le flux de l’ASP ne la confirme pas : au bout de \
                 90 jours, il la supprime si rien n’y a été fait. Invitez ensuite son premier membre, ou laissez l’adresse officielle \
                 recevoir un lien."
            }
            Some(OrganisationFamily::Company) => {
                "Elle suit la convention indiquée, et elle est active tant que la convention l’est. Invitez ensuite son premier membre."
            }
            Some(OrganisationFamily::Prescriber) => {
                "Ses membres sont orienteurs tant que son habilitation n’est pas validée. Invitez ensuite son premier membre."
            }
            Some(OrganisationFamily::Institution) | None => {
                "Personne n’y est encore : invitez ensuite son premier membre, qui l’administrera."
            }
        }
    }
}

/// The départements, one of them chosen.
pub(super) fn department_choices(departments: &[DepartmentRow], chosen: &str) -> Vec<Choice> {
    let choice = |row: &DepartmentRow| {
        Choice::new(row.code.as_str(), format!("{} ({})", row.name, row.code)).selected_if(row.code == chosen)
    };
    departments.iter().map(choice).collect()
}

/// Asks which family, then what it is.
pub async fn get(
    _: NewAdminOrganisationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Query(query): Query<NewQuery>,
) -> PageResult {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations).map_err(iae_app::Error::from)?;
    let form = OrganisationForm { family: query.family, ..OrganisationForm::default() };
    ok(&NewOrganisationPage::load(&state, layout, form).await?)
}

/// Shows it to be read again, then creates it.
pub async fn post(
    _: NewAdminOrganisationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<OrganisationForm>,
) -> PageResult {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations).map_err(iae_app::Error::from)?;
    let family = OrganisationFamily::parse(&form.family).ok_or(PageError::Malformed)?;
    let communes = form.profile.communes(&state).await?;
    let page = NewOrganisationPage { communes, ..NewOrganisationPage::load(&state, layout, form).await? };
    if page.form.step() == "back" {
        return ok(&page);
    }
    let mut errors = FieldErrors::default();
    let command = page.form.command(&mut errors, family);
    let card = page.form.card(&mut errors, family, &page.communes);
    let (card, command) = match errors.or(card.zip(command)) {
        Ok(asked) => asked,
        Err(errors) => return NotDone::from(errors).again(|errors| NewOrganisationPage { errors, ..page }),
    };
    let recap = Some(page.read_again());
    // A form that no recap of ours made is read again, like any other.
    let chosen: Option<OrganisationId> = page.form.id.parse().ok();
    let id = match chosen {
        Some(id) if page.form.step() == "confirm" => id,
        Some(_) | None => {
            let id = OrganisationId::at(ctx.now).to_string();
            let form = OrganisationForm { id, ..page.form };
            return ok(&NewOrganisationPage { form, recap, ..page });
        }
    };
    let remark = match act::only_remark(&page.form.remark) {
        Ok(remark) => remark,
        Err(errors) => {
            return NotDone::from(errors).again(|errors| NewOrganisationPage { recap, errors, ..page });
        }
    };
    let words = |why| refused(why, family).unwrap_or_else(|| PageError::NotFound.into());
    match create(&state, &ctx, id, (card, command), &remark).await.or_say(words) {
        Ok(()) => {
            let told = "Personne n’y est encore : invitez son premier membre, qui l’administrera.";
            flash::done(&session, "La structure est créée", told, AdminOrganisationPath { id }).await
        }
        Err(not_done) => not_done.again(|errors| NewOrganisationPage { errors, ..page }),
    }
}
