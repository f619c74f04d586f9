//! The messages proposed when an application is declined, to be reread and changed (REF-2).

use iae_domain::applications::RefusalReason;
use iae_domain::organisations::CompanyKind;

/// The message proposed to whoever accompanies the person, for each reason: what helps them to go on.
pub(super) const fn to_prescriber(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::DidNotCome => {
            "Bonjour,\n\nNous n’avons pas réussi à joindre la personne. Si ses coordonnées ont changé, dites-le-nous\u{a0}: \
             nous pourrons reprendre contact."
        }
        RefusalReason::DidNotComeToInterview => {
            "Bonjour,\n\nLa personne n’est pas venue à l’entretien prévu. Si un empêchement l’a retenue, nous pouvons en \
             parler ensemble et fixer un autre rendez-vous."
        }
        RefusalReason::HiredElsewhere => {
            "Bonjour,\n\nLa personne nous a dit avoir retrouvé un emploi. Nous classons donc sa candidature."
        }
        RefusalReason::Training => {
            "Bonjour,\n\nLa personne est en formation et n’est donc pas disponible pour le poste. Vous pouvez nous la \
             proposer de nouveau quand elle l’aura terminée."
        }
        RefusalReason::NonEligible => {
            "Bonjour,\n\nD'après les éléments reçus, la personne ne remplit pas les conditions du poste. Si sa situation a \
             changé, ou si nous avons mal compris, parlons-en."
        }
        RefusalReason::NotMobile => {
            "Bonjour,\n\nLe poste demande des déplacements qui ne sont pas possibles pour la personne aujourd’hui. Une \
             solution de transport, ou une structure plus proche de chez elle, changerait la réponse."
        }
        RefusalReason::NotInterested => {
            "Bonjour,\n\nNotre échange a montré que le poste ne correspond pas à ce que la personne cherche. Le métier \
             qu’elle souhaite est à préciser avec elle."
        }
        RefusalReason::LackingSkills => {
            "Bonjour,\n\nLe poste demande des compétences que la personne n’a pas encore. Une immersion ou une formation \
             pourrait l’y préparer\u{a0}: nous restons disponibles pour en parler."
        }
        RefusalReason::Incompatible => {
            "Bonjour,\n\nLes conditions du poste ne conviennent pas à la situation actuelle de la personne. Nous pouvons \
             vous dire lesquelles, pour vous aider à l’orienter vers un poste adapté."
        }
        RefusalReason::PreventObjectives => {
            "Bonjour,\n\nCette embauche ne permettrait pas d’atteindre les objectifs fixés avec les services de l’État. Le \
             profil de la personne n’est pas en cause. Ce motif ne lui est pas communiqué."
        }
        RefusalReason::NoPosition => {
            "Bonjour,\n\nNous ne recrutons pas en ce moment. Vous pourrez nous proposer la personne de nouveau quand nous \
             publierons un poste."
        }
        RefusalReason::Duplicate => {
            "Bonjour,\n\nNous avons déjà reçu une candidature pour cette personne et nous traitons celle-là."
        }
        RefusalReason::Other => {
            "Bonjour,\n\nNous ne pouvons pas donner suite à cette candidature. Vous avez mes coordonnées\u{a0}: je vous en \
             dirai plus de vive voix."
        }
        RefusalReason::Auto
        | RefusalReason::PassEndTooClose
        | RefusalReason::Unavailable
        | RefusalReason::EligibilityDoubt
        | RefusalReason::Deactivation
        | RefusalReason::PoorlyInformed => "",
    }
}

/// The message proposed to the person, for each reason; empty when nothing general can be said.
pub(super) const fn to_person(reason: RefusalReason, company: CompanyKind) -> &'static str {
    match reason {
        RefusalReason::DidNotCome => {
            "Bonjour,\n\nNous avons essayé de vous joindre, sans succès. Nous ne pouvons donc pas donner suite à votre \
             candidature pour le moment. Si vous êtes toujours à la recherche d’un emploi, vous pouvez nous recontacter."
        }
        RefusalReason::DidNotComeToInterview => {
            "Bonjour,\n\nNous ne vous avons pas vu à l’entretien prévu. Nous ne pouvons donc pas donner suite à votre \
             candidature. Si un empêchement vous a retenu, n’hésitez pas à nous recontacter."
        }
        RefusalReason::HiredElsewhere => {
            "Bonjour,\n\nNous avons appris que vous avez retrouvé un emploi et nous nous en réjouissons. Nous classons \
             donc votre candidature. Bonne continuation."
        }
        RefusalReason::Training => {
            "Bonjour,\n\nVous êtes actuellement en formation et n’êtes donc pas disponible pour le poste. N’hésitez pas \
             à nous recontacter quand elle sera terminée."
        }
        RefusalReason::NonEligible => match company {
            CompanyKind::Aci | CompanyKind::Ai | CompanyKind::Ei | CompanyKind::Eiti | CompanyKind::Etti => {
                "Bonjour,\n\nD'après les éléments reçus, vous ne remplissez pas les conditions pour travailler dans une \
                 structure de l’insertion par l’activité économique. La personne qui vous accompagne peut vous aider à \
                 trouver une autre voie."
            }
            CompanyKind::Geiq | CompanyKind::Opcs => {
                "Bonjour,\n\nD'après les éléments reçus, vous ne remplissez pas les conditions du dispositif dont relève \
                 ce poste. La personne qui vous accompagne peut vous aider à trouver une autre voie."
            }
        },
        RefusalReason::NotMobile => {
            "Bonjour,\n\nLe poste demande des déplacements qui ne vous sont pas possibles aujourd’hui. Nous ne pouvons \
             donc pas retenir votre candidature."
        }
        RefusalReason::NotInterested => {
            "Bonjour,\n\nÀ la suite de notre échange, nous avons compris que le poste ne correspond pas à ce que vous \
             cherchez. Nous classons donc votre candidature et vous souhaitons une bonne recherche."
        }
        RefusalReason::LackingSkills => {
            "Bonjour,\n\nLe poste demande des compétences que vous n’avez pas encore. Nous ne pouvons donc pas retenir \
             votre candidature cette fois-ci. D’autres postes, chez nous ou ailleurs, vous conviendront peut-être mieux."
        }
        RefusalReason::Incompatible => {
            "Bonjour,\n\nLes conditions du poste ne sont pas compatibles avec votre situation actuelle. Nous ne pouvons \
             donc pas retenir votre candidature. La personne qui vous accompagne peut vous orienter vers un poste adapté."
        }
        RefusalReason::PreventObjectives => {
            "Bonjour,\n\nNous ne pouvons pas retenir votre candidature en ce moment. Cela ne tient pas à votre parcours\u{a0}: \
             nous vous encourageons à postuler auprès d’autres structures près de chez vous."
        }
        RefusalReason::NoPosition => {
            "Bonjour,\n\nNous ne recrutons pas en ce moment. Nous ne pouvons donc pas donner suite à votre candidature, \
             et vous encourageons à postuler auprès d’autres structures près de chez vous."
        }
        RefusalReason::Duplicate => {
            "Bonjour,\n\nNous avons déjà reçu une candidature de votre part et nous traitons celle-là. Celle-ci est donc \
             classée."
        }
        RefusalReason::Other
        | RefusalReason::Auto
        | RefusalReason::PassEndTooClose
        | RefusalReason::Unavailable
        | RefusalReason::EligibilityDoubt
        | RefusalReason::Deactivation
        | RefusalReason::PoorlyInformed => "",
    }
}
