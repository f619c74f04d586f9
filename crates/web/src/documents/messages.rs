//! What is said of files: their limits, and why one is not attached.

use iae_domain::documents::{DocumentKind, DocumentRefused, Format};

/// What may be attached: « Un fichier PDF de 5 Mo au plus. »
pub(crate) fn limits(kind: DocumentKind) -> String {
    let limits = kind.limits();
    let format = match limits.format {
        Format::Pdf => "PDF",
    };
    let megabytes = limits.max_bytes / 1024 / 1024;
    match limits.at_most {
        1 => format!("Un fichier {format} de {megabytes}\u{a0}Mo au plus."),
        most => format!("{most} fichiers {format} au plus, de {megabytes}\u{a0}Mo chacun au plus."),
    }
}

/// Why files are not attached, and what to do (SUB-61).
pub(crate) fn refused(kind: DocumentKind, refused: DocumentRefused) -> String {
    let limits = kind.limits();
    match refused {
        DocumentRefused::Empty => "Ce fichier est vide. Choisissez-en un autre, au format PDF.".to_owned(),
        DocumentRefused::TooLarge => {
            let megabytes = limits.max_bytes / 1024 / 1024;
            format!("Ce fichier dépasse {megabytes} Mo. Réduisez-le, ou joignez une version plus légère.")
        }
        DocumentRefused::TooMany if limits.at_most == 1 => "Choisissez un seul fichier.".to_owned(),
        DocumentRefused::TooMany => format!("Choisissez {} fichiers au plus.", limits.at_most),
        DocumentRefused::NotPdf => {
            "Ce fichier n’est pas un PDF. Enregistrez le document au format PDF, puis recommencez.".to_owned()
        }
        DocumentRefused::Active => {
            "Ce PDF contient un programme qui s’exécute à l’ouverture, ou qui mène ailleurs\u{a0}: il ne peut pas être transmis. Imprimez-le en PDF, puis recommencez."
                .to_owned()
        }
        DocumentRefused::Form => {
            "Ce PDF est un formulaire XFA, qui peut contenir un programme\u{a0}: il ne peut pas être transmis. Imprimez-le en PDF, puis recommencez."
                .to_owned()
        }
        DocumentRefused::Infected => {
            "Un virus a été trouvé dans ce fichier\u{a0}: il n’est pas gardé. Faites vérifier votre appareil, puis choisissez un autre fichier."
                .to_owned()
        }
        DocumentRefused::Password => {
            let reader = match kind {
                DocumentKind::Cv => "l’employeur",
                DocumentKind::ProlongationReport => "le prescripteur",
                DocumentKind::Proof | DocumentKind::HabilitationPiece => "la DDETS",
            };
            format!(
                "Ce PDF demande un mot de passe\u{a0}: {reader} ne pourrait pas l’ouvrir. Enregistrez-le sans protection, puis recommencez."
            )
        }
        DocumentRefused::Truncated => {
            "Ce PDF est incomplet\u{a0}: sa fin manque. Enregistrez-le ou téléchargez-le de nouveau, puis recommencez."
                .to_owned()
        }
        DocumentRefused::Unreadable => {
            "Ce PDF ne s’ouvre pas. Ouvrez-le chez vous, enregistrez-le de nouveau au format PDF, puis recommencez."
                .to_owned()
        }
    }
}
