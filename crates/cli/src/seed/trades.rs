//! Trades of the IAE: what their posts are called, and what one does there.

/// A trade.
#[derive(Debug)]
pub struct Trade {
    /// Names structures of this trade may bear, before the name of a place.
    pub names: &'static [&'static str],
    /// Codes of ROME appellations.
    pub appellations: &'static [&'static str],
    /// What the work consists of.
    pub missions: &'static [&'static str],
    /// What the person who tells of their wishes says of it.
    pub wish: &'static str,
}

/// The trades, the most common first.
pub const TRADES: &[Trade] = &[
    Trade {
        names: &["Chantiers verts", "Espaces verts et rivières", "Vert Demain", "Les Cantonniers"],
        appellations: &["17475", "38437", "16068", "10675", "17480", "10667", "10677", "38436", "12439"],
        missions: &[
            "Tondre, débroussailler et ramasser les feuilles dans les parcs et le long des voies communales.",
            "Tailler haies et arbustes en respectant le calendrier des végétaux et la nidification.",
            "Planter les massifs de saison, désherber à la main, pailler et arroser.",
            "Entretenir les berges : retrait des embâcles, fauche tardive, pose de fascines.",
            "Nettoyer et ranger les outils, signaler le matériel à réparer.",
            "Appliquer les consignes de sécurité et porter les équipements de protection.",
        ],
        wish: "travailler dehors, aux espaces verts",
    },
    Trade {
        names: &["Propreté Services", "Net et Clair", "Les Mains propres"],
        appellations: &["10688", "10687", "17479", "16166", "10571", "16971", "12489"],
        missions: &[
            "Nettoyer les bureaux, sanitaires et parties communes selon un plan de passage.",
            "Dépoussiérer, aspirer, laver les sols à plat et entretenir les vitres accessibles.",
            "Doser les produits, respecter les codes couleur et les fiches de sécurité.",
            "Sortir et rentrer les conteneurs, signaler les anomalies au chef d'équipe.",
            "Utiliser l'autolaveuse et la monobrosse après formation.",
        ],
        wish: "reprendre dans le nettoyage, avec des horaires réguliers",
    },
    Trade {
        names: &["La Table commune", "Cuisine solidaire", "Le Fournil"],
        appellations: &["12757", "10427", "14786", "10826", "17846", "12756", "14813"],
        missions: &[
            "Préparer les entrées et les desserts, éplucher et tailler les légumes de saison.",
            "Dresser les plats et participer au service du midi, entre 60 et 90 couverts.",
            "Assurer la plonge et l'entretien des locaux dans le respect des règles d'hygiène (HACCP).",
            "Réceptionner et ranger les marchandises, tenir à jour les étiquettes de traçabilité.",
            "Livrer les repas en liaison froide dans les écoles du secteur.",
        ],
        wish: "apprendre le métier de cuisinière ou de cuisinier",
    },
    Trade {
        names: &["Rénov'Action", "Bâtir ensemble", "Second Œuvre Solidaire"],
        appellations: &["38415", "17619", "17821", "16351", "10879", "16254", "38416", "17477"],
        missions: &[
            "Préparer les supports : lessivage, enduit, ponçage, protection des sols.",
            "Peindre murs et plafonds, poser toile de verre et revêtements souples.",
            "Monter des cloisons en plaques de plâtre et réaliser les bandes.",
            "Participer à de petits travaux de maçonnerie et de démolition.",
            "Charger le véhicule, installer et replier le chantier chaque jour.",
        ],
        wish: "retrouver un chantier, de préférence en peinture ou en second œuvre",
    },
    Trade {
        names: &["La Recyclerie", "Ressourcerie", "Tri et Compagnie"],
        appellations: &["20503", "10639", "15218", "20450", "18526", "10629", "17175"],
        missions: &[
            "Accueillir les personnes qui déposent des objets, peser et trier les apports.",
            "Tester, nettoyer et remettre en état meubles, jouets et petit électroménager.",
            "Orienter vers la vente, la réparation ou la filière de recyclage adaptée.",
            "Mettre en rayon, étiqueter et renseigner les clients de la boutique solidaire.",
            "Participer aux collectes à domicile avec un chauffeur.",
        ],
        wish: "donner une seconde vie aux objets, en recyclerie",
    },
    Trade {
        names: &["Les Jardins", "Le Potager", "Terres de Cocagne"],
        appellations: &["17506", "10853", "17495", "10807", "17427", "18278", "38774"],
        missions: &[
            "Semer, repiquer et désherber les cultures biologiques de plein champ et sous serre.",
            "Récolter, laver et conditionner les légumes des paniers de la semaine.",
            "Monter les filets et l'irrigation, entretenir les serres.",
            "Tenir le stand du marché et accueillir les adhérents.",
            "Suivre le plan de culture avec l'encadrant maraîcher.",
        ],
        wish: "travailler la terre et suivre les cultures au fil des saisons",
    },
    Trade {
        names: &["L'Atelier du fil", "Couture et Cie", "Les Retouches"],
        appellations: &["13812", "16506", "17197", "18535", "20450", "14756"],
        missions: &[
            "Réaliser retouches et ourlets, assembler des sacs et des accessoires en tissu réemployé.",
            "Régler et entretenir une machine à coudre industrielle.",
            "Trier le linge, repasser, plier et contrôler la qualité avant livraison.",
            "Tailler à partir d'un patron simple et limiter les chutes.",
        ],
        wish: "vivre de mon savoir-faire en couture",
    },
    Trade {
        names: &["Logistique Emploi", "Quai Solidaire", "Log'Insert"],
        appellations: &["17993", "14874", "11679", "10405", "16361", "14740", "12848"],
        missions: &[
            "Préparer les commandes au terminal, contrôler les quantités, filmer les palettes.",
            "Charger et décharger les camions à quai, ranger les produits dans les allées.",
            "Conditionner des lots promotionnels à la main ou sur une petite ligne.",
            "Tenir propre son poste et respecter les règles de circulation de l'entrepôt.",
        ],
        wish: "travailler en équipe dans un entrepôt et passer le CACES",
    },
    Trade {
        names: &["Services à domicile", "Coup de main", "Proxi'Services"],
        appellations: &["10805", "10857", "14774", "10348", "11453", "15196"],
        missions: &[
            "Entretenir le logement de personnes âgées ou de familles : ménage, linge, vitres.",
            "Faire les courses et préparer un repas simple avec la personne.",
            "Accompagner une sortie, un rendez-vous, une démarche du quotidien.",
            "Signaler au responsable de secteur ce qui change ou inquiète.",
        ],
        wish: "aider des personnes âgées à domicile, près de chez moi",
    },
    Trade {
        names: &["Intérim d'insertion", "Tremplin Intérim", "Mission Emploi"],
        appellations: &["16357", "16361", "17993", "10400", "19263", "10406", "11999"],
        missions: &[
            "Missions de manutention, de collecte ou de chantier chez nos entreprises clientes du bassin.",
            "Participer à la collecte des déchets ménagers en équipe de trois.",
            "Aider à la pose de bordures et de canalisations sur des chantiers de voirie.",
            "Conduire un véhicule léger pour livrer des colis ou des repas.",
        ],
        wish: "enchaîner des missions pour reprendre un rythme",
    },
];

