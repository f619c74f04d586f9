//! Who a letter tells to talk to.

use crate::layout::{Layout, Target};

/// Someone to talk to.
pub struct Contact {
    /// Their name, and their phone if it is known.
    pub name: String,
    /// Their address of e-mail.
    pub email: Option<String>,
}

impl Layout {
    /// Says how someone is reached, if that is known; their e-mail is a link.
    pub(crate) fn contact(&mut self, contact: Option<&Contact>) {
        let Some(Contact { name, email }) = contact else { return };
        self.paragraph(&format!("Pour en parler\u{a0}: {name}"));
        if let Some(email) = email {
            let says = format!("Écrire à {name}");
            self.link(email, &Target { uri: format!("mailto:{email}"), says });
        }
    }
}
