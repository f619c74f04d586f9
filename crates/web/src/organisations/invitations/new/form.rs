//! What is typed of people to invite: one in three fields, others pasted, each line with its own mistakes.

use iae_app::App;
use iae_app::organisations::sign_up::queries::{Asker, asker};
use iae_domain::ids::{OrganisationId, SignUpRequestId};
use iae_domain::organisations::invitations::{Invited, LineMistake, LineRefused, MOST_PENDING, read_lines};
use iae_domain::text::{Email, Name, NameRefused};
use serde::Deserialize;

use crate::error::PageResult;
use crate::forms::FieldErrors;

/// What is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewInvitationsForm {
    pub(super) last_name: String,
    pub(super) first_name: String,
    pub(super) email: String,
    pub(super) pasted: String,
    /// `confirm` once it was read again, `edit` to change it.
    step: String,
}

/// Somebody asked to join: the form is filled in with who they are (SGN-11).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OfRequest {
    request: String,
}

impl OfRequest {
    /// The form to start from; a request to another organisation fills in nothing.
    pub(super) async fn form(
        &self,
        app: &App,
        organisation: OrganisationId,
    ) -> PageResult<NewInvitationsForm> {
        let Ok(request) = self.request.parse::<SignUpRequestId>() else {
            return Ok(NewInvitationsForm::default());
        };
        let asker = asker(app, organisation, request).await?;
        let filled = |asker: Asker| NewInvitationsForm {
            last_name: asker.last_name,
            first_name: asker.first_name,
            email: asker.email.map(|email| email.to_string()).unwrap_or_default(),
            ..NewInvitationsForm::default()
        };
        Ok(asker.map(filled).unwrap_or_default())
    }
}

/// Somebody, and the line they were pasted on; none for whom was typed in the fields.
type Person = (Option<usize>, Invited);

/// What could be read: everyone, or those whose rules are checked beside what is wrong with the others.
pub(super) struct Read {
    pub(super) people: Vec<Person>,
    pub(super) mistakes: Mistakes,
}

/// What is wrong, field by field, and under the number of each line.
#[derive(Default)]
pub(super) struct Mistakes {
    fields: FieldErrors,
    lines: Vec<(usize, String)>,
}

impl Mistakes {
    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.lines.is_empty()
    }

    /// What the rules refuse, beside the field or with the number of the line; `lines` says where each person was.
    pub(super) fn refuse(&mut self, refused: &[(usize, LineRefused)], lines: &[Option<usize>]) {
        for (rank, refused) in refused {
            let words = rule(*refused, lines);
            match lines.get(*rank).copied().flatten() {
                Some(line) => self.lines.push((line, words)),
                None => self.fields.add("email", words),
            }
        }
    }

    /// All of it, the lines in their order.
    pub(super) fn errors(mut self) -> FieldErrors {
        self.lines.sort_by_key(|(line, _)| *line);
        let said: Vec<String> =
            self.lines.iter().map(|(line, words)| format!("Ligne {line}\u{a0}: {words}")).collect();
        if !said.is_empty() {
            self.fields.add("pasted", said.join("\n"));
        }
        self.fields
    }
}

impl NewInvitationsForm {
    /// Whether what will be sent was read.
    pub(super) fn confirms(&self) -> bool {
        self.step == "confirm"
    }

    /// Whether what was typed is to be changed before it is sent.
    pub(super) fn goes_back(&self) -> bool {
        self.step == "edit"
    }

    /// Whether nobody was typed in the fields.
    fn has_no_one(&self) -> bool {
        [&self.last_name, &self.first_name, &self.email].iter().all(|field| field.trim().is_empty())
    }

    /// Everyone who can be read, and what is wrong with the others; nobody where too many are pasted.
    pub(super) fn parse(&self) -> Result<Read, FieldErrors> {
        let mut mistakes = Mistakes::default();
        let pasted = read_lines(&self.pasted);
        // What no organisation may send at once is not read line by line.
        if pasted.len() > MOST_PENDING {
            return Err(FieldErrors::one("pasted", too_many(MOST_PENDING, pasted.len())));
        }
        let mut people = Vec::new();
        if !self.has_no_one() || pasted.is_empty() {
            people.extend(self.one(&mut mistakes.fields).map(|person| (None, person)));
        }
        for (line, read) in pasted {
            match read {
                Ok(person) => people.push((Some(line), person)),
                Err(mistake) => mistakes.lines.push((line, said(mistake).to_owned())),
            }
        }
        Ok(Read { people, mistakes })
    }

    fn one(&self, errors: &mut FieldErrors) -> Option<Invited> {
        let last_name = name(errors, "last_name", &self.last_name, "Écrivez le nom.");
        let first_name = name(errors, "first_name", &self.first_name, "Écrivez le prénom.");
        let email = Email::parse(&self.email);
        if email.is_err() {
            errors.add("email", NOT_AN_ADDRESS);
        }
        Some(Invited { last_name: last_name?, first_name: first_name?, email: email.ok()? })
    }
}

