//! What may be chosen at a hire: the post, who accompanies the person (rule book 02 §6.3, ACC-21).

use iae_app::applications::detail::{Colleague, Post};

use super::{AcceptancePage, form, new_job};
use crate::choice::Choice;

impl AcceptancePage {
    pub(super) fn jobs(&self) -> Vec<Choice> {
        let choice = |post: &Post| {
            let selected = self.form.job == post.id.to_string();
            let name = if post.is_active { post.name.clone() } else { format!("{} (fermé)", post.name) };
            Choice::new(post.id.to_string(), name).selected_if(selected)
        };
        let new = Choice::new(new_job::NEW, "Un nouveau poste, à préciser ci-dessous");
        let new = new.selected_if(self.form.job == new_job::NEW);
        self.posts.iter().map(choice).chain([new]).collect()
    }

    /// The members of the company, whoever accepts first chosen, and nobody (rule book 02 §6.3).
    pub(super) fn advisors(&self) -> Vec<Choice> {
        let chosen =
            if self.form.advisor.is_empty() { self.user.to_string() } else { self.form.advisor.clone() };
        let choice = |colleague: &Colleague| {
            let id = colleague.user.to_string();
            Choice::new(&*id, &colleague.name).selected_if(chosen == id)
        };
        let unlisted = Choice::new(form::UNLISTED, "Non référencé sur le service");
        let unlisted = unlisted.selected_if(chosen == form::UNLISTED);
        self.colleagues.iter().map(choice).chain([unlisted]).collect()
    }

    /// What is done with the name (ACC-31, rule book 02 §14.2).
    pub(super) const fn advisor_hint(&self) -> &'static str {
        if self.application.company.kind.is_siae() {
            "Cette personne reçoit le PASS IAE par e-mail, et son nom est donné à qui a envoyé la candidature."
        } else {
            "Son nom est donné à qui a envoyé la candidature."
        }
    }

    pub(super) fn new_job_choices(&self) -> Vec<Choice> {
        self.found.job_choices(&self.form.new_job_choice)
    }

    pub(super) fn new_commune_choices(&self) -> Vec<Choice> {
        self.found.commune_choices(&self.form.new_job_commune_choice)
    }
}
