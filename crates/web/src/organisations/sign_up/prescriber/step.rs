//! The steps of a sign-up, and what each shows.

use iae_app::organisations::sign_up::queries::FoundOrganisation;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};

use super::PrescriberPage;
use super::form::{BY_ORDER, NOT_AUTHORISED};
use crate::choice::Choice;
use crate::french::spaced;
use crate::organisations::fields::ProfileForm;
use crate::organisations::sign_up::{establishment, messages};

/// A step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Siret,
    /// Where organisations are there already.
    Found,
    Kind,
    /// Of « Autre » only.
    Order,
    /// Where SIRENE says nothing.
    Address,
    Recap,
}

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Siret,
    Found,
    Kind,
    Order,
    Address,
    Confirm,
    BackSiret,
    BackKind,
    BackAddress,
}

impl Sent {
    pub(super) fn read(step: &str) -> Self {
        match step {
            "found" => Self::Found,
            "kind" => Self::Kind,
            "order" => Self::Order,
            "address" => Self::Address,
            "confirm" => Self::Confirm,
            "back_siret" => Self::BackSiret,
            "back_kind" => Self::BackKind,
            "back_address" => Self::BackAddress,
            _ => Self::Siret,
        }
    }

    /// Whether the order of the prefect was not asked yet.
    pub(super) const fn is_before_order(self) -> bool {
        matches!(self, Self::Kind)
    }

    /// Whether the name and the address, where they are asked, were sent.
    pub(super) const fn has_address(self) -> bool {
        matches!(self, Self::Address | Self::Confirm)
    }
}

impl PrescriberPage {
    /// Whether its name and address are typed: always without SIRENE; with it, once it said nothing.
    fn asks_address(&self) -> bool {
        !self.has_sirene || self.step == Step::Address || !self.fields().name.is_empty()
    }

    /// How many steps people count.
    pub(super) fn total(&self) -> u8 {
        if self.asks_address() { 4 } else { 3 }
    }

    /// Which of them this one is.
    pub(super) fn rank(&self) -> u8 {
        match self.step {
            Step::Siret | Step::Found => 1,
            Step::Kind | Step::Order => 2,
            Step::Address => 3,
            Step::Recap => self.total(),
        }
    }

