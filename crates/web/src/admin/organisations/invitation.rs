//! `/admin/organisations/{id}/invitation`: the team invites somebody, the first one there often (INS-1).

use askama::Template;
use axum::extract::State;
use iae_app::admin::organisations::queries::{Card, card};
use iae_app::organisations::invitations::invite_by_team;
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::invitations::{InviteRefused, Invited, LineRefused};
use iae_domain::staff::{StaffRight, SupportRemark, ensure};
use iae_domain::text::{Email, Name, NameRefused};
use serde::Deserialize;
use tower_sessions::Session;

use super::act;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::organisations::fields::NO_EMAIL;
use crate::paths::{AdminMemberInvitationPath, AdminOrganisationPath};
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/invitation.html")]
pub struct InvitationPage {
    layout: Layout,
    of: Card,
    form: InvitationForm,
    errors: FieldErrors,
}

/// Who is invited, and why.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct InvitationForm {
    last_name: String,
    first_name: String,
    email: String,
    remark: String,
}

impl InvitationForm {
    fn parse(&self) -> Result<(Invited, SupportRemark), FieldErrors> {
        let mut errors = FieldErrors::default();
        let last_name = name(&mut errors, "last_name", &self.last_name, "Écrivez le nom.");
        let first_name = name(&mut errors, "first_name", &self.first_name, "Écrivez le prénom.");
        let email = Email::parse(&self.email).map_err(|_| errors.add("email", NO_EMAIL)).ok();
        let remark = act::remark(&mut errors, &self.remark);
        let person = last_name.zip(first_name).zip(email);
        let invited = person.map(|((last_name, first_name), email)| Invited { email, first_name, last_name });
        errors.or(invited.zip(remark))
    }
}

fn name(errors: &mut FieldErrors, field: &'static str, text: &str, blank: &str) -> Option<Name> {
    let refused = match Name::parse(text) {
        Ok(name) => return Some(name),
        Err(NameRefused::Blank) => blank,
        Err(NameRefused::TooLong) => "Ce nom est trop long : 100 caractères au plus.",
        Err(NameRefused::NotAName) => {
            "Un nom ne contient que des lettres, des espaces, des traits d’union et des apostrophes."
        }
    };
    errors.add(field, refused);
    None
}

impl InvitationPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        ensure(&ctx.actor, StaffRight::ChangeOrganisations).map_err(iae_app::Error::from)?;
        let of = card(app, ctx, id).await?;
        Ok(Self { layout, of, form: InvitationForm::default(), errors: FieldErrors::default() })
    }
}

/// Asks who.
pub async fn get(
    AdminMemberInvitationPath { id }: AdminMemberInvitationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&InvitationPage::load(&state, &ctx, layout, id).await?)
}

/// Invites them.
pub async fn post(
    AdminMemberInvitationPath { id }: AdminMemberInvitationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<InvitationForm>,
) -> PageResult {
    let page = InvitationPage::load(&state, &ctx, layout, id).await?;
    let invited = async {
        let (person, remark) = form.parse()?;
        invite_by_team(&state, &ctx, id, person, &remark).await.or_say(refused)
    };
    match invited.await {
        Ok(()) => {
            let told =
                "L’invitation est partie par e-mail ; son lien est sur cette page. Elle sert quatorze jours.";
            flash::done(&session, "Invitation envoyée", told, AdminOrganisationPath { id }).await
        }
        Err(not_done) => not_done.again(|errors| InvitationPage { form, errors, ..page }),
    }
}

/// Why nobody is invited.
fn refused(refused: InviteRefused) -> FieldErrors {
    match refused {
        InviteRefused::Lines(lines) => {
            let why = lines.first().map(|(_, why)| *why);
            FieldErrors::one("email", why.map_or("Cette personne ne peut pas être invitée.", line))
        }
        InviteRefused::TooMany { .. } => FieldErrors::of_form(
            "Cinquante invitations attendent déjà une réponse : annulez-en avant d’en envoyer.",
        ),
        InviteRefused::Closed => FieldErrors::of_form(
            "Personne ne rejoint une structure fermée, ni une structure dont la convention n’est pas en vigueur : celle-ci se réactive \
             depuis la page de la structure.",
        ),
    }
}

const fn line(refused: LineRefused) -> &'static str {
    match refused {
        LineRefused::Repeated(_) | LineRefused::JustInvited => {
            "Vous venez d’inviter cette adresse : attendez une dizaine de minutes avant de recommencer."
        }
        LineRefused::NotProfessional => {
            "Cette adresse est celle d’un candidat ou d’un membre de l’équipe : seul un professionnel rejoint une structure."
        }
        LineRefused::AlreadyMember => "Cette personne fait déjà partie de la structure.",
        LineRefused::NotFranceTravail => {
            "Une agence France Travail n’a que des adresses en @francetravail.fr ou @pole-emploi.fr."
        }
    }
}
