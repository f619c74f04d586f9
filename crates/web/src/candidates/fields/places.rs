//! The two places of a file: where the person was born (CON-5, NIR-9), where they live (CRE-3).

use chrono::NaiveDate;
use iae_app::App;
use iae_app::reference::queries::{Suggested, communes_called, names_of_communes};
use iae_domain::candidates::{Address, BirthPlace, Country, FRANCE, Nir};
use iae_domain::reference::{BirthClues, BirthCommuneRefused, CommuneName, TypedPlace, birth_commune};
use iae_domain::text::{AddressLine, department_of_post_code};
use iae_domain::time::typed_date;

use super::super::messages;
use super::{FileFields, option, required};
use crate::choice::Choice;
use crate::directory::place;
use crate::forms::FieldErrors;

/// The communes that what was typed may mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// Every name of those the person may be born in.
    birth: Vec<CommuneName>,
    /// The date of birth, known or typed.
    born: Option<NaiveDate>,
    /// The code the NIR says.
    in_nir: Option<String>,
    /// Those the person may live in.
    home: Vec<Suggested>,
}

impl FileFields {
    /// Finds the communes that are meant, with the NIR and the date of birth the file already has.
    pub(crate) async fn look_up(
        &mut self,
        app: &App,
        nir: Option<&Nir>,
        born: Option<NaiveDate>,
    ) -> iae_app::Result<()> {
        let born = born.or_else(|| typed_date(&self.birth_date));
        let typed = Nir::parse(&self.nir).ok();
        let in_nir = typed.as_ref().or(nir).and_then(Nir::birth_place_code).map(ToOwned::to_owned);
        let birth = TypedPlace::read(&self.birth_commune);
        let birth = names_of_communes(&app.db, &birth, in_nir.as_deref()).await?;
        let home = communes_called(&app.db, &self.home()).await?;
        self.found = Found { birth, born, in_nir, home };
        Ok(())
    }

    /// Begins with the place of birth the NIR says (NIR-9).
    pub(crate) async fn born_as_said_by(
        &mut self,
        nir: &Nir,
        app: &App,
        today: NaiveDate,
    ) -> iae_app::Result<()> {
        if let Some(country) = nir.birth_country() {
            country.code().clone_into(&mut self.birth_country);
            return Ok(());
        }
        let Some(code) = nir.birth_place_code() else { return Ok(()) };
        let names = names_of_communes(&app.db, &TypedPlace::default(), Some(code)).await?;
        let clues =
            BirthClues { born: nir.born_about(today), is_blank: true, in_nir: Some(code), chosen: "" };
        if let Ok(commune) = birth_commune(&names, clues) {
            FRANCE.code().clone_into(&mut self.birth_country);
            self.birth_commune = commune.label();
            self.birth_commune_code = commune.insee_code;
        }
        Ok(())
    }

    /// CON-5: a country, and a commune when it is France; with its name of that day. A commune implies France.
    pub(crate) fn birth_place(&self, errors: &mut FieldErrors) -> Option<(BirthPlace, String)> {
        let is_blank = self.birth_commune.trim().is_empty();
        let implied = (self.birth_country.is_empty() && !is_blank).then_some(FRANCE);
        let country = Country::parse(&self.birth_country).or(implied);
        let country = required(errors, "birth_country", country, "Choisissez le pays de naissance.")?;
        if country == FRANCE {
            let commune = self.born_in(self.chosen_birth_commune());
            let commune = commune
                .map_err(|refused| errors.add("birth_commune", messages::birth_commune(&refused, is_blank)));
            let commune = commune.ok()?;
            let name = commune.label();
            return Some((BirthPlace::France { commune: commune.insee_code }, name));
        }
        let commune = Some(self.birth_commune.trim().to_owned()).filter(|typed| !typed.is_empty());
        let mismatch = |_| errors.add("birth_commune", messages::born_abroad_in_a_commune(country));
        let place = BirthPlace::new(country, commune).map_err(mismatch).ok()?;
        Some((place, country.name().to_owned()))
    }

    fn born_in(&self, chosen: &str) -> Result<CommuneName, BirthCommuneRefused> {
        let in_nir = self.found.in_nir.as_deref();
        let is_blank = self.birth_commune.trim().is_empty();
        birth_commune(&self.found.birth, BirthClues { born: self.found.born, is_blank, chosen, in_nir })
    }

    fn chosen_birth_commune(&self) -> &str {
        let choices = [&self.birth_commune_choice, &self.birth_commune_code];
        choices.into_iter().find(|code| !code.is_empty()).map_or("", String::as_str)
    }

    /// The communes of birth to choose among, when neither the name, nor the date, nor the NIR says which.
    pub(crate) fn birth_choices(&self) -> Vec<Choice> {
        let Err(BirthCommuneRefused::Several(several)) = self.born_in("") else {
            return Vec::new();
        };
        let chosen = self.chosen_birth_commune();
        let choice = |name: &CommuneName| {
            option(&name.insee_code, &name.label(), chosen).with_hint(place::lifetime(name))
        };
        several.iter().map(choice).collect()
    }

    /// The commune and the post code of the address, each of which may hold both.
    fn home(&self) -> TypedPlace {
        let typed: String = self.post_code.chars().filter(|c| !c.is_whitespace()).collect();
        let place = TypedPlace::read(&self.city);
        TypedPlace { post_code: Some(typed).filter(|code| !code.is_empty()).or(place.post_code), ..place }
    }

    pub(crate) fn address(&self, errors: &mut FieldErrors) -> Option<Address> {
        let line_1 = line(errors, "address_line_1", &self.address_line_1);
        let is_blank = self.address_line_2.trim().is_empty();
        let line_2 = if is_blank { None } else { line(errors, "address_line_2", &self.address_line_2) };
        let home = self.home();
        let post_code = home.post_code.clone().filter(|code| department_of_post_code(code).is_some());
        let post_code = required(errors, "post_code", post_code, "Le code postal a 5 chiffres.");
        let chosen = self.found.home.iter().find(|one| one.commune.insee_code == self.city_choice);
        let commune = match (chosen, self.found.home.as_slice()) {
            (Some(one), _) | (None, [one]) => Some(&one.commune),
            (None, several) => {
                // Under a mistaken post code nothing is found: one mistake is enough.
                if post_code.is_some() || home.name.is_empty() {
                    errors.add("city", messages::home(home.name.is_empty(), several.len()));
                }
                None
            }
        };
        let (line_1, post_code, commune) = (line_1?, post_code?, commune?);
        Some(Address {
            line_1,
            line_2,
            post_code,
            city: home.postal_city(&commune.name),
            commune: commune.insee_code.clone(),
        })
    }

    /// The communes of residence to choose among, when the post code leaves several.
    pub(crate) fn city_choices(&self) -> Vec<Choice> {
        let choice =
            |one: &Suggested| option(&one.commune.insee_code, &place::long_label(one), &self.city_choice);
        let several = self.found.home.iter().filter(|_| self.found.home.len() > 1);
        several.map(choice).collect()
    }
}

/// A line of an address, or its mistake.
fn line(errors: &mut FieldErrors, field: &'static str, typed: &str) -> Option<AddressLine> {
    AddressLine::parse(typed).map_err(|refused| errors.add(field, messages::address_line(refused))).ok()
}
