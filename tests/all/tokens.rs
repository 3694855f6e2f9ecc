//! The tokenizer reads HTML as a browser does (rules C10, C16).

use std::fmt::Write;

use blackbar::html::{Fragment, Options, Token, tokenize_with};
use proptest::prelude::*;

use crate::laws::tokens::{Seen, see, spans_law, tokens_law};
use crate::support::cases::cases;
use crate::support::soup;

#[test]
fn the_content_of_a_section_of_another_fragment_is_no_half_character() {
    let (section, accents) = ("<svg><![CDATA[&amp;x]]>", "a".to_owned() + &"é".repeat(20));
    let (fragment, other) = (tokenize_with(section, &Options::default()), tokenize_with(&accents, &Options::default()));
    let token = &fragment.tokens()[1];
    assert_eq!((&*fragment.decoded(token), &*other.decoded(token)), ("&amp;x", ""));
}

#[test]
fn tokens_are_as_the_cases_say() {
    for case in cases(include_str!("../data/tokens.txt")) {
        let options = Options::default().watch(case.find("watch").unwrap_or_default());
        let fragment = tokenize_with(&case.input, &options);
        case.expect("tokens", &listing(&fragment));
        spans_law(&fragment);
        tokens_law(&case.input);
    }
}

fn listing(fragment: &Fragment<'_>) -> String {
    let mut listing: String = fragment.tokens().iter().map(|token| line(fragment, token)).collect();
    if let Some(offset) = fragment.ambiguous() {
        writeln!(listing, "ambiguous {offset}").unwrap();
    }
    listing.pop();
    listing
}

/// A token as the data file writes it.
fn line(fragment: &Fragment<'_>, token: &Token) -> String {
    let mut line = format!("{:?} ", token.range());
    match see(fragment, token) {
        None => line.push_str("nothing"),
        Some(Seen::Text(text)) => write!(line, "text {text:?}").unwrap(),
        Some(Seen::Comment(text)) => write!(line, "comment {text:?}").unwrap(),
        Some(Seen::End { name }) => write!(line, "end {name}").unwrap(),
        Some(Seen::Start { name, attributes, self_closing }) => {
            write!(line, "start {name}").unwrap();
            attributes.iter().for_each(|(name, value)| write!(line, " {name}={value:?}").unwrap());
            line.push_str(if self_closing { " /" } else { "" });
        }
        Some(Seen::Doctype { name, public_id, system_id, force_quirks }) => {
            line.push_str("doctype");
            name.iter().for_each(|name| write!(line, " {name}").unwrap());
            public_id.iter().for_each(|id| write!(line, " public {id:?}").unwrap());
            system_id.iter().for_each(|id| write!(line, " system {id:?}").unwrap());
            line.push_str(if force_quirks { " quirks" } else { "" });
        }
    }
    let flags = [
        (token.is_foreign(), " foreign"),
        (token.is_watched(), " watched"),
        (token.has_watched_attribute(), " watched-attribute"),
        (token.has_near_attribute(), " near-attribute"),
        (token.has_hiding_attribute(), " hidden"),
    ];
    flags.iter().filter(|(is_set, _)| *is_set).for_each(|(_, name)| line.push_str(name));
    line + "\n"
}

proptest! {
    #![proptest_config(soup::cases(600))]

    #[test]
    fn tokens_of_soup_are_those_of_html5ever(source in soup::soup()) {
        tokens_law(&source);
    }

    #[test]
    fn tokens_of_raw_text_are_those_of_html5ever(source in soup::raw_text()) {
        tokens_law(&source);
    }

    #[test]
    fn tokens_of_foreign_content_are_those_of_html5ever(source in soup::foreign()) {
        tokens_law(&source);
    }

    #[test]
    fn comments_and_doctypes_are_those_of_html5ever(source in soup::declarations()) {
        tokens_law(&source);
    }

    #[test]
    fn attributes_are_those_of_html5ever(source in soup::attributes()) {
        tokens_law(&source);
    }

    #[test]
    fn tokens_of_another_fragment_are_asked_in_vain(source in soup::soup(), other in soup::declarations()) {
        let (fragment, other) = (tokenize_with(&source, &Options::default()), tokenize_with(&other, &Options::default()));
        for asked in [&fragment, &other] {
            fragment.tokens().iter().chain(other.tokens()).for_each(|token| ask_all(asked, token));
        }
    }
}

/// Asks all there is to ask of a token, whatever it is a token of; what comes back must come from the fragment.
fn ask_all(fragment: &Fragment<'_>, token: &Token) {
    let source = fragment.source();
    let doctype = fragment.doctype(token);
    let said = [doctype.name, doctype.public_id, doctype.system_id].into_iter().flatten();
    let texts = [fragment.comment_text(token), fragment.decoded(token), fragment.tag_name(token)];
    let texts = texts.into_iter().chain(said).map(|text| text.len());
    let attributes = fragment.attributes(token).take(100);
    let values = attributes.map(|attribute| {
        assert!(attribute.value.end <= source.len(), "{source:?}");
        attribute.canonical_name(source).len() + attribute.decoded_value("").len()
    });
    // A reference is at least as long as its characters, and a NUL is three bytes of them.
    assert!(texts.chain(values).all(|len| len <= 3 * source.len() + 16), "{source:?}");
    assert!(source.contains(fragment.text(token)) && source.contains(fragment.raw_name(token)), "{source:?}");
}
