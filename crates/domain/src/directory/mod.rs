//! The public directory of employers and their open posts (rule book 04 §4).

use crate::code::code;

/// Distances a search may use, in kilometres (rule book 04 §4.3).
pub const DISTANCES_KM: [u16; 7] = [2, 5, 10, 15, 25, 50, 100];

/// The distance of a search that names none.
pub const DEFAULT_DISTANCE_KM: u16 = 25;

code! {
    /// Contract types of job descriptions (CMP-2).
    ContractType {
        Permanent = "PERMANENT", "CDI";
        PermanentInclusion = "PERMANENT_I", "CDI inclusion";
        FixedTerm = "FIXED_TERM", "CDD";
        FixedTermUsage = "FIXED_TERM_USAGE", "CDD d'usage";
        FixedTermInclusion = "FIXED_TERM_I", "CDD insertion";
        FixedTermInclusionPhc = "FIXED_TERM_I_PHC", "CDD-I Premières heures en chantier";
        FixedTermInclusionCvg = "FIXED_TERM_I_CVG", "CDD-I Convergence";
        FixedTermTremplin = "FIXED_TERM_TREMPLIN", "CDD Tremplin";
        Apprenticeship = "APPRENTICESHIP", "Contrat d'apprentissage";
        ProfessionalTraining = "PROFESSIONAL_TRAINING", "Contrat de professionnalisation";
        Temporary = "TEMPORARY", "Contrat de mission intérimaire";
        BusinessCreation = "BUSINESS_CREATION", "Accompagnement à la création d'entreprise";
        Other = "OTHER", "Autre type de contrat";
    }
}
