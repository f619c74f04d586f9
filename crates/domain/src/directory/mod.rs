//! The public directory of employers and their open posts (rule book 04 §4).

mod applying;
mod place;
mod search;

pub use applying::{Applying, EmployerFacts, applying};
pub use place::{Bounds, Position};
pub use search::{Distance, Filters, JobDomain, search_words};

use chrono::TimeDelta;

use crate::code::code;

/// Applications this recent tell whether a company or a post is sought after (CMP-34, CMP-38, SUB-52). Few of them for a
/// new post is one definition: the SQL function `few_applications`.
pub const RECENT: TimeDelta = TimeDelta::weeks(3);

code! {
    /// Contract types of job descriptions (CMP-2).
    ContractType {
        Permanent = "PERMANENT", "CDI";
        PermanentInclusion = "PERMANENT_I", "CDI inclusion";
        FixedTerm = "FIXED_TERM", "CDD";
        FixedTermUsage = "FIXED_TERM_USAGE", "CDD d’usage";
        FixedTermInclusion = "FIXED_TERM_I", "CDD insertion";
        FixedTermInclusionPhc = "FIXED_TERM_I_PHC", "CDD-I Premières heures en chantier";
        FixedTermInclusionCvg = "FIXED_TERM_I_CVG", "CDD-I Convergence";
        FixedTermTremplin = "FIXED_TERM_TREMPLIN", "CDD Tremplin";
        Apprenticeship = "APPRENTICESHIP", "Contrat d’apprentissage";
        ProfessionalTraining = "PROFESSIONAL_TRAINING", "Contrat de professionnalisation";
        Temporary = "TEMPORARY", "Contrat de mission intérimaire";
        BusinessCreation = "BUSINESS_CREATION", "Accompagnement à la création d’entreprise";
        Other = "OTHER", "Autre type de contrat";
    }
}