    /// What comes next.
    pub(super) fn next_title(&self) -> &'static str {
        match self.step {
            Step::Siret | Step::Found => "ce qu’est l’organisation",
            Step::Kind | Step::Order if self.asks_address() => "son nom et son adresse",
            Step::Kind | Step::Order | Step::Address => "relire avant d’inscrire",
            Step::Recap => "",
        }
    }

    /// What this step asks.
    pub(super) const fn asks(&self) -> &'static str {
        match self.step {
            Step::Siret => "L’établissement où vous travaillez",
            Step::Found => "Ces organisations sont déjà inscrites",
            Step::Kind => "Ce qu’est votre organisation",
            Step::Order => "L’habilitation de votre organisation",
            Step::Address => "Son nom et son adresse",
            Step::Recap => "Vérifier avant d’inscrire",
        }
    }

    pub(super) fn department_choices(&self) -> Vec<Choice> {
        let rows = self.departments.iter();
        rows.map(|row| {
            Choice::new(row.code.as_str(), format!("{} ({})", row.name, row.code))
                .selected_if(row.code == self.form.department)
        })
        .collect()
    }

    pub(super) fn kind_choices(&self) -> Vec<Choice> {
        let kinds = PrescriberKind::for_sign_up().into_iter();
        kinds
            .map(|kind| Choice::new(kind.code(), kind.label()).selected_if(kind.code() == self.form.kind))
            .collect()
    }

    pub(super) fn order_choices(&self) -> Vec<Choice> {
        let choice = |value: &'static str, label: &'static str, hint: &'static str| {
            Choice::new(value, label).with_hint(hint).selected_if(self.form.order == value)
        };
        vec![
            choice(
                BY_ORDER,
                "Oui, le préfet l’a habilitée par un arrêté",
                "Vous ferez enregistrer l’arrêté juste après : c’est lui qui ouvre le droit de valider l’éligibilité.",
            ),
            choice(
                NOT_AUTHORISED,
                "Non, ou je ne sais pas",
                "Votre organisation est orienteur : elle propose des personnes aux employeurs. Elle pourra demander une habilitation.",
            ),
        ]
    }

    /// The organisation that has this SIRET and the kind that was picked.
    pub(super) fn taken(&self) -> Option<&FoundOrganisation> {
        let kind = self.form.kind().ok()?;
        self.found.iter().find(|one| one.is_same_siret && one.kind == kind)
    }

    pub(super) const fn fields(&self) -> &ProfileForm {
        self.form.profile()
    }

    pub(super) fn city_choices(&self) -> Vec<Choice> {
        self.fields().city_choices(&self.communes)
    }

    /// Why the address is asked.
    pub(super) fn why(&self) -> String {
        self.why.map(messages::not_listed).as_deref().map(spaced).unwrap_or_default()
    }

    pub(super) fn address(&self) -> Vec<String> {
        self.identity.as_ref().map(establishment::address).unwrap_or_default()
    }

    /// Its département, as it would be kept: of its address (D23).
    pub(super) fn department(&self) -> String {
        let code = self.identity.as_ref().and_then(|identity| identity.seat.department.as_deref());
        let row = self.departments.iter().find(|row| Some(row.code.as_str()) == code);
        row.map(|row| format!("{} ({})", row.name, row.code)).unwrap_or_default()
    }

    /// Who acts next, and when.
    pub(super) fn after(&self) -> &'static str {
        if self.form.kind().is_ok_and(|kind| kind != PrescriberKind::Other) {
            "L’équipe du service vérifie l’habilitation, d’ordinaire sous 72 heures. D’ici là, vous orientez des personnes vers les \
             employeurs, sans pouvoir valider leur éligibilité."
        } else if self.form.order == BY_ORDER {
            "Vous demandez que l’arrêté du préfet soit enregistré. D’ici là, vous orientez des personnes vers les employeurs."
        } else {
            "Rien n’est à attendre\u{a0}: vous proposez des personnes aux employeurs tout de suite."
        }
    }

    /// How much the button of an organisation stands out: the one of the very SIRET is most likely theirs.
    pub(super) const fn prominence(one: &FoundOrganisation) -> &'static str {
        if one.is_same_siret { "primary" } else { "secondary" }
    }

    /// The same of the button that goes on without joining any.
    pub(super) fn continues(&self) -> &'static str {
        if self.found.iter().any(|one| one.is_same_siret) { "secondary" } else { "primary" }
    }

    /// The kind that was picked, in words.
    pub(super) fn kind_label(&self) -> &'static str {
        self.form.kind().map_or("", PrescriberKind::label)
    }

    /// What will follow, in words.
    pub(super) fn effect(&self) -> &'static str {
        let needs_none = self.form.kind().is_ok_and(|kind| {
            kind == PrescriberKind::Other && self.form.has_order(kind).is_ok_and(|has_order| !has_order)
        });
        if needs_none {
            AuthorisationStatus::NotRequired.label()
        } else {
            AuthorisationStatus::NotSet.label()
        }
    }

    /// What the other steps said.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let form = &self.form;
        let search = [("siret", form.siret.as_str()), ("department", form.department.as_str())];
        let (kind, order) = (("kind", form.kind.as_str()), ("order", form.order.as_str()));
        let contact = form.profile().contact_fields();
        let others = match self.step {
            Step::Siret => vec![kind, order],
            Step::Kind => [search.to_vec(), vec![order]].concat(),
            Step::Order => [search.to_vec(), vec![kind]].concat(),
            Step::Found | Step::Address | Step::Recap => [search.to_vec(), vec![kind, order]].concat(),
        };
        match self.step {
            Step::Address => others,
            Step::Siret | Step::Found | Step::Kind | Step::Order | Step::Recap => {
                others.into_iter().chain(contact).collect()
            }
        }
    }
}