/// What is expected of the person: rarely much, and never all of it.
pub const PROFILES: &[&str] = &[
    "Aucune expérience n'est demandée : envie d'apprendre et ponctualité.",
    "Être disponible du lundi au vendredi ; premiers horaires à 7 h 30.",
    "Comprendre des consignes simples en français ; des cours sont proposés sur le temps de travail.",
    "Le permis B est un plus. Un véhicule part chaque matin de la gare.",
    "Poste debout, port de charges jusqu'à 15 kg ; aménagements possibles après visite médicale.",
    "Aimer travailler en équipe et accepter le regard de l'encadrant sur son travail.",
    "Poste accessible aux personnes reconnues travailleurs handicapés.",
    "Être éligible à l'insertion par l'activité économique.",
];

/// What the structure offers around the work.
pub const SUPPORT: &[&str] = &[
    "Un encadrant technique travaille avec l'équipe et une conseillère reçoit chaque salarié une fois par mois : projet \
     professionnel, logement, mobilité, démarches.",
    "Des immersions en entreprise et des formations courtes (sécurité, conduite d'engins, français) sont possibles \
     pendant le contrat.",
    "Contrat de quatre à six mois, renouvelable jusqu'à deux ans, à 26 heures par semaine le plus souvent.",
    "Les transports en commun sont remboursés à moitié, une aide au permis peut être demandée.",
];
