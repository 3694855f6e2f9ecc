//! Strings and card numbers are found in any formatting, and nothing else is touched (rules C70, C72).
//!
//! A body is made of pieces, of which the law knows what people see of each. The twin searches in what they see.

use std::ops::Range;

use blackbar::html::{Kind, tokenize};
use blackbar::{ClusterEdge, Detector, Error, Patterns, Policy, Redaction, Redactor};

use super::choices::Choices;
use super::html::redaction_law;

/// What people see of a piece.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Char(char),
    /// White space.
    Space,
    /// The end of a line or block.
    Break,
    /// A soft hyphen or a character without width.
    Invisible,
    /// A tag or comment that does not end a run.
    Tag,
}

/// A body, or a message, in pieces.
#[derive(Default)]
struct Pieces {
    source: String,
    pieces: Vec<(Range<usize>, Seen)>,
}

impl Pieces {
    fn push(&mut self, spelling: &str, seen: Seen) {
        let start = self.source.len();
        self.source.push_str(spelling);
        self.pieces.push((start..self.source.len(), seen));
    }
}

/// Strings are found wherever the twin finds them, in a body or a message drawn from `bytes`.
pub fn strings_law(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let flags = choices.byte();
    let html = flags & 1 == 0;
    let policy =
        Policy::default().cluster_edge(ClusterEdge::Exact).ignore_case(flags & 2 == 2).whole_words(flags & 4 == 4);
    let drawn = 1 + usize::from(flags >> 4) % 3;
    let draws: Vec<(usize, usize, usize)> =
        (0..drawn).map(|_| (choices.below(256), 1 + choices.below(6), choices.below(256))).collect();
    let mut body = Pieces::default();
    while !choices.is_empty() && body.pieces.len() < 256 {
        any_piece(&mut body, &mut choices, html);
    }
    let atoms = atoms(&body.pieces);
    let needles: Vec<String> = draws.iter().filter_map(|draw| needle(&atoms, *draw)).collect();
    if needles.is_empty() {
        return;
    }
    let expected = twin(&atoms, &needles, &policy);
    let redactor = Redactor::new(policy).expect("the policy is good");
    let outcome = match html {
        true => redactor.html_strings(&body.source, &needles),
        false => redactor.text_strings(&body.source, &needles),
    };
    match outcome {
        Ok(redaction) => {
            assert!(expected.iter().any(|hit| !hit.is_empty()), "a hit that the twin has not");
            covers_law(&body, &redaction, &expected);
            if html {
                redaction_law(&body.source, &redaction, policy);
            }
        }
        Err(Error::NoMatch) => assert!(expected.is_empty(), "no hit, but the twin has one"),
        Err(error) => panic!("{error}"),
    }
}

/// Attributes that say something, and two that nobody knows.
const TELLING: [&str; 9] = ["a", "alt", "content", "data", "href", "src", "title", "value", "x"];

/// Where the policy redacts tags with hits, no attribute of the result that says something holds the string, and no
/// text: also none that the removal of a tag joins.
pub fn tags_with_hits_law(stored: &str, string: &str) {
    let policy = Policy::default().redact_tags_with_hits(true);
    let redactor = Redactor::new(policy).expect("the policy is good");
    let Ok(redaction) = redactor.html_strings(stored, &[string]) else { return };
    redaction_law(stored, &redaction, policy);
    assert_eq!(redactor.html_strings(redaction.text(), &[string]).err(), Some(Error::NoMatch), "it is left");
    let result = tokenize(redaction.text());
    for token in result.tokens().iter().filter(|token| token.kind() == Kind::StartTag) {
        for attribute in result.attributes(token) {
            if TELLING.contains(&&*attribute.canonical_name(redaction.text())) {
                assert!(!attribute.decoded_value(redaction.text()).contains(string), "an attribute keeps the string");
            }
        }
    }
}

