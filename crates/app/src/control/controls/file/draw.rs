//! How the SIAE and its hires were drawn: what `docs/control-draw.md` needs to draw again, without the lines of other SIAE.

use iae_domain::control::{FrozenList, Line, Ratio};
use iae_domain::french;
use iae_domain::ids::ApplicationId;
use iae_domain::time::paris_date;

use super::Facts;
use super::said::{at, count, line};

/// What is made of what, a rule a line.
const HOW: [&str; 8] = [
    "Comment refaire ce tirage",
    "- L’empreinte d’une ligne est son SHA-256.",
    "- Celle de la liste est le SHA-256 des empreintes de ses lignes, triées, chacune suivie d’un saut de ligne.",
    "- La graine est le SHA-256 de l’empreinte de la liste, d’un point-virgule et de la valeur publiée.",
    "- Les structures sont rangées par le SHA-256 de la graine, d’un point-virgule et de leur identifiant\u{a0}: les premières sont tirées.",
    "- Les embauches d’une structure tirée sont rangées de même, par leur identifiant\u{a0}: un cinquième est tiré, de 2 à 20.",
    "- Les empreintes s’écrivent en hexadécimal, en minuscules.",
    "La page «\u{a0}Comment ce tirage a été fait\u{a0}» donne la liste et le programme qui refait le tirage.",
];

/// The whole of it.
pub(super) fn text(facts: &Facts) -> String {
    let list = FrozenList::freeze(facts.row.lines.0.iter().map(Line::from));
    let (own, others): (Vec<&Line>, Vec<&Line>) =
        list.lines().iter().partition(|line| line.company == facts.control.company);
    let mut hidden: Vec<String> = others.iter().map(|line| line.digest().to_string()).collect();
    hidden.sort_unstable();
    let drawn = drawn(facts, &list);
    let counted =
        format!("{}, dont {}", count(own.len(), "ligne", "lignes"), count(drawn.len(), "tirée", "tirées"));
    let mut said = head(facts, &list);
    said.push(String::new());
    said.extend(HOW.map(ToOwned::to_owned));
    said.push(String::new());
    said.push(line("Lignes de la structure (structure;embauche;premier jour du contrat)", counted));
    said.extend(own.iter().map(|line| {
        let mark = if drawn.contains(&line.hire) { "  tirée" } else { "" };
        format!("{line}{mark}")
    }));
    said.push(String::new());
    said.push(line("Empreintes des autres lignes de la liste", hidden.len()));
    said.extend(hidden);
    said.join("\n") + "\n"
}

/// The campaign, its days, its list and its seed.
fn head(facts: &Facts, list: &FrozenList) -> Vec<String> {
    let row = &facts.row;
    let mut said = vec![
        "Tirage au sort d’un contrôle a posteriori des auto-prescriptions".to_owned(),
        String::new(),
        line("DDETS", &row.ddets),
        line("Structure", format_args!("{}, {}", row.company, row.sirets().said())),
        line("Identifiant de la structure", facts.control.company),
        format!("Contrats commencés {}", french::period(row.hired_from, row.hired_to)),
        line("Taux de contrôle", format_args!("{}\u{a0}%", row.ratio)),
        format!("Tirage prévu le {}", french::date(row.launch_on)),
        format!("Phase contradictoire prévue à partir du {}", french::date(row.adversarial_from)),
    ];
    if let (Some(frozen_at), Some(digest)) = (row.list_frozen_at, &row.list_digest) {
        said.push(format!("Liste figée le {}", at(frozen_at)));
        said.push(line("Empreinte publiée de la liste", hex::encode(digest)));
        if digest.as_slice() != list.digest().0.as_slice() {
            said.push(
                "Attention\u{a0}: la liste conservée n’est plus celle dont l’empreinte a été publiée."
                    .to_owned(),
            );
        }
    }
    said.extend(row.value_name.as_ref().map(|name| line("Valeur publique annoncée", name)));
    said.push(format!("Tirage fait le {}", at(row.launched_at)));
    if let Some(value) = &row.value {
        said.push(line("Valeur publiée", value));
        said.push(line("Graine", list.seed(value)));
    }
    let turns = [("Phase contradictoire commencée", row.adversarial_at), ("Campagne clôturée", row.ended_at)];
    let done = turns.into_iter().filter_map(|(what, done)| Some((what, paris_date(done?))));
    said.extend(done.map(|(what, on)| format!("{what} le {}", french::date(on))));
    said
}

/// The hires of the SIAE, drawn again.
fn drawn(facts: &Facts, list: &FrozenList) -> Vec<ApplicationId> {
    let again = || {
        let all = list.draw(facts.row.value.as_ref()?, Ratio::of_column(facts.row.ratio)?);
        all.into_iter().find(|one| one.company == facts.control.company).map(|one| one.hires)
    };
    again().unwrap_or_default()
}
