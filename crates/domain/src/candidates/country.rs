//! Countries of birth, under the codes INSEE gives them (code officiel géographique): the last three digits of a NIR
//! of someone born abroad (NIR-9).

use std::fmt;

/// France, whose communes are asked for one by one (CON-5).
pub const FRANCE: Country = Country { code: "99100", name: "France" };

/// A country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    code: &'static str,
    name: &'static str,
}

impl Country {
    /// Every country but France, in alphabetical order.
    pub const ABROAD: &'static [Self] = ABROAD;

    /// The country of this code, France included.
    pub fn parse(code: &str) -> Option<Self> {
        [&FRANCE].into_iter().chain(ABROAD).find(|country| country.code == code).copied()
    }

    /// The INSEE code.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// The name.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

const fn country(code: &'static str, name: &'static str) -> Country {
    Country { code, name }
}

const ABROAD: &[Country] = &[
    country("99212", "Afghanistan"),
    country("99303", "Afrique du Sud"),
    country("99125", "Albanie"),
    country("99352", "Algérie"),
    country("99109", "Allemagne"),
    country("99130", "Andorre"),
    country("99395", "Angola"),
    country("99441", "Antigua-et-Barbuda"),
    country("99201", "Arabie saoudite"),
    country("99415", "Argentine"),
    country("99252", "Arménie"),
    country("99501", "Australie"),
    country("99110", "Autriche"),
    country("99253", "Azerbaïdjan"),
    country("99436", "Bahamas"),
    country("99249", "Bahreïn"),
    country("99246", "Bangladesh"),
    country("99434", "Barbade"),
    country("99131", "Belgique"),
    country("99429", "Belize"),
    country("99327", "Bénin"),
    country("99214", "Bhoutan"),
    country("99148", "Biélorussie"),
    country("99224", "Birmanie"),
    country("99418", "Bolivie"),
    country("99118", "Bosnie-Herzégovine"),
    country("99347", "Botswana"),
    country("99416", "Brésil"),
    country("99225", "Brunei"),
    country("99111", "Bulgarie"),
    country("99331", "Burkina Faso"),
    country("99321", "Burundi"),
    country("99234", "Cambodge"),
    country("99322", "Cameroun"),
    country("99401", "Canada"),
    country("99396", "Cap-Vert"),
    country("99417", "Chili"),
    country("99216", "Chine"),
    country("99254", "Chypre"),
    country("99419", "Colombie"),
    country("99397", "Comores"),
    country("99324", "Congo"),
    country("99238", "Corée du Nord"),
    country("99239", "Corée du Sud"),
    country("99406", "Costa Rica"),
    country("99326", "Côte d'Ivoire"),
    country("99119", "Croatie"),
    country("99407", "Cuba"),
    country("99101", "Danemark"),
    country("99399", "Djibouti"),
    country("99438", "Dominique"),
    country("99301", "Égypte"),
    country("99247", "Émirats arabes unis"),
    country("99420", "Équateur"),
    country("99317", "Érythrée"),
    country("99134", "Espagne"),
    country("99106", "Estonie"),
    country("99391", "Eswatini"),
    country("99404", "États-Unis"),
    country("99315", "Éthiopie"),
    country("99508", "Fidji"),
    country("99105", "Finlande"),
    country("99328", "Gabon"),
    country("99304", "Gambie"),
    country("99255", "Géorgie"),
    country("99329", "Ghana"),
    country("99126", "Grèce"),
    country("99435", "Grenade"),
    country("99409", "Guatemala"),
    country("99330", "Guinée"),
    country("99314", "Guinée équatoriale"),
    country("99392", "Guinée-Bissau"),
    country("99428", "Guyana"),
    country("99410", "Haïti"),
    country("99411", "Honduras"),
    country("99112", "Hongrie"),
    country("99515", "Îles Marshall"),
    country("99512", "Îles Salomon"),
    country("99223", "Inde"),
    country("99231", "Indonésie"),
    country("99204", "Iran"),
    country("99203", "Iraq"),
    country("99136", "Irlande"),
    country("99102", "Islande"),
    country("99207", "Israël"),
    country("99127", "Italie"),
    country("99426", "Jamaïque"),
    country("99217", "Japon"),
    country("99222", "Jordanie"),
    country("99256", "Kazakhstan"),
    country("99332", "Kenya"),
    country("99257", "Kirghizistan"),
    country("99513", "Kiribati"),
    country("99157", "Kosovo"),
    country("99240", "Koweït"),
    country("99241", "Laos"),
    country("99348", "Lesotho"),
    country("99107", "Lettonie"),
    country("99205", "Liban"),
    country("99302", "Libéria"),
    country("99316", "Libye"),
    country("99113", "Liechtenstein"),
    country("99108", "Lituanie"),
    country("99137", "Luxembourg"),
    country("99156", "Macédoine du Nord"),
    country("99333", "Madagascar"),
    country("99227", "Malaisie"),
    country("99334", "Malawi"),
    country("99229", "Maldives"),
    country("99335", "Mali"),
    country("99144", "Malte"),
    country("99350", "Maroc"),
    country("99390", "Maurice"),
    country("99336", "Mauritanie"),
    country("99405", "Mexique"),
    country("99516", "Micronésie"),
    country("99151", "Moldavie"),
    country("99138", "Monaco"),
    country("99242", "Mongolie"),
    country("99120", "Monténégro"),
    country("99393", "Mozambique"),
    country("99311", "Namibie"),
    country("99507", "Nauru"),
    country("99215", "Népal"),
    country("99412", "Nicaragua"),
    country("99337", "Niger"),
    country("99338", "Nigéria"),
    country("99103", "Norvège"),
    country("99502", "Nouvelle-Zélande"),
    country("99250", "Oman"),
    country("99339", "Ouganda"),
    country("99258", "Ouzbékistan"),
    country("99213", "Pakistan"),
    country("99517", "Palaos"),
    country("99261", "Palestine"),
    country("99413", "Panama"),
    country("99510", "Papouasie-Nouvelle-Guinée"),
    country("99421", "Paraguay"),
    country("99135", "Pays-Bas"),
    country("99422", "Pérou"),
    country("99220", "Philippines"),
    country("99122", "Pologne"),
    country("99139", "Portugal"),
    country("99248", "Qatar"),
    country("99323", "République centrafricaine"),
    country("99312", "République démocratique du Congo"),
    country("99408", "République dominicaine"),
    country("99114", "Roumanie"),
    country("99132", "Royaume-Uni"),
    country("99123", "Russie"),
    country("99340", "Rwanda"),
    country("99442", "Saint-Christophe-et-Niévès"),
    country("99128", "Saint-Marin"),
    country("99440", "Saint-Vincent-et-les-Grenadines"),
    country("99439", "Sainte-Lucie"),
    country("99414", "Salvador"),
    country("99506", "Samoa"),
    country("99394", "Sao Tomé-et-Principe"),
    country("99341", "Sénégal"),
    country("99121", "Serbie"),
    country("99398", "Seychelles"),
    country("99342", "Sierra Leone"),
    country("99226", "Singapour"),
    country("99117", "Slovaquie"),
    country("99145", "Slovénie"),
    country("99318", "Somalie"),
    country("99343", "Soudan"),
    country("99349", "Soudan du Sud"),
    country("99235", "Sri Lanka"),
    country("99104", "Suède"),
    country("99140", "Suisse"),
    country("99437", "Suriname"),
    country("99206", "Syrie"),
    country("99259", "Tadjikistan"),
    country("99236", "Taïwan"),
    country("99309", "Tanzanie"),
    country("99344", "Tchad"),
    country("99116", "Tchéquie"),
    country("99219", "Thaïlande"),
    country("99262", "Timor oriental"),
    country("99345", "Togo"),
    country("99509", "Tonga"),
    country("99433", "Trinité-et-Tobago"),
    country("99351", "Tunisie"),
    country("99260", "Turkménistan"),
    country("99208", "Turquie"),
    country("99511", "Tuvalu"),
    country("99155", "Ukraine"),
    country("99423", "Uruguay"),
    country("99514", "Vanuatu"),
    country("99129", "Vatican"),
    country("99424", "Venezuela"),
    country("99243", "Viêt Nam"),
    country("99251", "Yémen"),
    country("99346", "Zambie"),
    country("99310", "Zimbabwe"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::text::folded;

    #[test]
    fn codes_are_unique_and_names_in_order() {
        let codes: HashSet<&str> = ABROAD.iter().map(|country| country.code()).collect();
        assert_eq!(codes.len(), ABROAD.len());
        assert!(codes.iter().all(|code| code.len() == 5 && code.starts_with("99")));
        let names: Vec<String> = ABROAD.iter().map(|country| folded(country.name())).collect();
        assert!(names.is_sorted());
    }

    #[test]
    fn a_code_names_one_country() {
        assert_eq!(Country::parse("99352").map(Country::name), Some("Algérie"));
        assert_eq!(Country::parse("99100"), Some(FRANCE));
        assert_eq!(Country::parse("57463"), None);
    }
}
