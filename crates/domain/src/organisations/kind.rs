//! Kinds of companies, prescriber organisations and institutions, and what each kind may do.

use crate::code::code;

code! {
    /// The three families of organisations (ORG-1).
    OrganisationFamily {
        Company = "company", "Employeur";
        Prescriber = "prescriber", "Organisme prescripteur";
        Institution = "institution", "Institution";
    }
}

code! {
    /// Kinds of companies (rule book 01 §3.1). EA and EATT left the service on 2026-05-11 (CMP-1, D17).
    CompanyKind {
        Aci = "ACI", "Atelier et chantier d’insertion";
        Ai = "AI", "Association intermédiaire";
        Ei = "EI", "Entreprise d’insertion";
        Eiti = "EITI", "Entreprise d’insertion par le travail indépendant";
        Etti = "ETTI", "Entreprise de travail temporaire d’insertion";
        Geiq = "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification";
        Opcs = "OPCS", "Organisation porteuse de la clause sociale";
    }
}

impl CompanyKind {
    /// The five kinds licensed by the State for IAE: the only ones subject to eligibility and PASS IAE.
    pub const SIAE: &'static [Self] = &[Self::Aci, Self::Ai, Self::Ei, Self::Eiti, Self::Etti];

    /// Whether the kind is an SIAE.
    pub const fn is_siae(self) -> bool {
        match self {
            Self::Aci | Self::Ai | Self::Ei | Self::Eiti | Self::Etti => true,
            Self::Geiq | Self::Opcs => false,
        }
    }

    /// Whether a contract may have begun before the application is accepted: GEIQ are given that tolerance (rule book 02
    /// §6.3, 03 §4.3).
    pub const fn may_hire_in_the_past(self) -> bool {
        match self {
            Self::Geiq => true,
            Self::Aci | Self::Ai | Self::Ei | Self::Eiti | Self::Etti | Self::Opcs => false,
        }
    }

    /// How many level-2 criteria an auto-prescription needs when it has none of level 1 (rule book 03 §2.4).
    /// None when the kind does not prescribe.
    pub const fn level_2_criteria_required(self) -> Option<usize> {
        match self {
            Self::Aci | Self::Ei | Self::Eiti => Some(3),
            Self::Ai | Self::Etti => Some(2),
            Self::Geiq | Self::Opcs => None,
        }
    }
}

code! {
    /// Kinds of prescriber organisations (rule book 01 §4.1, ministerial order of 1 September 2021).
    PrescriberKind {
        Afpa = "AFPA", "AFPA - Agence nationale pour la formation professionnelle des adultes";
        Ase = "ASE", "ASE - Aide sociale à l’enfance";
        Caarud = "CAARUD", "CAARUD - Centre d’accueil et d’accompagnement à la réduction de risques pour usagers de drogues";
        Cada = "CADA", "CADA - Centre d’accueil de demandeurs d’asile";
        Caf = "CAF", "CAF - Caisse d’allocations familiales";
        CapEmploi = "CAP_EMPLOI", "Cap emploi";
        Cava = "CAVA", "CAVA - Centre d’adaptation à la vie active";
        Ccas = "CCAS", "CCAS - Centre communal (ou intercommunal) d’action sociale";
        Chrs = "CHRS", "CHRS - Centre d’hébergement et de réinsertion sociale";
        Chu = "CHU", "CHU - Centre d’hébergement d’urgence";
        Cidff = "CIDFF", "CIDFF - Centre d’information sur les droits des femmes et des familles";
        Cph = "CPH", "CPH - Centre provisoire d’hébergement";
        Csapa = "CSAPA", "CSAPA - Centre de soins, d’accompagnement et de prévention en addictologie";
        Dept = "DEPT", "Service social du conseil départemental";
        E2c = "E2C", "E2C - École de la deuxième chance";
        Epide = "EPIDE", "EPIDE - Établissement pour l’insertion dans l’emploi";
        Ft = "FT", "France Travail";
        Huda = "HUDA", "HUDA - Hébergement d’urgence pour demandeurs d’asile";
        Ml = "ML", "Mission locale";
        Msa = "MSA", "MSA - Mutualité sociale agricole";
        Oacas = "OACAS", "OACAS - Structure porteuse d’un agrément national organisme d’accueil communautaire et d’activité solidaire";
        Ocasf = "OCASF", "Organisme mentionné au 8° du I de l’article L. 312-1 du code de l’action sociale et des familles";
        Odc = "ODC", "Organisation délégataire d’un conseil départemental (orientation et suivi des BRSA)";
        Ohpd = "OHPD", "Organisme habilité par le préfet de département";
        Oil = "OIL", "Opérateur d’intermédiation locative";
        Pension = "PENSION", "Pension de famille / résidence accueil";
        PijBij = "PIJ_BIJ", "PIJ-BIJ - Point/Bureau information jeunesse";
        Pjj = "PJJ", "PJJ - Protection judiciaire de la jeunesse";
        Plie = "PLIE", "PLIE - Plan local pour l’insertion et l’emploi";
        Prevention = "PREVENTION", "Service ou club de prévention";
        RsFjt = "RS_FJT", "Résidence sociale / FJT - Foyer de jeunes travailleurs";
        Spip = "SPIP", "SPIP - Service pénitentiaire d’insertion et de probation";
        Other = "OTHER", "Autre";
    }
}

code! {
    /// Where the authorisation ("habilitation") of a prescriber organisation stands (rule book 01 §4.3). Whether it is authorised
    /// on a day is said by [`crate::habilitations::Authorisation`]: a right may have ended.
    AuthorisationStatus {
        NotSet = "NOT_SET", "Habilitation en attente de validation";
        Validated = "VALIDATED", "Habilitation validée";
        Refused = "REFUSED", "Validation de l’habilitation refusée";
        NotRequired = "NOT_REQUIRED", "Pas d’habilitation nécessaire";
    }
}

code! {
    /// Kinds of State institutions (rule book 01 §5).
    InstitutionKind {
        DdetsIae = "DDETS IAE", "Direction départementale de l’emploi, du travail et des solidarités, division IAE";
        DdetsGeiq = "DDETS GEIQ", "Direction départementale de l’emploi, du travail et des solidarités, division GEIQ";
        DdetsLog = "DDETS LOG", "Direction départementale de l’emploi, du travail et des solidarités, division logement insertion";
        DreetsIae = "DREETS IAE", "Direction régionale de l’économie, de l’emploi, du travail et des solidarités, division IAE";
        DreetsGeiq = "DREETS GEIQ", "Direction régionale de l’économie, de l’emploi, du travail et des solidarités, division GEIQ";
        Drihl = "DRIHL", "Direction régionale et interdépartementale de l’hébergement et du logement";
        DgefpIae = "DGEFP IAE", "Délégation générale à l’emploi et à la formation professionnelle, division IAE";
        DgefpGeiq = "DGEFP GEIQ", "Délégation générale à l’emploi et à la formation professionnelle, division GEIQ";
        Dihal = "DIHAL", "Délégation interministérielle à l’hébergement et à l’accès au logement";
        ReseauIae = "RESEAU IAE", "Réseau employeur de l’IAE";
        Convergence = "CONVERGENCE", "Convergence France";
        Ffgeiq = "FFGEIQ", "Fédération française des GEIQ";
        Other = "OTHER", "Autre";
    }
}
