//! What was typed, within a pattern of `LIKE`.

/// The text itself: none of its signs stands for another.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_stands_for_another() {
        for (text, pattern) in [("metz", "metz"), ("%", r"\%"), ("a_b", r"a\_b"), (r"\", r"\\")] {
            assert_eq!(escaped(text), pattern);
        }
    }
}
