//! What is typed of a split: what leaves, where it goes, when and why.

use std::str::FromStr;

use chrono::NaiveDate;
use iae_app::App;
use iae_app::organisations::succession::queries::{PieceAntenna, PieceMember, Pieces, Post};
use iae_app::organisations::succession::{SplitCommand, SplitTarget};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::succession::{Founded, SplitPart};
use iae_domain::organisations::{OrganisationName, Siret};
use serde::Deserialize;

use crate::admin::succession::terms::{Found, target, terms};
use crate::choice::Choice;
use crate::error::PageResult;
use crate::forms::FieldErrors;
use crate::french;
use crate::organisations::no_siret;

/// To a structure that exists.
const KNOWN: &str = "known";
/// To one that is created.
const NEW: &str = "new";

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct SplitForm {
    posts: Vec<String>,
    members: Vec<String>,
    antennas: Vec<String>,
    /// To a structure that exists, or a new one.
    destination: String,
    /// SIRET, name or id of the one that exists.
    pub(super) wanted: String,
    /// What the structures that are shown were searched by.
    pub(super) searched: String,
    /// The one that is chosen among them.
    pub(super) target: String,
    /// SIRET of the one that is created.
    pub(super) siret: String,
    /// Its name.
    pub(super) name: String,
    pub(super) effective_on: String,
    pub(super) remark: String,
    /// What was read (D32).
    pub(super) seen: String,
    pub(super) step: String,
}

impl SplitForm {
    /// Blank, but for the day.
    pub(super) fn new(today: NaiveDate) -> Self {
        Self { effective_on: today.to_string(), ..Self::default() }
    }

    /// Whether the structure that takes the part is created.
    pub(super) fn is_new(&self) -> bool {
        self.destination == NEW
    }

    pub(super) fn remember_search(&mut self) {
        self.searched.clone_from(&self.wanted);
    }

    /// What is asked, or its mistakes; and what the search of the other structure found.
    pub(super) async fn command(
        &self,
        app: &App,
        but: OrganisationId,
        first: &'static str,
    ) -> PageResult<(Result<SplitCommand, FieldErrors>, Found)> {
        let mut errors = FieldErrors::default();
        let part = self.part(&mut errors, first);
        let (to, found) = match self.destination.as_str() {
            KNOWN => {
                let asked = (self.wanted.as_str(), self.searched.as_str(), self.target.as_str());
                let (id, found) = target(app, &mut errors, asked, but).await?;
                (id.map(SplitTarget::Known), found)
            }
            NEW => (self.founded(&mut errors).map(SplitTarget::New), Found::default()),
            _ => {
                errors.add("destination", "Dites si la structure qui reprend existe déjà.");
                (None, Found::default())
            }
        };
        let (day, remark) = terms(&mut errors, &self.effective_on, &self.remark);
        let asked = part.zip(to).zip(day).zip(remark);
        let command = asked.map(|(((part, target), effective_on), remark)| SplitCommand {
            target,
            part,
            effective_on,
            remark,
        });
        Ok((errors.or(command), found))
    }

    /// Who administers is not the form's to say.
    fn chosen(&self) -> Option<SplitPart> {
        Some(SplitPart {
            posts: ids(&self.posts)?,
            members: ids(&self.members)?.into_iter().map(|id| (id, false)).collect(),
            antennas: ids(&self.antennas)?,
        })
    }

    /// What leaves; that nothing does is said beside the `first` of its fields. What was not offered is no choice.
    fn part(&self, errors: &mut FieldErrors, first: &'static str) -> Option<SplitPart> {
        let part = self.chosen();
        if part.as_ref().is_none_or(SplitPart::is_empty) {
            errors.add(first, "Choisissez au moins un poste, un membre ou une antenne qui part.");
        }
        part
    }

    fn founded(&self, errors: &mut FieldErrors) -> Option<Founded> {
        let siret = Siret::parse(&self.siret);
        let siret = siret.map_err(|_| errors.add("siret", no_siret(&self.siret))).ok();
        let name = OrganisationName::parse(&self.name);
        let name = name
            .map_err(|_| errors.add("name", "Donnez le nom de la structure, en 200 caractères au plus."))
            .ok();
        siret.zip(name).map(|(siret, name)| Founded { siret, name })
    }

    pub(super) fn posts(&self, pieces: &Pieces) -> Vec<Choice> {
        let choice = |post: &Post| {
            let id = post.id.to_string();
            let is_chosen = self.posts.contains(&id);
            let town = post.town.as_ref().map(|town| format!(", {town}")).unwrap_or_default();
            let state = if post.is_open { "ouvert" } else { "fermé" };
            let applied = french::plural(post.applications, "candidature", "candidatures");
            Choice::new(id, format!("{}{town}", post.label))
                .with_hint(format!("Poste {state}, {applied}"))
                .selected_if(is_chosen)
        };
        pieces.posts.iter().map(choice).collect()
    }

    pub(super) fn members(&self, pieces: &Pieces) -> Vec<Choice> {
        let choice = |member: &PieceMember| {
            let id = member.id.to_string();
            let is_chosen = self.members.contains(&id);
            let hint = if member.is_admin { "Administrateur" } else { "" };
            Choice::new(id, member.name.as_str()).with_hint(hint).selected_if(is_chosen)
        };
        pieces.members.iter().map(choice).collect()
    }

    pub(super) fn antennas(&self, pieces: &Pieces) -> Vec<Choice> {
        let choice = |antenna: &PieceAntenna| {
            let id = antenna.id.to_string();
            let is_chosen = self.antennas.contains(&id);
            Choice::new(id, antenna.name.as_str())
                .with_hint(french::siret(&antenna.siret))
                .selected_if(is_chosen)
        };
        pieces.antennas.iter().map(choice).collect()
    }

    pub(super) fn destinations(&self) -> Vec<Choice> {
        [
            (KNOWN, "Elle existe déjà sur la plateforme", "Cherchez-la ci-dessous."),
            (
                NEW,
                "Elle est à créer",
                "Du même SIREN, elle partage la convention, comme une antenne ; sinon, elle est créée par l’équipe, en attendant l’ASP.",
            ),
        ]
        .map(|(code, label, hint)| {
            Choice::new(code, label).with_hint(hint).selected_if(self.destination == code)
        })
        .to_vec()
    }

    /// All that was typed, for the recap to carry it on.
    pub(super) fn kept(&self) -> Vec<(&'static str, String)> {
        let several = |name, values: &[String]| {
            values.iter().map(move |value| (name, value.clone())).collect::<Vec<_>>()
        };
        let mut kept = several("posts", &self.posts);
        kept.extend(several("members", &self.members));
        kept.extend(several("antennas", &self.antennas));
        kept.extend([
            ("destination", self.destination.clone()),
            ("wanted", self.wanted.clone()),
            ("searched", self.searched.clone()),
            ("target", self.target.clone()),
            ("siret", self.siret.clone()),
            ("name", self.name.clone()),
            ("effective_on", self.effective_on.clone()),
            ("remark", self.remark.clone()),
            ("seen", self.seen.clone()),
        ]);
        kept
    }
}

/// The ids that were sent, each once; none when one is no id.
fn ids<T: FromStr + PartialEq>(typed: &[String]) -> Option<Vec<T>> {
    let mut ids = Vec::new();
    for one in typed {
        let id = one.parse::<T>().ok()?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Some(ids)
}
