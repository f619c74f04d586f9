//! What people type in a line or a box: names, addresses, messages.

use iae_domain::text::{AddressLine, Email, Message, Name, PhoneNumber, folded, full_name, shortened, typed};

use crate::{is_one_clean_line, text};

/// What is read holds nothing hidden, is no longer than its field, and reads back as it is.
pub fn names(bytes: &[u8]) {
    let text = text(bytes);
    let once = typed(&text);
    assert_eq!(typed(&once), once);
    assert!(!once.chars().any(|c| c.is_control() && !"\n\t".contains(c)), "{once:?}");
    assert_eq!(folded(&folded(&text)), folded(&text));
    let short = shortened(&text, 100);
    assert!(short.chars().count() <= 100 && shortened(&short, 100) == short);
    name(&text);
    if let Ok(line) = AddressLine::parse(&text) {
        let line = line.as_str();
        assert!(is_one_clean_line(line) && line.chars().count() <= 200, "{line:?}");
        assert_eq!(AddressLine::parse(line).as_ref().map(AddressLine::as_str), Ok(line));
    }
    message::<5000>(&text);
    message::<40>(&text);
    if let Ok(email) = Email::parse(&text) {
        let address = email.as_str();
        assert!(address.is_ascii() && address.len() <= 254 && is_one_clean_line(address), "{address:?}");
        assert_eq!(address.matches('@').count(), 1);
        assert!(address.parse::<lettre::Address>().is_ok(), "the mailer refuses {address}");
        assert!(!email.redacted().contains(' '));
        assert_eq!(Email::parse(address), Ok(email));
    }
    if let Ok(phone) = PhoneNumber::parse(&text) {
        let number = phone.as_str();
        assert!((9..=16).contains(&number.len()), "{number}");
        assert!(number.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit()), "{number}");
        assert_eq!(PhoneNumber::parse(number), Ok(phone));
    }
}

/// A name goes into subjects and sentences: it holds no line end, no markup, nothing of an address.
fn name(text: &str) {
    let Ok(name) = Name::parse(text) else { return };
    let name = name.as_str();
    assert!(is_one_clean_line(name) && name.chars().count() <= 100, "{name:?}");
    assert!(!name.contains(['<', '>', '@', '/', ':', '&', '"', '=', ';', '\t']) && !name.contains("  "));
    assert!(!name.chars().any(char::is_numeric) || name.chars().any(char::is_alphabetic), "{name:?}");
    assert_eq!(Name::parse(name).as_ref().map(Name::as_str), Ok(name));
    assert!(!full_name(name, name).contains('\n'));
}

/// A message leaves what stands around it in sight: no more than one blank line in a row.
fn message<const MOST: usize>(text: &str) {
    let Ok(message) = Message::<MOST>::parse(text) else { return };
    let read = message.as_str();
    assert!(!read.is_empty() && read.chars().count() <= MOST && read == read.trim() && read == typed(read));
    assert!(!read.contains("\n\n\n") && !read.contains('\r'), "{read:?}");
    assert_eq!(Message::<MOST>::parse(read).as_ref(), Ok(&message));
}
