//! Countries of birth, under the codes INSEE gives them (code officiel géographique): the three digits that follow 99
//! in the NIR of someone born abroad (NIR-9).

use std::fmt;

/// France, whose communes are asked for one by one (CON-5).
pub const FRANCE: Country = Country { code: "100", name: "France" };

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
    country("212", "Afghanistan"),
    country("303", "Afrique du Sud"),
    country("125", "Albanie"),
    country("352", "Algérie"),
    country("109", "Allemagne"),
    country("130", "Andorre"),
    country("395", "Angola"),
    country("441", "Antigua-et-Barbuda"),
    country("201", "Arabie saoudite"),
    country("415", "Argentine"),
    country("252", "Arménie"),
    country("501", "Australie"),
    country("110", "Autriche"),
    country("253", "Azerbaïdjan"),
    country("436", "Bahamas"),
    country("249", "Bahreïn"),
    country("246", "Bangladesh"),
    country("434", "Barbade"),
    country("131", "Belgique"),
    country("429", "Belize"),
    country("327", "Bénin"),
    country("214", "Bhoutan"),
    country("148", "Biélorussie"),
    country("224", "Birmanie"),
    country("418", "Bolivie"),
    country("118", "Bosnie-Herzégovine"),
    country("347", "Botswana"),
    country("416", "Brésil"),
    country("225", "Brunei"),
    country("111", "Bulgarie"),
    country("331", "Burkina Faso"),
    country("321", "Burundi"),
    country("234", "Cambodge"),
    country("322", "Cameroun"),
    country("401", "Canada"),
    country("396", "Cap-Vert"),
    country("417", "Chili"),
    country("216", "Chine"),
    country("254", "Chypre"),
    country("419", "Colombie"),
    country("397", "Comores"),
    country("324", "Congo"),
    country("238", "Corée du Nord"),
    country("239", "Corée du Sud"),
    country("406", "Costa Rica"),
    country("326", "Côte d’Ivoire"),
    country("119", "Croatie"),
    country("407", "Cuba"),
    country("101", "Danemark"),
    country("399", "Djibouti"),
    country("438", "Dominique"),
    country("301", "Égypte"),
    country("247", "Émirats arabes unis"),
    country("420", "Équateur"),
    country("317", "Érythrée"),
    country("134", "Espagne"),
    country("106", "Estonie"),
    country("391", "Eswatini"),
    country("404", "États-Unis"),
    country("315", "Éthiopie"),
    country("508", "Fidji"),
    country("105", "Finlande"),
    country("328", "Gabon"),
    country("304", "Gambie"),
    country("255", "Géorgie"),
    country("329", "Ghana"),
    country("126", "Grèce"),
    country("435", "Grenade"),
    country("409", "Guatemala"),
    country("330", "Guinée"),
    country("392", "Guinée-Bissau"),
    country("314", "Guinée équatoriale"),
    country("428", "Guyana"),
    country("410", "Haïti"),
    country("411", "Honduras"),
    country("112", "Hongrie"),
    country("515", "Îles Marshall"),
    country("512", "Îles Salomon"),
    country("223", "Inde"),
    country("231", "Indonésie"),
    country("204", "Iran"),
    country("203", "Iraq"),
    country("136", "Irlande"),
    country("102", "Islande"),
    country("207", "Israël"),
    country("127", "Italie"),
    country("426", "Jamaïque"),
    country("217", "Japon"),
    country("222", "Jordanie"),
    country("256", "Kazakhstan"),
    country("332", "Kenya"),
    country("257", "Kirghizistan"),
    country("513", "Kiribati"),
    country("157", "Kosovo"),
    country("240", "Koweït"),
    country("241", "Laos"),
    country("348", "Lesotho"),
    country("107", "Lettonie"),
    country("205", "Liban"),
    country("302", "Libéria"),
    country("316", "Libye"),
    country("113", "Liechtenstein"),
    country("108", "Lituanie"),
    country("137", "Luxembourg"),
    country("156", "Macédoine du Nord"),
    country("333", "Madagascar"),
    country("227", "Malaisie"),
    country("334", "Malawi"),
    country("229", "Maldives"),
    country("335", "Mali"),
    country("144", "Malte"),
    country("350", "Maroc"),
    country("390", "Maurice"),
    country("336", "Mauritanie"),
    country("405", "Mexique"),
    country("516", "Micronésie"),
    country("151", "Moldavie"),
    country("138", "Monaco"),
    country("242", "Mongolie"),
    country("120", "Monténégro"),
    country("393", "Mozambique"),
    country("311", "Namibie"),
    country("507", "Nauru"),
    country("215", "Népal"),
    country("412", "Nicaragua"),
    country("337", "Niger"),
    country("338", "Nigéria"),
    country("103", "Norvège"),
    country("502", "Nouvelle-Zélande"),
    country("250", "Oman"),
    country("339", "Ouganda"),
    country("258", "Ouzbékistan"),
    country("213", "Pakistan"),
    country("517", "Palaos"),
    country("261", "Palestine"),
    country("413", "Panama"),
    country("510", "Papouasie-Nouvelle-Guinée"),
    country("421", "Paraguay"),
    country("135", "Pays-Bas"),
    country("422", "Pérou"),
    country("220", "Philippines"),
    country("122", "Pologne"),
    country("139", "Portugal"),
    country("248", "Qatar"),
    country("323", "République centrafricaine"),
    country("312", "République démocratique du Congo"),
    country("408", "République dominicaine"),
    country("114", "Roumanie"),
    country("132", "Royaume-Uni"),
    country("123", "Russie"),
    country("340", "Rwanda"),
    country("442", "Saint-Christophe-et-Niévès"),
    country("128", "Saint-Marin"),
    country("440", "Saint-Vincent-et-les-Grenadines"),
    country("439", "Sainte-Lucie"),
    country("414", "Salvador"),
    country("506", "Samoa"),
    country("394", "Sao Tomé-et-Principe"),
    country("341", "Sénégal"),
    country("121", "Serbie"),
    country("398", "Seychelles"),
    country("342", "Sierra Leone"),
    country("226", "Singapour"),
    country("117", "Slovaquie"),
    country("145", "Slovénie"),
    country("318", "Somalie"),
    country("343", "Soudan"),
    country("349", "Soudan du Sud"),
    country("235", "Sri Lanka"),
    country("104", "Suède"),
    country("140", "Suisse"),
    country("437", "Suriname"),
    country("206", "Syrie"),
    country("259", "Tadjikistan"),
    country("236", "Taïwan"),
    country("309", "Tanzanie"),
    country("344", "Tchad"),
    country("116", "Tchéquie"),
    country("219", "Thaïlande"),
    country("262", "Timor oriental"),
    country("345", "Togo"),
    country("509", "Tonga"),
    country("433", "Trinité-et-Tobago"),
    country("351", "Tunisie"),
    country("260", "Turkménistan"),
    country("208", "Turquie"),
    country("511", "Tuvalu"),
    country("155", "Ukraine"),
    country("423", "Uruguay"),
    country("514", "Vanuatu"),
    country("129", "Vatican"),
    country("424", "Venezuela"),
    country("243", "Viêt Nam"),
    country("251", "Yémen"),
    country("346", "Zambie"),
    country("310", "Zimbabwe"),
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
        assert!(codes.iter().all(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit())));
        let names: Vec<String> = ABROAD.iter().map(|country| folded(country.name())).collect();
        assert!(names.is_sorted());
    }

    #[test]
    fn a_code_names_one_country() {
        assert_eq!(Country::parse("352").map(Country::name), Some("Algérie"));
        assert_eq!(Country::parse("100"), Some(FRANCE));
        assert_eq!(Country::parse("57463"), None);
    }
}
