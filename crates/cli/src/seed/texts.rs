//! What people write to each other: messages, answers, notes. They follow the prompts of the guide: why this structure,
//! what the person can do, what may need attention, who accompanies them.

use iae_domain::french;
use iae_domain::pass::prolongation::DenialReason;

use super::random::Random;
use super::trades::{PROFILES, SUPPORT, Trade};

const MOTIVES: &[&str] = &[
    "Je vous adresse la candidature {of_name}, que j'accompagne depuis plusieurs mois et qui souhaite {wish}.",
    "Suite à notre échange téléphonique, voici la candidature {of_name}, qui cherche à {wish}.",
    "{name} a visité votre structure lors de la journée portes ouvertes et aimerait {wish}.",
    "Nous avons travaillé le projet professionnel avec {name}, qui veut {wish}.",
];

const SKILLS: &[&str] = &[
    "Une expérience de deux ans dans le secteur, ancienne mais solide, et de bons retours des employeurs.",
    "Première expérience à construire : l'assiduité aux ateliers montre une vraie envie de se lancer.",
    "Bénévole dans une association de quartier, la personne sait s'organiser et tenir un horaire.",
    "Une immersion de deux semaines s'est bien passée ; l'encadrant souligne le soin apporté au travail.",
    "Habile de ses mains, la personne apprend vite en regardant faire.",
    "Titulaire d'un CAP obtenu à l'étranger, non reconnu en France pour l'instant.",
];

const ATTENTION: &[&str] = &[
    "Pas de permis, mais la ligne de bus dessert votre site ; un vélo est possible aux beaux jours.",
    "La garde des enfants est organisée jusqu'à 17 h ; merci d'en tenir compte pour les horaires.",
    "L'oral est compris, l'écrit reste difficile : un atelier de français est en cours.",
    "Après une longue interruption, un démarrage à temps partiel serait préférable.",
    "Le logement est stable depuis peu, la reprise d'un emploi peut maintenant s'envisager sereinement.",
    "Aucune restriction particulière n'est signalée pour le poste.",
];

const FOLLOW_UP: &[&str] = &[
    "Je reste la référente pendant le parcours et me rends disponible pour un point à trois.",
    "Vous pouvez me joindre directement ; la personne est prévenue et a donné son accord.",
    "Nous pouvons proposer une immersion pour que chacun se rende compte.",
    "Un point mensuel est prévu avec notre service pendant toute la durée du contrat.",
];

const OWN_OPENINGS: &[&str] = &[
    "Bonjour, je souhaite {wish} et votre annonce correspond à ce que je cherche.",
    "Madame, Monsieur, je suis à la recherche d'un emploi et j'aimerais {wish}.",
    "Bonjour, un ami a travaillé chez vous et m'a conseillé de postuler. Je voudrais {wish}.",
];

const OWN_CLOSINGS: &[&str] = &[
    "Je suis disponible tout de suite et je peux me déplacer en bus. Merci de me tenir au courant.",
    "J'ai déjà fait des saisons et je m'entends bien avec les équipes. Je peux venir vous rencontrer cette semaine.",
    "Je n'ai pas de diplôme mais j'apprends vite et je suis à l'heure. Bien cordialement.",
];

const REFUSALS: &[&str] = &[
    "Merci pour cette candidature. Nous ne pouvons pas y donner suite pour le moment, mais nous vous encourageons à \
     postuler de nouveau lors de nos prochains recrutements.",
    "Après échange avec l'équipe, nous avons retenu une autre personne. Nous vous souhaitons une bonne continuation dans \
     vos démarches.",
    "Nous avons essayé de vous joindre plusieurs fois sans succès. N'hésitez pas à nous rappeler si vous êtes toujours en \
     recherche d'emploi.",
    "Le poste est pourvu. Votre candidature a été lue avec attention et nous vous remercions de votre intérêt.",
];

