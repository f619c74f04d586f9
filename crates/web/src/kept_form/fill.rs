//! Puts what was typed back in the form of a page: text, choices, boxes. Hidden fields stay those of the page, files and
//! passwords are asked again. Reads the markup that our own templates write: attributes between double quotes.

/// The page, its form sent to `action` filled with these fields; `page` is the address of a form that says none. None when
/// the page has no such form any more.
pub fn filled(html: &str, page: &str, action: &str, fields: &[(String, String)]) -> Option<String> {
    let filled = String::with_capacity(html.len());
    let mut filling = Filling { fields, in_form: false, found: false, list: None, filled };
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        filling.filled.push_str(&rest[..start]);
        let Some(tag) = Tag::at(&rest[start..]) else {
            filling.filled.push('<');
            rest = &rest[start + 1..];
            continue;
        };
        rest = &rest[start + tag.text.len()..];
        if tag.name == "form" && !tag.closes {
            let target = tag.get("action").unwrap_or(page);
            filling.in_form = tag.is("method", "post") && path(target) == path(action);
            filling.found |= filling.in_form;
        }
        rest = filling.take(&tag, rest);
    }
    filling.filled.push_str(rest);
    filling.found.then_some(filling.filled)
}

fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// A page being filled.
struct Filling<'f> {
    fields: &'f [(String, String)],
    in_form: bool,
    found: bool,
    /// The list whose options are being read.
    list: Option<String>,
    filled: String,
}

impl Filling<'_> {
    /// Writes a tag, and what it holds when it is replaced; gives what comes after.
    fn take<'h>(&mut self, tag: &Tag<'h>, rest: &'h str) -> &'h str {
        match tag.name {
            "form" if tag.closes => self.in_form = false,
            "select" if tag.closes => self.list = None,
            "select" if self.in_form => self.list = tag.get("name").map(ToOwned::to_owned),
            "option" if self.list.is_some() && !tag.closes => {
                let list = self.list.clone().unwrap_or_default();
                return self.choice(tag, &list, "selected", rest);
            }
            "textarea" if self.in_form && !tag.closes => return self.text(tag, rest),
            "input" if self.in_form && tag.get("readonly").is_none() => return self.input(tag, rest),
            _ => {}
        }
        self.filled.push_str(tag.text);
        rest
    }

    fn input<'h>(&mut self, tag: &Tag<'h>, rest: &'h str) -> &'h str {
        let name = tag.get("name").unwrap_or_default();
        match tag.get("type").unwrap_or("text") {
            "checkbox" | "radio" => return self.choice(tag, name, "checked", rest),
            "hidden" | "file" | "password" | "submit" | "button" | "image" | "reset" => {
                self.filled.push_str(tag.text);
            }
            _ => match self.value(name) {
                Some(value) => self.filled.push_str(&tag.with("value", Some(&format!("value=\"{value}\"")))),
                None => self.filled.push_str(tag.text),
            },
        }
        rest
    }

    /// A box, a radio button or an option: chosen if it was.
    fn choice<'h>(&mut self, tag: &Tag<'h>, name: &str, chosen: &str, rest: &'h str) -> &'h str {
        let value = tag.get("value").unwrap_or("on");
        let was = self.fields.iter().any(|(field, typed)| field == name && escaped(typed) == value);
        self.filled.push_str(&tag.with(chosen, was.then_some(chosen)));
        rest
    }

    fn text<'h>(&mut self, tag: &Tag<'h>, rest: &'h str) -> &'h str {
        self.filled.push_str(tag.text);
        let Some(value) = self.value(tag.get("name").unwrap_or_default()) else { return rest };
        self.filled.push('\n');
        self.filled.push_str(&value);
        rest.find("</textarea").map_or(rest, |end| &rest[end..])
    }

    /// What was typed under a name, as markup.
    fn value(&self, name: &str) -> Option<String> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, typed)| escaped(typed))
    }
}

/// A tag, as it is written.
struct Tag<'h> {
    text: &'h str,
    name: &'h str,
    closes: bool,
}

