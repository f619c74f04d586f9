//! The steps of a profile, and what leads from one to the next (CMP-25).

use iae_app::reference::queries::Suggested;
use iae_domain::organisations::Profile;

use super::super::fields::{ProfileForm, Says};
use super::ProfilePage;
use crate::forms::FieldErrors;

/// A step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Contact,
    Words,
    Preview,
}

/// What a form sent leads to.
pub(super) enum Next {
    Show(Step, FieldErrors),
    Read(Box<Profile>),
    Publish(Box<Profile>),
}

/// The step that comes after what is sent; or the first that has mistakes, with them; or the publication.
pub(super) fn next(form: &ProfileForm, communes: &[Suggested], says: Says) -> Next {
    let show = |step| Next::Show(step, FieldErrors::default());
    let step = match form.step.as_str() {
        "back_contact" => return show(Step::Contact),
        "back_words" if says != Says::Nothing => return show(Step::Words),
        "words" => Step::Words,
        "publish" => Step::Preview,
        _ => Step::Contact,
    };
    let mut errors = FieldErrors::default();
    let contact = form.profile(&mut errors, communes, Says::Nothing);
    let Some(contact) = contact.filter(|_| errors.is_empty()) else {
        return Next::Show(Step::Contact, errors);
    };
    if step == Step::Contact && says != Says::Nothing {
        return show(Step::Words);
    }
    let presentation = form.presentation(&mut errors, says);
    if !errors.is_empty() {
        return Next::Show(Step::Words, errors);
    }
    let profile = Box::new(Profile { presentation, ..contact });
    if step == Step::Preview { Next::Publish(profile) } else { Next::Read(profile) }
}

impl ProfilePage {
    /// How many steps there are: an orienteur has nothing to say in its own words.
    pub(super) const fn total(&self) -> u8 {
        match self.says {
            Says::Nothing => 2,
            Says::Description | Says::DescriptionAndSupport => 3,
        }
    }

    pub(super) const fn rank(&self) -> u8 {
        match self.step {
            Step::Contact => 1,
            Step::Words => 2,
            Step::Preview => self.total(),
        }
    }

    /// What comes next.
    pub(super) const fn next_title(&self) -> &'static str {
        match (self.step, self.says) {
            (Step::Contact, Says::Description | Says::DescriptionAndSupport) => "ce que vous faites",
            (Step::Contact, Says::Nothing) | (Step::Words, _) => "relire la fiche avant de la publier",
            (Step::Preview, _) => "",
        }
    }

    /// What this step asks.
    pub(super) const fn asks(&self) -> &'static str {
        match self.step {
            Step::Contact => "Nom, adresse et coordonnées",
            Step::Words => "Ce que vous faites",
            Step::Preview => "Vérifier avant de publier",
        }
    }

    /// Who reads what is published: an orienteur has no public card (PRE-14).
    pub(super) const fn readers(&self) -> &'static str {
        match self.says {
            Says::Nothing => "Voici ce que liront les employeurs et les personnes que vous leur proposez.",
            Says::Description | Says::DescriptionAndSupport => "Voici ce que tout le monde lira.",
        }
    }

    /// The step to come back to from the preview.
    pub(super) const fn back(&self) -> &'static str {
        match self.says {
            Says::Nothing => "back_contact",
            Says::Description | Says::DescriptionAndSupport => "back_words",
        }
    }

    /// What the other steps said.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let (contact, words) = (self.form.contact_fields(), self.form.words_fields());
        let kept = match self.step {
            Step::Contact => words,
            Step::Words => contact,
            Step::Preview => [contact, words].concat(),
        };
        kept.into_iter().chain([("seen", self.form.seen.as_str())]).collect()
    }
}