const POSTPONEMENTS: &[&str] = &[
    "Votre profil nous intéresse. Le prochain recrutement aura lieu d'ici quelques semaines, nous vous recontacterons.",
    "Nous attendons la confirmation d'un nouveau marché ; réponse dès que possible.",
];

const ACCEPTANCES: &[&str] = &[
    "Bienvenue dans l'équipe ! Présentez-vous à 8 h le premier jour avec une pièce d'identité et votre RIB.",
    "Nous avons le plaisir de vous confirmer votre embauche. Une visite médicale sera organisée le premier mois.",
    "Votre candidature est retenue. L'encadrante vous appellera pour préparer le premier jour.",
];

const TO_PRESCRIBERS: &[&str] = &[
    "L'entretien a montré un frein de mobilité que la personne n'ose pas aborder : peut-on en reparler ensemble ?",
    "Bon contact, mais le projet semble encore fragile ; une immersion serait utile avant de recandidater.",
    "La personne ne s'est pas présentée et ne répond plus. Avez-vous des nouvelles ?",
];

const NOTES: &[&str] = &[
    "Point abordé en entretien, à revoir dans trois mois.",
    "Démarche engagée avec le service social du département.",
    "Situation stable aujourd'hui.",
    "Solution trouvée avec une association du quartier.",
    "La personne souhaite en parler elle-même à l'employeur.",
];

const HOPES: &[&str] = &[
    "Retrouver un rythme et un salaire, puis viser une formation qualifiante.",
    "Confirmer le projet professionnel et reprendre confiance.",
    "Obtenir une première référence d'employeur en France.",
    "Passer le permis B pendant le contrat et élargir la recherche d'emploi.",
];

const SUSPENDED: &[&str] = &[
    "La personne nous a prévenus ; nous gardons contact chaque mois pour préparer la suite.",
    "Décidé ensemble lors du bilan, en attendant une solution de garde pour les enfants.",
    "Un problème de santé demande du repos ; la reprise sera étudiée avec le médecin.",
    "La personne déménage et cherche une structure plus proche de son nouveau domicile.",
    "Fin de chantier : nous n'avons pas de poste à proposer pour l'instant.",
];

const DONE: &[&str] = &[
    "Prise de poste à temps partiel puis à 26 heures, assiduité retrouvée. Immersion de deux semaines chez un paysagiste, \
     bilan positif. Ouverture des droits à la complémentaire santé.",
    "Remise à niveau en français deux demi-journées par semaine pendant huit mois. La personne lit les consignes et \
     encadre les nouveaux sur les gestes du métier.",
    "Accompagnement au logement abouti en mars. Code de la route obtenu, dix heures de conduite faites avec \
     l'auto-école sociale.",
    "Projet professionnel confirmé par deux enquêtes métier. Dettes étalées avec l'aide du service social.",
];

const OBSTACLES: &[&str] = &[
    "Le permis n'est pas encore obtenu et les entreprises qui recrutent sont hors de portée des bus.",
    "La santé reste fragile : les postes accessibles sont peu nombreux, un aménagement est à prévoir.",
    "L'écrit freine l'accès à la formation qualifiante visée, dont les tests ont lieu à l'automne.",
    "L'âge est mis en avant par les employeurs rencontrés, malgré des compétences reconnues.",
];

const PLANNED: &[&str] = &[
    "Fin du permis d'ici l'été, deux immersions en entreprise, puis candidatures ciblées avec le chargé de relations \
     entreprises.",
    "Dossier de formation déposé auprès de la région, entrée possible en septembre ; atelier de préparation chaque semaine.",
    "Rencontre avec Cap emploi pour l'aménagement du poste, puis période de mise en situation de trois semaines.",
    "Parrainage par un ancien de la structure et trois entreprises du bassin déjà contactées.",
];

const NOT_IAE: &[&str] = &[
    "Les compétences sont acquises et les freins levés : la personne peut viser directement un emploi durable, avec un \
     accompagnement plus léger.",
    "Nous nous sommes vus deux fois : la priorité est aujourd'hui le soin, que le parcours ne permet pas.",
];

