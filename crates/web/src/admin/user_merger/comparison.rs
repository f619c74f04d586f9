//! Both accounts side by side, where the identity that survives is chosen.

use askama::Template;
use iae_app::accounts::merger::{ComparedAccount, ComparedMembership, Comparison};
use iae_app::accounts::oversight::list::shown_address;
use iae_domain::accounts::Provider;
use iae_domain::ids::UserId;

use super::form::MergerForm;
use crate::choice::Choice;
use crate::filters;
use crate::forms::FieldErrors;
use crate::french::{date_time, number, spaced};
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "admin/user_merger_comparison.html")]
pub(super) struct ComparisonPage {
    layout: Layout,
    id: UserId,
    of: Comparison,
    form: MergerForm,
    errors: FieldErrors,
}

/// What both say of one thing.
struct Line {
    label: &'static str,
    one: Vec<String>,
    other: Vec<String>,
    /// It says that they may be two people.
    is_alarming: bool,
}

impl ComparisonPage {
    /// Nothing is chosen yet.
    pub(super) fn new(layout: Layout, id: UserId, of: Comparison) -> Self {
        Self::mistaken(layout, id, of, MergerForm::default(), FieldErrors::default())
    }

    /// The same again, with what is wrong.
    pub(super) const fn mistaken(
        layout: Layout,
        id: UserId,
        of: Comparison,
        form: MergerForm,
        errors: FieldErrors,
    ) -> Self {
        Self { layout, id, of, form, errors }
    }

    fn kept(&self) -> &ComparedAccount {
        if self.of.kept == self.of.one.id { &self.of.one } else { &self.of.other }
    }

    fn lines(&self) -> Vec<Line> {
        let line = |label, of: fn(&ComparedAccount) -> Vec<String>| Line {
            label,
            one: or_none(of(&self.of.one)),
            other: or_none(of(&self.of.other)),
            is_alarming: false,
        };
        let name = line("Nom", |account| vec![account.name.clone()]);
        vec![
            Line { is_alarming: self.of.one.name != self.of.other.name, ..name },
            line("Adresse e-mail", |account| vec![address(account)]),
            line("Fournisseur d’identité", providers),
            line("Identifiant chez le fournisseur", |account| account.subjects.clone()),
            line("Applications de codes", |account| vec![number(account.second_factors)]),
            line("État", |account| vec![if account.is_active { "Ouvert" } else { "Désactivé" }.to_owned()]),
            line("Ouvert le", |account| vec![date_time(account.created_at)]),
            line("Dernière connexion", |account| {
                vec![account.last_login_at.map_or_else(|| "Jamais".to_owned(), date_time)]
            }),
            line("Structures", |account| account.memberships.iter().map(membership).collect()),
            line("Candidatures envoyées", |account| vec![number(account.applications)]),
            line("Diagnostics d’éligibilité", |account| vec![number(account.diagnoses)]),
            line("Personnes accompagnées", |account| vec![number(account.people)]),
        ]
    }

    fn identities(&self) -> Vec<Choice> {
        let is_open = self.of.one.is_active || self.of.other.is_active;
        let choice = |account: &ComparedAccount| {
            let id = account.id.to_string();
            let is_chosen = self.form.identity == id;
            let hint = if account.providers.is_empty() {
                format!("{}, sans fournisseur d’identité", account.name)
            } else {
                format!("{}, {}", account.name, providers(account).join(", "))
            };
            let choice = Choice::new(id, address(account));
            if !account.is_active && is_open {
                return choice.disabled("Ce compte est désactivé : personne ne se connecte plus avec.");
            }
            choice.with_hint(hint).selected_if(is_chosen)
        };
        vec![choice(&self.of.one), choice(&self.of.other)]
    }
}

fn or_none(said: Vec<String>) -> Vec<String> {
    if said.is_empty() { vec!["—".to_owned()] } else { said }
}

fn address(account: &ComparedAccount) -> String {
    let email = account.email.as_ref().map(|email| shown_address(email.as_str(), account.is_active));
    email.unwrap_or("Aucune").to_owned()
}

fn providers(account: &ComparedAccount) -> Vec<String> {
    if account.providers.is_empty() {
        return vec!["Aucun".to_owned()];
    }
    let label = |code: &String| {
        Provider::parse(code).map_or_else(|| code.clone(), |provider| provider.label().to_owned())
    };
    account.providers.iter().map(label).collect()
}

/// « Les Jardins, administrateur, depuis le 3 mars 2026 à 14 h 05 ». When somebody left is not kept: only when they came.
fn membership(of: &ComparedMembership) -> String {
    let role = match (of.is_active, of.is_admin) {
        (true, true) => "administrateur, depuis",
        (true, false) => "membre, depuis",
        (false, _) => "n’en est plus membre, arrivée",
    };
    spaced(&format!("{}, {role} le {}", of.name, date_time(of.joined_at)))
}
