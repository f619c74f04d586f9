//! Communes of France, as rules and people name them.

mod birth_commune;
mod typed_place;

pub use birth_commune::{BirthClues, BirthCommuneRefused, CommuneName, birth_commune};
pub use typed_place::TypedPlace;

/// The département of a commune, from its INSEE code: three characters overseas, two elsewhere. It is that of whoever
/// has an address there, whatever the post code, which may be of the département next door (D23).
pub fn department_of_commune(insee_code: &str) -> &str {
    let length = if insee_code.starts_with("97") || insee_code.starts_with("98") { 3 } else { 2 };
    insee_code.get(..length).unwrap_or(insee_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn départements_are_those_of_the_communes() {
        let table = [("03250", "03"), ("91479", "91"), ("2A004", "2A"), ("97411", "974"), ("97801", "978")];
        for (commune, department) in table {
            assert_eq!(department_of_commune(commune), department, "D23");
        }
        for nonsense in ["", "9", "97"] {
            assert_eq!(department_of_commune(nonsense), nonsense);
        }
    }
}