const NOT_AS_ASKED: &[&str] = &[
    "Au vu du bilan, une durée plus courte suffirait pour aller au bout des actions prévues. Une nouvelle demande peut \
     nous être adressée.",
    "Nous en avons parlé avec la personne : ce qui est décrit ne correspond pas à sa situation actuelle. Merci de revenir \
     vers nous avec une demande adaptée.",
];

const PROPOSED: &[&str] = &[
    "Un rendez-vous est fixé avec notre conseiller emploi dans les quinze jours, et l'atelier du mardi lui est ouvert.",
    "Le service social de secteur est prévenu et recevra la personne ; nous restons en lien pendant six mois.",
];

/// The message of a professional about a person.
pub fn message(rng: &mut Random, trade: &Trade, first_name: &str) -> String {
    let motive = rng
        .pick(MOTIVES)
        .replace("{name}", first_name)
        .replace("{of_name}", &french::of(first_name))
        .replace("{wish}", trade.wish);
    let mut message = format!("{motive} {}", rng.pick(SKILLS));
    if rng.chance(700) {
        message = format!("{message}\n\n{}", rng.pick(ATTENTION));
    }
    if rng.chance(600) {
        message = format!("{message} {}", rng.pick(FOLLOW_UP));
    }
    message
}

/// The message of a person for themselves.
pub fn own_message(rng: &mut Random, trade: &Trade) -> String {
    format!("{} {}", rng.pick(OWN_OPENINGS).replace("{wish}", trade.wish), rng.pick(OWN_CLOSINGS))
}

/// What a post consists of, and what comes with it.
pub fn missions(rng: &mut Random, trade: &Trade) -> String {
    let first = rng.index(trade.missions.len());
    let count = 3 + rng.index(trade.missions.len() - 2);
    let lines: Vec<String> =
        trade.missions.iter().cycle().skip(first).take(count).map(|mission| format!("- {mission}")).collect();
    format!("Au sein d'une équipe encadrée :\n{}\n\n{}", lines.join("\n"), rng.pick(SUPPORT))
}

/// Who is looked for.
pub fn profile(rng: &mut Random) -> String {
    let first = rng.index(PROFILES.len());
    let lines: Vec<&str> = PROFILES.iter().copied().cycle().skip(first).take(2 + rng.index(2)).collect();
    lines.join("\n")
}

/// An employer declines.
pub fn refusal(rng: &mut Random) -> String {
    (*rng.pick(REFUSALS)).to_owned()
}

/// An employer asks to wait.
pub fn postponement(rng: &mut Random) -> String {
    (*rng.pick(POSTPONEMENTS)).to_owned()
}

/// An employer hires.
pub fn acceptance(rng: &mut Random) -> String {
    (*rng.pick(ACCEPTANCES)).to_owned()
}

/// Between professionals.
pub fn to_prescriber(rng: &mut Random) -> String {
    (*rng.pick(TO_PRESCRIBERS)).to_owned()
}

/// On one point of the situation.
pub fn note(rng: &mut Random) -> String {
    (*rng.pick(NOTES)).to_owned()
}

/// On what the person hopes for.
pub fn hope(rng: &mut Random) -> String {
    (*rng.pick(HOPES)).to_owned()
}

/// Why a PASS is suspended, in a few words.
pub fn suspended(rng: &mut Random) -> &'static str {
    rng.pick::<&str>(SUSPENDED)
}

/// The review of a pathway: what was done, what is left, what is planned.
pub fn review(rng: &mut Random) -> [&'static str; 3] {
    [rng.pick::<&str>(DONE), rng.pick::<&str>(OBSTACLES), rng.pick::<&str>(PLANNED)]
}

/// Why a prolongation is refused, and what is proposed instead.
pub fn denied(rng: &mut Random, reason: DenialReason) -> [&'static str; 2] {
    let reasons = if reason.proposes_actions() { NOT_IAE } else { NOT_AS_ASKED };
    [rng.pick::<&str>(reasons), rng.pick::<&str>(PROPOSED)]
}
