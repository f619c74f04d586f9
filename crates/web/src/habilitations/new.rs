//! `/habilitations/new`: an order made before the platform, or without it, is entered with its dates and its scan (D15, PRE-6).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::documents::ReceivedFile;
use iae_app::habilitations::queries::{Nominee, nominees};
use iae_app::habilitations::{RecordRefused, Recorded, record};
use iae_app::{App, Ctx, Error};
use iae_domain::documents::DocumentKind;
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{HabilitationRefused, NotNeeded};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::Siret;
use serde::Deserialize;
use tower_sessions::Session;

use super::order::order;
use super::words;
use crate::choice::Choice;
use crate::documents::messages;
use crate::documents::upload::Incoming;
use crate::error::{PageResult, ok};
use crate::flash;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::{HabilitationReviewPath, NewHabilitationPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The field of the scan, and what it is.
const SCAN: &str = "scan";
const KIND: DocumentKind = DocumentKind::HabilitationPiece;

/// The page.
#[derive(Template)]
#[template(path = "habilitations/new.html")]
pub struct NewPage {
    layout: Layout,
    form: NewForm,
    /// The organisations of the SIRET that was typed, when there are several.
    nominees: Vec<Nominee>,
    limits: String,
    errors: FieldErrors,
}

/// What is typed, beside the scan.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct NewForm {
    siret: String,
    organisation: String,
    order_number: String,
    ordered_on: String,
    starts_on: String,
    ends_on: String,
}

impl NewForm {
    /// What the form means, or all its mistakes at once.
    fn parse(
        &self,
        nominees: &[Nominee],
        mut files: Vec<ReceivedFile>,
        today: NaiveDate,
    ) -> Result<Recorded, FieldErrors> {
        let mut errors = FieldErrors::default();
        let organisation = self.chosen(&mut errors, nominees);
        let days = [self.ordered_on.as_str(), &self.starts_on, &self.ends_on];
        let order = order(&mut errors, &self.order_number, days, today);
        let scan = files.pop();
        if scan.is_none() {
            errors.add(SCAN, "Joignez l’arrêté numérisé.");
        }
        let recorded = organisation.zip(order).zip(scan).map(|((organisation, order), scan)| Recorded {
            organisation,
            order,
            scan,
        });
        errors.or(recorded)
    }

    /// The only organisation of the SIRET, or the one that is chosen among several.
    fn chosen(&self, errors: &mut FieldErrors, nominees: &[Nominee]) -> Option<OrganisationId> {
        if Siret::parse(&self.siret).is_err() {
            errors.add("siret", "Indiquez un SIRET de 14 chiffres.");
            return None;
        }
        match nominees {
            [] => {
                errors.add(
                    "siret",
                    "Aucune organisation prescriptrice de ce SIRET n’est inscrite dans votre département : elle doit d’abord s’inscrire.",
                );
                None
            }
            [only] => Some(only.id),
            several => {
                let chosen = self.organisation.parse::<OrganisationId>().ok();
                let chosen = chosen.filter(|id| several.iter().any(|nominee| nominee.id == *id));
                if chosen.is_none() {
                    errors.add(
                        "organisation",
                        "Plusieurs organisations ont ce SIRET : choisissez celle que l’arrêté habilite.",
                    );
                }
                chosen
            }
        }
    }
}

impl NewPage {
    fn new(layout: Layout) -> Self {
        let (form, errors) = (NewForm::default(), FieldErrors::default());
        Self { layout, form, nominees: vec![], limits: messages::limits(KIND), errors }
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |nominee: &Nominee| {
            let id = nominee.id.to_string();
            let is_chosen = self.form.organisation == id;
            Choice::new(id, &nominee.name)
                .with_hint(format!("{}. {}", nominee.kind.label(), nominee.status.label()))
                .selected_if(is_chosen)
        };
        self.nominees.iter().map(choice).collect()
    }

    /// Whether one is to be chosen.
    fn asks_which(&self) -> bool {
        self.nominees.len() > 1
    }
}

/// The organisations of the SIRET that was typed.
async fn found(app: &App, ctx: &Ctx<Instructor>, form: &NewForm) -> PageResult<Vec<Nominee>> {
    match Siret::parse(&form.siret) {
        Ok(siret) => Ok(nominees(app, ctx, &siret).await?),
        Err(_) => Ok(vec![]),
    }
}

/// Asks for the order.
pub async fn get(_: NewHabilitationPath, ctx: Ctx<Instructor>, layout: Layout) -> PageResult {
    ctx.actor.records().map_err(Error::from)?;
    ok(&NewPage::new(layout))
}

/// Enters it.
pub async fn post(
    _: NewHabilitationPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    session: Session,
    layout: Layout,
    incoming: Incoming,
) -> PageResult {
    ctx.actor.records().map_err(Error::from)?;
    let mut upload = incoming.read(&state, &[(SCAN, KIND)]).await?;
    let form: NewForm = upload.typed()?;
    let files = upload.take_files(SCAN);
    let nominees = found(&state, &ctx, &form).await?;
    let acted = async {
        let recorded = form.parse(&nominees, files, ctx.today())?;
        record(&state, &ctx, recorded).await.or_say(refused)
    };
    match acted.await {
        Ok(id) => {
            let told = "L’organisation est habilitée pour les jours de l’arrêté. Ses membres sont prévenus par e-mail.";
            flash::done(&session, "Arrêté enregistré", told, HabilitationReviewPath { id }).await
        }
        Err(not_done) => not_done.again(|errors| NewPage { form, nominees, errors, ..NewPage::new(layout) }),
    }
}

/// Why it is not entered, beside its field.
fn refused(refused: RecordRefused) -> NotDone {
    let errors = match refused {
        RecordRefused::Document(refused) => FieldErrors::one(SCAN, messages::refused(KIND, refused)),
        RecordRefused::Habilitation(HabilitationRefused::AlreadyEntered) => {
            FieldErrors::one("order_number", words::ALREADY_ENTERED)
        }
        RecordRefused::Habilitation(HabilitationRefused::SameSiret) => FieldErrors::one(
            "siret",
            "Une autre organisation de ce SIRET est déjà habilitée par le préfet : une seule peut l’être.",
        ),
        RecordRefused::Habilitation(HabilitationRefused::NotNeeded(NotNeeded::Authorised)) => {
            FieldErrors::one(
                "siret",
                "Cette organisation est déjà habilitée par l’arrêté du 1er septembre 2021 : elle n’a pas besoin de l’être par le préfet.",
            )
        }
        RecordRefused::Habilitation(HabilitationRefused::NotNeeded(why)) => {
            FieldErrors::one("siret", words::not_needed(why))
        }
        RecordRefused::Habilitation(
            HabilitationRefused::NotNow(_)
            | HabilitationRefused::Overtaken
            | HabilitationRefused::Lacks(_)
            | HabilitationRefused::NoOpinion
            | HabilitationRefused::OpinionInTheFuture
            | HabilitationRefused::OpinionTooEarly { .. },
        ) => FieldErrors::one(
            "siret",
            "Une demande de cette organisation est en cours d’instruction : enregistrez l’arrêté depuis cette demande.",
        ),
    };
    errors.into()
}