const NOT_AN_ADDRESS: &str = "Écrivez une adresse e-mail, comme nom@exemple.fr.";

fn name(errors: &mut FieldErrors, field: &'static str, text: &str, blank: &str) -> Option<Name> {
    let refused = match Name::parse(text) {
        Ok(name) => return Some(name),
        Err(NameRefused::Blank) => blank,
        Err(NameRefused::TooLong) => "Ce nom est trop long\u{a0}: 100 caractères au plus.",
        Err(NameRefused::NotAName) => {
            "Un nom ne contient que des lettres, des espaces, des traits d’union et des apostrophes."
        }
    };
    errors.add(field, refused);
    None
}

/// What is wrong with a line that was pasted.
const fn said(mistake: LineMistake) -> &'static str {
    match mistake {
        LineMistake::NotThree => "il faut trois colonnes, le nom, le prénom et l’adresse e-mail.",
        LineMistake::LastName => "la première colonne n’est pas un nom.",
        LineMistake::LastNameTooLong => "le nom, dans la première colonne, dépasse 100 caractères.",
        LineMistake::FirstName => "la deuxième colonne n’est pas un prénom.",
        LineMistake::FirstNameTooLong => "le prénom, dans la deuxième colonne, dépasse 100 caractères.",
        LineMistake::Email => "la troisième colonne n’est pas une adresse e-mail.",
    }
}

/// Whether all that is wrong is that everybody was invited a moment ago: the form was sent twice.
pub(super) fn sent_twice(mistakes: &[(usize, LineRefused)], people: usize) -> bool {
    mistakes.len() == people && mistakes.iter().all(|(_, refused)| *refused == LineRefused::JustInvited)
}

fn rule(refused: LineRefused, lines: &[Option<usize>]) -> String {
    match refused {
        LineRefused::Repeated(earlier) => match lines.get(earlier).copied().flatten() {
            Some(line) => format!("cette adresse est déjà à la ligne {line}."),
            None => "cette adresse est déjà dans les champs ci-dessus.".to_owned(),
        },
        LineRefused::NotProfessional => {
            "cette adresse ne peut pas être invitée. Demandez à la personne son adresse professionnelle."
                .to_owned()
        }
        LineRefused::AlreadyMember => "cette personne fait déjà partie de vos collaborateurs.".to_owned(),
        LineRefused::NotFranceTravail => {
            "une agence France Travail n’invite que des adresses en @francetravail.fr ou @pole-emploi.fr."
                .to_owned()
        }
        LineRefused::JustInvited => {
            "vous venez d’inviter cette adresse. Attendez une dizaine de minutes avant de recommencer."
                .to_owned()
        }
    }
}

/// Too many at once (INV-3).
pub(super) fn too_many(left: usize, asked: usize) -> String {
    format!(
        "Vous invitez {asked} personnes, et {left} au plus peuvent l’être maintenant\u{a0}: cinquante invitations attendent au plus \
         à la fois."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(one: [&str; 3], pasted: &str) -> NewInvitationsForm {
        let [last_name, first_name, email] = one.map(str::to_owned);
        NewInvitationsForm { last_name, first_name, email, pasted: pasted.to_owned(), step: String::new() }
    }

    #[test]
    fn each_line_has_its_mistake_under_its_number() {
        let pasted = "Weber;Claire;claire@ml.exemple.fr\nWeber;Claire\n\nRoux;Léa;lea@ml";
        let errors = form(["", "", ""], pasted).parse().unwrap().mistakes.errors();
        let said: Vec<String> =
            errors.of("pasted").unwrap().lines().map(|line| line.replace('\u{a0}', " ")).collect();
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("Ligne 2 : il faut trois colonnes"), "{said:?}");
        assert!(said[1].starts_with("Ligne 4 : la troisième colonne"), "{said:?}");
        assert!(errors.of("email").is_none(), "the fields are free once lines are pasted");
    }

    #[test]
    fn the_fields_and_the_lines_are_read_together() {
        let read =
            form(["Weber", "Claire", "claire@ml.exemple.fr"], "Roux;Léa;lea@ml.exemple.fr").parse().unwrap();
        assert!(read.mistakes.is_empty());
        let lines: Vec<Option<usize>> = read.people.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [None, Some(1)]);
        let nobody = form(["", "", ""], " ").parse().unwrap().mistakes.errors();
        assert!(nobody.of("last_name").is_some() && nobody.of("email").is_some());
        let mut mistakes = Mistakes::default();
        mistakes.refuse(&[(1, LineRefused::Repeated(0))], &lines);
        assert!(mistakes.errors().of("pasted").unwrap().contains("dans les champs"));
    }
}
