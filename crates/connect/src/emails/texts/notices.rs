//! What the holder of an account is told of its safety: what happened, what to do when it was not them.

use askama::Template;
use uuid::Uuid;

use super::{Letter, to_holder};
use crate::Connect;
use crate::error::Error;

/// One of them.
#[derive(Clone, Copy)]
pub(super) struct Notice {
    subject: &'static str,
    /// What happened.
    what: &'static str,
    /// What to see to when it was them.
    expected: &'static str,
    /// What to do at once when it was not.
    unexpected: &'static str,
}

pub(super) const BACKUP_CODE_USED: Notice = Notice {
    subject: "Un code de secours a ouvert votre compte Inclusion Connect",
    what: "Un code de secours vient d’ouvrir votre compte Inclusion Connect, à la place de votre application ou de votre \
           clé d’accès. Ce code ne servira plus.",
    expected: "Vérifiez, sur la page de votre compte, qu’il vous en reste, et remplacez l’appareil que vous n’avez plus\u{a0}:",
    unexpected: "Changez tout de suite de mot de passe, remplacez ces codes",
};

pub(super) const FACTOR_ADDED: Notice = Notice {
    subject: "Un moyen de double authentification a été ajouté à votre compte Inclusion Connect",
    what: "Une application de codes, ou une clé d’accès, vient d’être ajoutée à votre compte Inclusion Connect. Elle sert \
           désormais à y entrer.",
    expected: "Vous n’avez rien à faire. Les moyens de votre compte se voient ici\u{a0}:",
    unexpected: "Retirez-la, fermez les sessions que vous ne reconnaissez pas, changez tout de suite de mot de passe",
};

pub(super) const FACTOR_REMOVED: Notice = Notice {
    subject: "Un moyen de double authentification a été retiré de votre compte Inclusion Connect",
    what: "Une application de codes ou une clé d’accès, ou toutes, viennent d’être retirées de votre compte Inclusion \
           Connect\u{a0}: elles ne servent plus à y entrer.",
    expected: "Si c’était la dernière, ajoutez-en une autre\u{a0}: sans elle, votre mot de passe suffit. Votre compte\u{a0}:",
    unexpected: "Changez tout de suite de mot de passe, ajoutez un moyen à vous, fermez les sessions que vous ne \
                 reconnaissez pas",
};

pub(super) const BACKUP_CODES_RENEWED: Notice = Notice {
    subject: "Les codes de secours de votre compte Inclusion Connect ont été remplacés",
    what: "De nouveaux codes de secours viennent d’être créés pour votre compte Inclusion Connect. Ceux que vous aviez \
           notés ne servent plus.",
    expected: "Gardez les nouveaux, jetez les autres. Votre compte\u{a0}:",
    unexpected: "Remplacez-les à votre tour, changez tout de suite de mot de passe, fermez les sessions que vous ne \
                 reconnaissez pas",
};

pub(super) const NAMES_CHANGED: Notice = Notice {
    subject: "Le nom de votre compte Inclusion Connect a changé",
    what: "Votre prénom ou votre nom vient de changer dans votre compte Inclusion Connect. Les services que vous utilisez \
           le verront à votre prochaine connexion.",
    expected: "Vous n’avez rien à faire. Votre compte\u{a0}:",
    unexpected: "Corrigez-le, changez tout de suite de mot de passe, fermez les sessions que vous ne reconnaissez pas",
};

#[derive(Template)]
#[template(path = "connect/emails/notice.txt", escape = "none")]
struct NoticeText<'a> {
    notice: Notice,
    home: String,
    support_email: &'a str,
}

/// To the holder of an account, as long as it is open.
pub(super) async fn of(
    connect: &Connect,
    account_id: Uuid,
    notice: Notice,
    support_email: &str,
) -> Result<Option<Letter>, Error> {
    let text = NoticeText { notice, home: connect.config().endpoint("/"), support_email };
    to_holder(connect, account_id, notice.subject, &text).await
}
