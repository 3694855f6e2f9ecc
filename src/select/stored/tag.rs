//! Whether two tags, or two comments, are the same to HTML however they are written (rule C41).

use std::borrow::Cow;

use crate::html::{Attribute, Class, Fragment, Kind, Name, Token, canonical_name, line_feeds};
use crate::select::marks::hidden_in;
use crate::select::{MARK, common_prefix};

/// Where two tokens part: in the stored body and in the marked one, in bytes.
pub(super) type Difference = (usize, usize);

/// A token of the stored body, or one of the marked body, with its fragment.
#[derive(Clone, Copy)]
pub(super) struct Place<'f, 's> {
    pub(super) fragment: &'f Fragment<'s>,
    pub(super) token: &'f Token,
}

impl<'s> Place<'_, 's> {
    /// Whether it is known what of the body is HTML, and what SVG or MathML.
    fn has_known_namespaces(&self) -> bool {
        !self.fragment.is_uncertain()
    }

    fn text(&self) -> &'s str {
        self.fragment.text(self.token)
    }

    fn comment(&self) -> Cow<'s, str> {
        self.fragment.comment_text(self.token)
    }

    fn attributes(&self) -> impl Iterator<Item = Attribute> {
        self.fragment.attributes(self.token)
    }

    fn name_of(&self, attribute: &Attribute) -> &'s str {
        &self.fragment.source()[attribute.name.clone()]
    }
}

/// Compares two tokens that are no text. `redact` attributes of the marked one are looked through.
pub(super) fn compare(stored: Place<'_, '_>, marked: Place<'_, '_>) -> Result<(), Difference> {
    let starts = (stored.token.start(), marked.token.start());
    if is_line_break(stored, marked) {
        return Ok(());
    }
    if stored.token.kind() != marked.token.kind() || stored.token.is_foreign() != marked.token.is_foreign() {
        return Err(starts);
    }
    let is_tag = stored.token.is_tag();
    if stored.text() == marked.text() && !(is_tag && marked.token.has_watched_attribute()) {
        return Ok(());
    }
    match stored.token.kind() {
        Kind::StartTag | Kind::EndTag if !same_tag_name(stored, marked) => Err(starts),
        // Neither attributes nor a slash mean anything there, unless somebody wrote marks into them.
        Kind::EndTag => match hidden_in(marked.fragment.source().as_bytes(), starts.1 + 1..marked.token.end()) {
            Some(mark) => Err((close(stored), mark)),
            None => Ok(()),
        },
        Kind::StartTag => {
            compare_attributes(stored, marked)?;
            compare_slashes(stored, marked)
        }
        Kind::Comment if stored.comment() == marked.comment() => Ok(()),
        _ => {
            let common = common_prefix(stored.text(), marked.text());
            Err((starts.0 + common, starts.1 + common))
        }
    }
}

/// Whether the stored tag is a `</br>`, which is read as `<br>` (13.2.6.4.7), and the marked one is that.
fn is_line_break(stored: Place<'_, '_>, marked: Place<'_, '_>) -> bool {
    let is_bare = !marked.token.is_foreign() && !marked.token.has_attributes();
    stored.token.closes(Name::Br) && stored.has_known_namespaces() && marked.token.opens(Name::Br) && is_bare
}

/// Whether two tags have the same name. A tree builder makes an `img` of an `image` in HTML (13.2.6.4.7).
fn same_tag_name(stored: Place<'_, '_>, marked: Place<'_, '_>) -> bool {
    let is_image = || stored.token.opens(Name::Image) && marked.token.opens(Name::Img) && !stored.token.is_foreign();
    (stored.has_known_namespaces() && is_image())
        || same_name(stored.fragment.raw_name(stored.token), marked.fragment.raw_name(marked.token))
}

/// Attributes stand in the same order; of the stored ones, those that repeat a name may be missing.
fn compare_attributes(stored: Place<'_, '_>, marked: Place<'_, '_>) -> Result<(), Difference> {
    let mut theirs = marked.attributes().filter(|attribute| !marked.name_of(attribute).eq_ignore_ascii_case(MARK));
    let mut next = theirs.next();
    let mut repeats = None;
    for (index, ours) in stored.attributes().enumerate() {
        let same = |theirs: &Attribute| {
            same_name(stored.name_of(&ours), marked.name_of(theirs))
                && same_value(stored.fragment.source(), &ours, marked.fragment.source(), theirs)
        };
        if next.as_ref().is_some_and(same) {
            next = theirs.next();
            continue;
        }
        let repeats = repeats.get_or_insert_with(|| repeated(stored));
        if repeats.binary_search(&index).is_err() {
            return Err((ours.name.start, next.map_or(close(marked), |theirs| theirs.name.start)));
        }
    }
    match next {
        None => Ok(()),
        Some(theirs) => Err((close(stored), theirs.name.start)),
    }
}

/// Where the `>` of a tag stands.
fn close(place: Place<'_, '_>) -> usize {
    place.token.end() - 1
}

/// The attributes of a tag that repeat the name of an earlier one, by their index, in order.
fn repeated(place: Place<'_, '_>) -> Vec<usize> {
    let mut names: Vec<(Cow<'_, str>, usize)> = place
        .attributes()
        .enumerate()
        .map(|(index, attribute)| (canonical_name(place.name_of(&attribute)), index))
        .collect();
    names.sort_unstable();
    let mut repeats: Vec<usize> = Vec::new();
    for pair in names.windows(2) {
        if let [(first, _), (second, index)] = pair
            && first == second
        {
            repeats.push(*index);
        }
    }
    repeats.sort_unstable();
    repeats
}

/// The slash of `<br/>` or `<o:p/>` means nothing to HTML. In SVG and MathML it ends the element; there the marked body
/// may write the end tag instead, which is for the caller to see to.
fn compare_slashes(stored: Place<'_, '_>, marked: Place<'_, '_>) -> Result<(), Difference> {
    let (ours, theirs) = (stored.token, marked.token);
    let means_nothing = !ours.is_foreign() && (ours.name().is(Class::VOID) || stored.has_known_namespaces());
    let is_spelled_out = || stored.has_known_namespaces() && is_spelled_out(ours, theirs);
    if ours.is_self_closing() == theirs.is_self_closing() || means_nothing || is_spelled_out() {
        return Ok(());
    }
    Err((close(stored), close(marked)))
}

/// Whether the stored tag ends its element by a slash and the marked one does not.
pub(super) fn is_spelled_out(stored: &Token, marked: &Token) -> bool {
    stored.is_foreign() && stored.kind() == Kind::StartTag && stored.is_self_closing() && !marked.is_self_closing()
}

/// Whether two names of tags or attributes are the same: in any case, a NUL read as U+FFFD (13.2.5.8, 13.2.5.33).
pub(super) fn same_name(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
        || (has_nul(left) || has_nul(right)) && canonical_name(left) == canonical_name(right)
}

fn has_nul(text: &str) -> bool {
    text.as_bytes().contains(&0)
}

/// Whether a browser writes the value of `ours` as that of `theirs`.
fn same_value(stored: &str, ours: &Attribute, marked: &str, theirs: &Attribute) -> bool {
    stored[ours.value.clone()] == marked[theirs.value.clone()]
        || is_written_as(&ours.decoded_value(stored), &theirs.decoded_value(marked))
}

/// Whether a browser that writes the stored text makes the marked one of it. It writes a carriage return, which only a
/// reference can stand for, as it is, and that is read as a line end.
pub(super) fn is_written_as(stored: &str, marked: &str) -> bool {
    stored == marked || line_feeds(stored) == marked
}