/// A card number drawn apart by noise, tags and references is found, and its middle digits alone are masked.
pub fn card_law(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let html = choices.below(2) == 0;
    let number = choices.pick(&["4111111111111111", "5555555555554444", "378282246310005", "6011000990139424"]);
    let mut body = Pieces::default();
    body.push("ok", Seen::Char('k'));
    body.push(" ", Seen::Space);
    let mut digits = Vec::new();
    for (place, digit) in number.chars().enumerate() {
        for _ in 0..if place == 0 { 0 } else { choices.below(6) } {
            match choices.below(4) {
                0 => body.push(choices.pick(&[" ", "\u{a0}", "\u{2009}"]), Seen::Space),
                1 => body.push("-", Seen::Char('-')),
                2 => invisible(&mut body, &mut choices, html),
                _ => tag(&mut body, &mut choices, html),
            }
        }
        digits.push(body.pieces.len());
        character(&mut body, digit, &mut choices, html);
    }
    body.push(". ", Seen::Space);
    let expected: Vec<Range<usize>> = digits[6..digits.len() - 4].iter().map(|&piece| piece..piece + 1).collect();
    let policy = Policy::default().cluster_edge(ClusterEdge::Exact);
    let redactor = Redactor::new(policy).expect("the policy is good");
    let patterns = Patterns::new().detector(Detector::PaymentCard);
    let outcome = match html {
        true => redactor.html_patterns(&body.source, &patterns),
        false => redactor.text_patterns(&body.source, &patterns),
    };
    let redaction = outcome.unwrap_or_else(|error| panic!("{error}: {}", body.source));
    covers_law(&body, &redaction, &expected);
    assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("payment_card", 1)]);
    assert_eq!(redaction.report().clusters(), expected.len());
}

