//! The people of the demonstration one may sign in as: someone for every role, who finds something to do.

use iae_app::config::Persona;
use iae_domain::text::Email;

/// The password of every invented account, at the identity provider of the demonstration.
pub const PASSWORD: &str = "parcours-iae-demo";

/// Who one may sign in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A candidate with a PASS.
    Candidate,
    /// A candidate in their waiting period.
    WaitingCandidate,
    /// A member of an organisation without authorisation.
    Orienter,
    /// A member of the mission locale.
    Prescriber,
    /// Its administrator.
    PrescriberAdmin,
    /// A member of the ACI that receives most.
    Employer,
    /// Its administrator.
    EmployerAdmin,
    /// A member of an EI.
    OtherEmployer,
    /// Someone who left the ACI.
    DeactivatedMember,
    /// Someone of two prescriber organisations.
    TwoOrganisations,
    /// A member of an organisation whose authorisation is awaited.
    PendingOrganisation,
    /// An agent of the DDETS of Moselle.
    Inspector,
    /// An agent of the DDETS of Meurthe-et-Moselle.
    OtherInspector,
    /// A member of the platform's team.
    Staff,
}

/// An invented person.
#[derive(Debug)]
pub struct Known {
    /// Their role.
    pub role: Role,
    /// First name.
    pub first_name: &'static str,
    /// Last name.
    pub last_name: &'static str,
    /// Address.
    pub email: &'static str,
    /// Title.
    pub title: &'static str,
    /// What is said of them at login.
    pub about: &'static str,
}

const fn known(
    role: Role,
    title: &'static str,
    first_name: &'static str,
    last_name: &'static str,
    email: &'static str,
    about: &'static str,
) -> Known {
    Known { role, first_name, last_name, email, title, about }
}

/// Everyone, in the order of the story.
pub const KNOWN: &[Known] = &[
    known(
        Role::Prescriber,
        "MME",
        "Claire",
        "Weber",
        "claire.weber@mission-locale-metz.example",
        "Prescriptrice habilitée, Mission locale du Pays messin",
    ),
    known(
        Role::Employer,
        "M",
        "Karim",
        "Benali",
        "karim.benali@chantiers-verts-metz.example",
        "Employeur, Chantiers verts du Pays messin (ACI)",
    ),
    known(
        Role::Candidate,
        "MME",
        "Nadia",
        "Ferhat",
        "nadia.ferhat@courriel.example",
        "Candidate, salariée en parcours avec un PASS IAE valide",
    ),
    known(
        Role::Inspector,
        "MME",
        "Hélène",
        "Fournier",
        "helene.fournier@ddets57.example",
        "Agente de la DDETS de la Moselle",
    ),
    known(Role::Staff, "MME", "Léa", "Martin", "lea.martin@parcours-iae.example", "Équipe de la plateforme"),
    known(
        Role::Orienter,
        "MME",
        "Sophie",
        "Marchal",
        "sophie.marchal@relais-sablon.example",
        "Orienteuse, Le Relais du Sablon",
    ),
    known(
        Role::PrescriberAdmin,
        "M",
        "Antoine",
        "Muller",
        "antoine.muller@mission-locale-metz.example",
        "Administrateur, Mission locale du Pays messin",
    ),
    known(
        Role::EmployerAdmin,
        "MME",
        "Isabelle",
        "Schmitt",
        "isabelle.schmitt@chantiers-verts-metz.example",
        "Administratrice, Chantiers verts du Pays messin (ACI)",
    ),
    known(
        Role::OtherEmployer,
        "M",
        "Laurent",
        "Becker",
        "laurent.becker@moselle-renovation.example",
        "Employeur, Moselle Rénovation (EI, Thionville)",
    ),
    known(
        Role::TwoOrganisations,
        "MME",
        "Fatima",
        "El Amrani",
        "fatima.elamrani@plie-metz.example",
        "Prescriptrice pour deux organisations : PLIE et CCAS de Metz",
    ),
    known(
        Role::PendingOrganisation,
        "M",
        "Paul",
        "Klein",
        "paul.klein@etape-metz.example",
        "Membre du CHRS L'Étape, dont l'habilitation est en attente",
    ),
    known(
        Role::WaitingCandidate,
        "M",
        "Thomas",
        "Kieffer",
        "thomas.kieffer@courriel.example",
        "Candidat, PASS IAE terminé, en délai de carence",
    ),
    known(
        Role::OtherInspector,
        "M",
        "Julien",
        "Henry",
        "julien.henry@ddets54.example",
        "Agent de la DDETS de Meurthe-et-Moselle",
    ),
    known(
        Role::DeactivatedMember,
        "M",
        "Marc",
        "Dubois",
        "marc.dubois@chantiers-verts-metz.example",
        "A quitté les Chantiers verts du Pays messin",
    ),
];

/// Who has that role.
pub fn of(role: Role) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.role == role)
}

/// The address of whoever is known in that role.
pub fn email(role: Role) -> Option<&'static str> {
    KNOWN.iter().find(|known| known.role == role).map(|known| known.email)
}

/// What the login page says of everyone.
pub fn personas() -> Vec<Persona> {
    KNOWN
        .iter()
        .filter_map(|known| {
            let email = Email::parse(known.email).ok()?;
            let name = format!("{} {}", known.first_name, known.last_name);
            let is_staff = known.role == Role::Staff;
            Some(Persona { email, name, role: known.about.to_owned(), is_staff })
        })
        .collect()
}
