//! What comments and doctypes say (WHATWG 13.2.5.41–68).

use std::borrow::Cow;

use super::text::line_feeds;

/// What a doctype says.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Doctype<'s> {
    /// Its name in lower case.
    pub name: Option<Cow<'s, str>>,
    /// Its public identifier.
    pub public_id: Option<Cow<'s, str>>,
    /// Its system identifier.
    pub system_id: Option<Cow<'s, str>>,
    /// Whether it is so ill-formed that a document would be read in quirks mode.
    pub force_quirks: bool,
}

impl std::fmt::Debug for Doctype<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Doctype").field("force_quirks", &self.force_quirks).finish_non_exhaustive()
    }
}

/// The data of the comment or bogus comment that `raw` is.
pub(super) fn comment_text(raw: &str) -> Cow<'_, str> {
    decoded(match raw.strip_prefix("<!--") {
        Some(content) => comment_content(content),
        None => {
            let opening = if raw.starts_with("<?") { 1 } else { 2 };
            let content = raw.get(opening..).unwrap_or_default();
            content.strip_suffix('>').unwrap_or(content)
        }
    })
}

/// Takes off the end of a comment. One that the input cuts off may have come as far as a part of it.
fn comment_content(content: &str) -> &str {
    if matches!(content, ">" | "->") {
        return "";
    }
    let ends = ["-->", "--!>", "--!", "--", "-"];
    ends.iter().find_map(|end| content.strip_suffix(end)).unwrap_or(content)
}

/// Reads the doctype that `raw` is.
pub(super) fn doctype(raw: &str) -> Doctype<'_> {
    let mut doctype = Doctype { name: None, public_id: None, system_id: None, force_quirks: false };
    let content = raw.get("<!doctype".len()..).unwrap_or_default();
    let (content, cut_off) = match content.strip_suffix('>') {
        Some(content) => (content, false),
        None => (content, true),
    };
    doctype.force_quirks = read(content, cut_off, &mut doctype).is_none();
    doctype
}

/// Reads what stands between `<!doctype` and `>`; nothing if the standard sets the force-quirks flag.
fn read<'s>(content: &'s str, cut_off: bool, doctype: &mut Doctype<'s>) -> Option<()> {
    let content = content.trim_start_matches(is_space);
    if content.is_empty() {
        return None;
    }
    let (name, rest) = content.split_at(content.find(is_space).unwrap_or(content.len()));
    doctype.name = Some(super::fragment::canonical_name(name));
    let rest = rest.trim_start_matches(is_space);
    // What is cut off where a complete doctype could end sets the flag; what is cut off in its bogus end does not.
    let complete = (!cut_off).then_some(());
    if rest.is_empty() {
        return complete;
    }
    let keyword = rest.get(..6)?;
    let mut rest = &rest[6..];
    if keyword.eq_ignore_ascii_case("public") {
        rest = identifier(rest, &mut doctype.public_id)?;
        if rest.trim_start_matches(is_space).is_empty() {
            return complete;
        }
    } else if !keyword.eq_ignore_ascii_case("system") {
        return None;
    }
    let rest = identifier(rest, &mut doctype.system_id)?;
    if rest.trim_start_matches(is_space).is_empty() { complete } else { Some(()) }
}

/// Reads a quoted identifier and returns what follows; nothing if there is none or it is not closed.
fn identifier<'s>(text: &'s str, found: &mut Option<Cow<'s, str>>) -> Option<&'s str> {
    let text = text.trim_start_matches(is_space);
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let content = &text[1..];
    let end = content.find(quote);
    *found = Some(decoded(&content[..end.unwrap_or(content.len())]));
    end.map(|end| &content[end + 1..])
}

fn is_space(c: char) -> bool {
    u8::try_from(c).is_ok_and(super::attributes::is_space)
}

/// Line ends as line feeds, NUL as U+FFFD.
fn decoded(raw: &str) -> Cow<'_, str> {
    let read = line_feeds(raw);
    if read.contains('\0') { Cow::Owned(read.replace('\0', "\u{FFFD}")) } else { read }
}