/// Every detector and all together, on any text, as a message and as a body: the laws of a redaction hold, masks
/// alone are written.
pub fn detectors_law(text: &str) {
    let redactor = Redactor::default();
    let rules = Detector::ALL.map(|detector| Patterns::new().detector(detector));
    for patterns in rules.iter().chain([&Patterns::all_detectors()]) {
        match redactor.html_patterns(text, patterns) {
            Ok(redaction) => redaction_law(text, &redaction, Policy::default()),
            Err(Error::NoMatch | Error::AmbiguousMarkup { .. } | Error::UnsafeRemoval { .. }) => {}
            Err(error) => panic!("{error}"),
        }
        match redactor.text_patterns(text, patterns) {
            Ok(redaction) => {
                let hits: usize = redaction.report().patterns().map(|(_, count)| count).sum();
                assert!(hits > 0 && !redaction.edits().is_empty());
                assert_eq!(redaction.edits().apply(text).as_deref(), Ok(redaction.text()));
                assert!(redaction.edits().iter().all(|edit| edit.replacement.chars().all(|c| c == '▇')));
            }
            Err(Error::NoMatch) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// Characters are masked if they are in a hit, tags never; what cannot be seen, only inside of a hit.
fn covers_law(body: &Pieces, redaction: &Redaction<'_>, hits: &[Range<usize>]) {
    let edits: Vec<Range<usize>> = redaction.edits().iter().map(|edit| edit.range).collect();
    for (index, (range, seen)) in body.pieces.iter().enumerate() {
        let in_hit = hits.iter().any(|hit| hit.contains(&index));
        let touched = edits.iter().any(|edit| edit.start < range.end && range.start < edit.end);
        let covered = edits.iter().any(|edit| edit.start <= range.start && range.end <= edit.end);
        match seen {
            Seen::Char(_) => assert_eq!((covered, touched), (in_hit, in_hit), "piece {index} of {}", body.source),
            Seen::Space | Seen::Invisible => assert!(in_hit || !touched, "piece {index} of {}", body.source),
            Seen::Break => assert!(in_hit || !touched, "piece {index} of {}", body.source),
            Seen::Tag => assert!(!touched, "piece {index} of {}", body.source),
        }
    }
}

fn any_piece(body: &mut Pieces, choices: &mut Choices<'_>, html: bool) {
    match choices.below(16) {
        0..=7 => {
            let c = choices.pick(&['a', 'b', 'A', 'B', '1', '4', 'é', 'É', 'ß', '-', '_', '&', '<', '>']);
            character(body, c, choices, html);
        }
        8 | 9 => {
            let space = choices.pick(&[" ", "\n", "\u{a0}", "  ", "\u{3000}", "&nbsp;", "&#32;"]);
            body.push(if html || !space.starts_with('&') { space } else { "\t" }, Seen::Space);
        }
        10 | 11 => invisible(body, choices, html),
        12 if html => body.push(choices.pick(&["<br>", "<hr>", "</div><div>", "</p><p class=x>"]), Seen::Break),
        _ => tag(body, choices, html),
    }
}

fn character(body: &mut Pieces, c: char, choices: &mut Choices<'_>, html: bool) {
    let decimal = format!("&#{};", u32::from(c));
    let named = match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        'é' => "&eacute;",
        _ => &decimal,
    };
    let plain = c.to_string();
    // A reference in full or none: what `&` alone begins is another promise.
    let spelling = match choices.below(4) {
        _ if !html => &plain,
        0 => named,
        1 => &format!("&#x{:X};", u32::from(c)),
        _ if c == '&' || c == '<' => named,
        _ => &plain,
    };
    body.push(spelling, Seen::Char(c));
}

fn invisible(body: &mut Pieces, choices: &mut Choices<'_>, html: bool) {
    let spelling = choices.pick(&["\u{ad}", "\u{200b}", "\u{2060}", "\u{feff}", "&shy;", "&#8203;", "&zwnj;"]);
    body.push(if html || !spelling.starts_with('&') { spelling } else { "\u{200d}" }, Seen::Invisible);
}

fn tag(body: &mut Pieces, choices: &mut Choices<'_>, html: bool) {
    if html {
        let tag =
            ["<b>", "</b>", "<i class='a4b'>", "</i>", "<span title=\"a &lt; b\">", "</span>", "<!--a-->", "<x-y>"];
        body.push(choices.pick(&tag), Seen::Tag);
    }
}

/// What people see, character by character: white space and breaks in a row are one space, and so are the ends. Each
/// with the pieces that it stands for, if any.
fn atoms(pieces: &[(Range<usize>, Seen)]) -> Vec<(char, Range<usize>)> {
    let mut atoms = vec![(' ', 0..0)];
    for (index, (_, seen)) in pieces.iter().enumerate() {
        match (seen, atoms.last_mut()) {
            (Seen::Char(c), _) => atoms.push((*c, index..index + 1)),
            (Seen::Space | Seen::Break, Some((' ', pieces))) => {
                pieces.start = if pieces.start == pieces.end { index } else { pieces.start };
                pieces.end = index + 1;
            }
            (Seen::Space | Seen::Break, _) => atoms.push((' ', index..index + 1)),
            (Seen::Invisible | Seen::Tag, _) => {}
        }
    }
    if atoms.last().is_some_and(|(c, _)| *c != ' ') {
        atoms.push((' ', pieces.len()..pieces.len()));
    }
    atoms
}

/// A string to search for: a part of what people see, spelled in one way or another.
fn needle(atoms: &[(char, Range<usize>)], (at, len, spelling): (usize, usize, usize)) -> Option<String> {
    let at = at % atoms.len();
    let part = atoms.get(at..(at + len).min(atoms.len()))?;
    let mut needle = String::new();
    for (c, _) in part {
        match (c, spelling % 8) {
            ('&', 1..4) => needle.push_str("&amp;"),
            ('<', 1..4) => needle.push_str("&lt;"),
            ('>', 1..4) => needle.push_str("&gt;"),
            (' ', 1) => needle.push_str("&nbsp;"),
            (' ', 2) => needle.push('\u{a0}'),
            (' ', 3) => needle.push_str("\n\t"),
            (c, 4) => needle.extend([*c, '\u{ad}']),
            (c, 5) => needle.extend(c.to_uppercase()),
            (c, _) => needle.push(*c),
        }
    }
    let seen = needle.replace("&nbsp;", " ").replace('\u{ad}', "");
    (!seen.trim().is_empty()).then_some(needle)
}

/// The slow, obvious search: each string in both spellings at each place. Gives the pieces of each hit, those that
/// overlap or touch as one.
fn twin(atoms: &[(char, Range<usize>)], needles: &[String], policy: &Policy) -> Vec<Range<usize>> {
    let ignore_case = *policy == policy.ignore_case(true);
    let whole_words = *policy == policy.whole_words(true);
    let fold = |c: char| if ignore_case && c != 'ß' { c.to_lowercase().next().unwrap_or(c) } else { c };
    let mut in_hit = vec![false; atoms.len()];
    for needle in needles {
        let decoded = needle.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
        for spelling in [needle, &decoded] {
            let mut wanted: Vec<char> = Vec::new();
            for c in spelling.chars().filter(|c| *c != '\u{ad}') {
                match c {
                    _ if c.is_whitespace() && wanted.last() == Some(&' ') => {}
                    _ if c.is_whitespace() => wanted.push(' '),
                    _ => wanted.push(fold(c)),
                }
            }
            for start in 0..atoms.len() {
                let end = start + wanted.len();
                let Some(part) = atoms.get(start..end) else { break };
                let is_word = |at: usize| atoms.get(at).is_some_and(|(c, _)| c.is_alphanumeric() || *c == '_');
                let cut = start > 0 && is_word(start - 1) && is_word(start) || is_word(end - 1) && is_word(end);
                let equal = part.iter().map(|(c, _)| fold(*c)).eq(wanted.iter().copied());
                if equal && !(whole_words && cut) {
                    in_hit[start..end].fill(true);
                }
            }
        }
    }
    let mut hits = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let len = in_hit[at..].iter().take_while(|hit| **hit).count();
        let pieces: Vec<&Range<usize>> =
            atoms[at..at + len].iter().map(|(_, pieces)| pieces).filter(|p| !p.is_empty()).collect();
        if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
            hits.push(first.start..last.end);
        }
        at += len.max(1);
    }
    hits
}