impl<'h> Tag<'h> {
    /// The tag `html` begins with.
    fn at(html: &'h str) -> Option<Self> {
        let mut quoted = false;
        let end = html.find(|letter| {
            quoted ^= letter == '"';
            letter == '>' && !quoted
        })?;
        let inside = html.get(1..end)?;
        let opened = inside.strip_prefix('/');
        let name = opened.unwrap_or(inside).split(char::is_whitespace).next()?;
        let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric());
        is_name.then(|| Self { text: &html[..=end], name, closes: opened.is_some() })
    }

    /// Its attributes: each as it is written, its name, its value.
    fn attributes(&self) -> impl Iterator<Item = (&'h str, &'h str, &'h str)> + use<'h> {
        let inside = self.text.trim_start_matches('<').trim_end_matches('>');
        let mut quoted = false;
        let parts = inside.split(move |letter: char| {
            quoted ^= letter == '"';
            letter.is_whitespace() && !quoted
        });
        parts.skip(1).filter(|part| !part.is_empty()).map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (part, name, value.trim_matches('"'))
        })
    }

    fn get(&self, name: &str) -> Option<&'h str> {
        self.attributes().find(|(_, known, _)| *known == name).map(|(.., value)| value)
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|known| known.eq_ignore_ascii_case(value))
    }

    /// The same with this attribute, or without it.
    fn with(&self, name: &str, attribute: Option<&str>) -> String {
        let others = self.attributes().filter(|(_, known, _)| *known != name).map(|(written, ..)| written);
        let parts: Vec<&str> = std::iter::once(self.name).chain(others).chain(attribute).collect();
        format!("<{}>", parts.join(" "))
    }
}

/// As templates write it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("&#34;"),
            '&' => escaped.push_str("&#38;"),
            '\'' => escaped.push_str("&#39;"),
            '<' => escaped.push_str("&#60;"),
            '>' => escaped.push_str("&#62;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(html: &str, fields: &[(&str, &str)]) -> Option<String> {
        let fields: Vec<_> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        filled(html, "/here?a=1", "/here", &fields)
    }

    #[test]
    fn each_kind_of_field_takes_back_what_was_typed() {
        for (before, after) in [
            (
                r#"<input type="text" name="a" value="old &gt; new" id="a">"#,
                r#"<input type="text" name="a" id="a" value="l’&#60;b&#62; &#34;x&#34;">"#,
            ),
            (r#"<input name="absent" value="kept">"#, r#"<input name="absent" value="kept">"#),
            (
                r#"<input type="checkbox" name="box" value="one">"#,
                r#"<input type="checkbox" name="box" value="one" checked>"#,
            ),
            (
                r#"<input type="radio" name="box" value="two" checked>"#,
                r#"<input type="radio" name="box" value="two">"#,
            ),
            ("<textarea name=\"t\">\nold</textarea>", "<textarea name=\"t\">\nfirst\r\nsecond</textarea>"),
            (
                r#"<select name="s"><option value="">—</option><option value="2">Two</option></select>"#,
                r#"<select name="s"><option value="">—</option><option value="2" selected>Two</option></select>"#,
            ),
            (
                r#"<input type="hidden" name="a" value="fresh">"#,
                r#"<input type="hidden" name="a" value="fresh">"#,
            ),
            (r#"<input type="password" name="a">"#, r#"<input type="password" name="a">"#),
            (
                r#"<input type="email" name="a" value="x" readonly>"#,
                r#"<input type="email" name="a" value="x" readonly>"#,
            ),
        ] {
            let fields = [("a", "l’<b> \"x\""), ("box", "one"), ("t", "first\r\nsecond"), ("s", "2")];
            let page =
                |field: &str| format!("<h1>1 < 2</h1><form method=\"post\">{field}</form><input name=\"a\">");
            assert_eq!(fill(&page(before), &fields), Some(page(after)));
        }
    }

    #[test]
    fn only_the_form_that_was_sent_is_filled() {
        for form in [
            r#"<form method="post" action="/elsewhere"><input name="a"></form>"#,
            r#"<form method="get"><input name="a"></form>"#,
            r#"<input name="a"><!-- <input name="a"> -->"#,
        ] {
            let page = format!(r#"{form}<form method="post" action="/here"><input name="b"></form>"#);
            assert_eq!(fill(&page, &[("a", "typed")]), Some(page));
            assert_eq!(fill(form, &[("a", "typed")]), None, "a page that does not have it");
        }
        let sent = r#"<form action="/here?x" method="post"><input name="a"></form>"#;
        let filled = fill(sent, &[("a", "typed")]);
        assert!(filled.is_some_and(|page| page.contains(r#"value="typed""#)));
    }
}
