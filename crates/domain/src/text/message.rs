//! What someone writes to somebody else, or notes about them.

use std::fmt;

use super::typed;

/// Longest message people send each other, in characters, a line end counted once.
pub const MESSAGE_MAX_CHARS: usize = 5000;

/// A text of one or more lines, of `MOST` characters at most, that says something. It holds no control and no mark of
/// direction, and no more than one blank line in a row: what stands around it on a page or in a mail stays in sight.
#[derive(Clone, PartialEq, Eq)]
pub struct Message<const MOST: usize = MESSAGE_MAX_CHARS>(String);

/// The text is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefused {
    /// Nothing is left of it.
    #[error("the message is blank")]
    Blank,
    /// More characters than it may have.
    #[error("the message has {0} characters")]
    TooLong(usize),
}

impl<const MOST: usize> Message<MOST> {
    /// Reads a message as it is typed: spaces around are dropped.
    pub fn parse(text: &str) -> Result<Self, MessageRefused> {
        let text = typed(text);
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 {
            return Err(MessageRefused::Blank);
        }
        if length > MOST {
            return Err(MessageRefused::TooLong(length));
        }
        Ok(Self(close(text)))
    }

    /// The message.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One blank line at most between two paragraphs.
fn close(text: &str) -> String {
    let mut close = String::with_capacity(text.len());
    let mut blanks = 0;
    for line in text.split('\n').map(str::trim_end) {
        blanks = if line.is_empty() { blanks + 1 } else { 0 };
        if blanks > 1 {
            continue;
        }
        if !close.is_empty() {
            close.push('\n');
        }
        close.push_str(line);
    }
    close
}

impl<const MOST: usize> fmt::Debug for Message<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Message(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_stay_and_what_pushes_the_rest_out_of_sight_goes() {
        for (came, kept) in [
            (" Bonjour,\r\n\r\nvoici Amel.  \n", "Bonjour,\n\nvoici Amel."),
            ("Bonjour\n\n\n\n\n\n\n\nVotre compte", "Bonjour\n\nVotre compte"),
            ("Lu \u{202e}à l’envers", "Lu à l’envers"),
            ("- un\n- deux", "- un\n- deux"),
        ] {
            assert_eq!(Message::<100>::parse(came).map(|message| message.0).as_deref(), Ok(kept), "{came}");
        }
        assert_eq!(Message::<5>::parse(" \u{200b}\n"), Err(MessageRefused::Blank));
        assert_eq!(Message::<5>::parse("é\r\né\r\né"), Message::parse("é\né\né"));
        assert_eq!(Message::<5>::parse("éééééé"), Err(MessageRefused::TooLong(6)));
    }

    proptest! {
        #[test]
        fn what_is_read_once_is_read_alike_again(text in "[a \n\r\u{202e}é]{0,40}") {
            if let Ok(once) = Message::<40>::parse(&text) {
                prop_assert_eq!(Message::<40>::parse(once.as_str()), Ok(once));
            }
        }
    }
}
