//! A post typed at the hire: its job, of the ROME, and where it is (ACC-21).

use iae_app::App;
use iae_app::applications::NewJob;
use iae_app::reference::queries::{AppellationRow, Suggested, communes_called, suggest_appellations};
use iae_domain::reference::TypedPlace;
use iae_domain::text::folded;

use super::form::AcceptanceForm;
use crate::choice::Choice;
use crate::directory::place;
use crate::forms::FieldErrors;

/// The choice of a new post.
pub(super) const NEW: &str = "new";

/// What the typed job and commune may mean.
#[derive(Debug, Clone, Default)]
pub(super) struct FoundJob {
    jobs: Vec<AppellationRow>,
    communes: Vec<Suggested>,
}

impl FoundJob {
    /// Looks up what was typed, when a new post is chosen.
    pub(super) async fn of(app: &App, form: &AcceptanceForm) -> iae_app::Result<Self> {
        if form.job != NEW {
            return Ok(Self::default());
        }
        let jobs = suggest_appellations(&app.db, &form.new_job).await?;
        let exact: Vec<AppellationRow> =
            jobs.iter().filter(|job| folded(&job.label) == folded(&form.new_job)).cloned().collect();
        let place = TypedPlace::read(&form.new_job_commune);
        let communes = communes_called(&app.db, &place).await?;
        Ok(Self { jobs: if exact.is_empty() { jobs } else { exact }, communes })
    }

    /// The post, or what is missing of it.
    pub(super) fn read(&self, form: &AcceptanceForm, errors: &mut FieldErrors) -> Option<NewJob> {
        let job = self.job(form);
        if job.is_none() {
            let message = match (form.new_job.trim().is_empty(), self.jobs.is_empty()) {
                (true, _) => "Écrivez le métier du nouveau poste.",
                (false, true) => "Aucun métier ne s’appelle ainsi. Essayez un mot plus court.",
                (false, false) => "Plusieurs métiers correspondent\u{a0}: choisissez le bon.",
            };
            errors.add("new_job", message);
        }
        let commune = self.commune(form);
        if commune.is_none() {
            let message = match (form.new_job_commune.trim().is_empty(), self.communes.is_empty()) {
                (true, _) => "Écrivez la commune où se fait le travail.",
                (false, true) => "Aucune commune ne s’appelle ainsi.",
                (false, false) => "Plusieurs communes correspondent\u{a0}: choisissez la bonne.",
            };
            errors.add("new_job_commune", message);
        }
        Some(NewJob { appellation: job?.code.clone(), commune: commune?.commune.insee_code.clone() })
    }

    fn job(&self, form: &AcceptanceForm) -> Option<&AppellationRow> {
        match self.jobs.as_slice() {
            [one] => Some(one),
            several => several.iter().find(|job| job.code == form.new_job_choice),
        }
    }

    fn commune(&self, form: &AcceptanceForm) -> Option<&Suggested> {
        match self.communes.as_slice() {
            [one] => Some(one),
            several => several.iter().find(|one| one.commune.insee_code == form.new_job_commune_choice),
        }
    }

    /// « Jardinier, Metz (nouveau poste) ».
    pub(super) fn words(&self, form: &AcceptanceForm) -> Option<String> {
        let (job, commune) = (self.job(form)?, self.commune(form)?);
        Some(format!("{}, {} (nouveau poste)", job.label, commune.commune.name))
    }

    /// The jobs to choose among, when several are called so.
    pub(super) fn job_choices(&self, chosen: &str) -> Vec<Choice> {
        let choice =
            |job: &AppellationRow| Choice::new(&*job.code, &job.label).selected_if(job.code == chosen);
        self.jobs.iter().filter(|_| self.jobs.len() > 1).map(choice).collect()
    }

    /// The communes to choose among, when several are called so.
    pub(super) fn commune_choices(&self, chosen: &str) -> Vec<Choice> {
        let choice = |one: &Suggested| {
            let code = &one.commune.insee_code;
            Choice::new(code, place::long_label(one)).selected_if(code == chosen)
        };
        self.communes.iter().filter(|_| self.communes.len() > 1).map(choice).collect()
    }
}
