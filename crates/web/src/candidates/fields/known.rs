//! The fields of a file that is changed, as they are recorded.

use iae_app::candidates::update::FileToUpdate;
use iae_domain::candidates::{
    Address, BirthPlace, Details, FRANCE, FranceTravailAnswer, FranceTravailId, FranceTravailIdMissingReason,
    NirAnswer, NirMissingReason,
};
use iae_domain::text::AddressLine;

use super::{FileFields, REGISTERED};

impl FileFields {
    /// What is recorded, as one would type it. `details` may be what is about to be.
    pub(crate) fn of(known: &FileToUpdate, details: &Details) -> Self {
        let birth_date = details.birth_date.map(|born| born.date().to_string()).unwrap_or_default();
        let mut fields = Self { birth_date, ..Self::default() };
        match &details.birth_place {
            Some(BirthPlace::France { commune }) => {
                FRANCE.code().clone_into(&mut fields.birth_country);
                fields.birth_commune = known.birth_commune.clone().unwrap_or_default();
                fields.birth_commune_code.clone_from(commune);
            }
            Some(BirthPlace::Abroad(country)) => country.code().clone_into(&mut fields.birth_country),
            None => {}
        }
        let reason = details.nir.as_ref().and_then(NirAnswer::reason).map(NirMissingReason::code);
        reason.unwrap_or_default().clone_into(&mut fields.nir_missing_reason);
        match &details.france_travail {
            Some(FranceTravailAnswer::Known(id)) => {
                REGISTERED.clone_into(&mut fields.registration);
                FranceTravailId::as_str(id).clone_into(&mut fields.france_travail_id);
            }
            Some(FranceTravailAnswer::Missing(reason)) => {
                FranceTravailIdMissingReason::code(*reason).clone_into(&mut fields.registration);
            }
            None => {}
        }
        fields.lives_at(details.address.as_ref(), &known.home);
        fields
    }

    fn lives_at(&mut self, address: Option<&Address>, [line_1, line_2, post_code, city]: &[String; 4]) {
        if let Some(address) = address {
            address.line_1.as_str().clone_into(&mut self.address_line_1);
            let line_2 = address.line_2.as_ref().map(AddressLine::as_str);
            line_2.unwrap_or_default().clone_into(&mut self.address_line_2);
            self.post_code.clone_from(&address.post_code);
            self.city.clone_from(&address.city);
            self.city_choice.clone_from(&address.commune);
        } else {
            self.address_line_1.clone_from(line_1);
            self.address_line_2.clone_from(line_2);
            self.post_code.clone_from(post_code);
            self.city.clone_from(city);
        }
    }
}
