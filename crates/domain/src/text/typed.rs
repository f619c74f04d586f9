//! A text as it comes in from outside, before anything is read of it.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// What someone typed, or pasted, or a file or a provider gave, as it is read everywhere: without characters nobody sees
/// (they come along from a phone or a web page, and make two of one name), composed (NFC), each line end counted once.
pub fn typed(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || !is_line_end(c) && !is_invisible(c)) && is_nfc(text) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n");
    let seen = |c: char| if is_line_end(c) { Some('\n') } else { (!is_invisible(c)).then_some(c) };
    Cow::Owned(lines.chars().filter_map(seen).nfc().collect())
}

/// What ends a line, Unicode's own separators included.
const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What shows nothing and takes no room: controls, soft hyphens, joiners, directions, marks of order, fillers
/// (Unicode, `Default_Ignorable_Code_Point`). Spaces are not: they part words.
fn is_invisible(c: char) -> bool {
    match c {
        '\t' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_nobody_sees_is_dropped_and_the_rest_composed() {
        for (came, read) in [
            ("\u{202a}06 12 34 56 78\u{202c}", "06 12 34 56 78"),
            ("57000\u{200b}", "57000"),
            ("\u{feff}amel@poste.example\u{200b}", "amel@poste.example"),
            ("Guil\u{ad}laume", "Guillaume"),
            ("\u{2066}Metz\u{2069}", "Metz"),
            ("He\u{301}le\u{300}ne", "Hélène"),
            ("He\u{200b}\u{301}le\u{300}ne", "Hélène"),
            ("Ame\u{7}l\u{1b}", "Amel"),
            ("un\u{a0}mot\tet\u{202f}deux", "un\u{a0}mot\tet\u{202f}deux"),
            ("Bonjour,\r\n\r\nvoici\rAmel\u{2028}.\u{85}", "Bonjour,\n\nvoici\nAmel\n.\n"),
            ("Ça va\nbien", "Ça va\nbien"),
        ] {
            assert_eq!(typed(came), read, "{came:?}");
        }
        assert!(matches!(typed("Ça va\nbien"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn what_is_read_once_is_read_alike_again(text in proptest::collection::vec(any::<char>(), 0..40)) {
            let text: String = text.into_iter().collect();
            let once = typed(&text).into_owned();
            prop_assert_eq!(typed(&once), once.as_str());
        }
    }
}
