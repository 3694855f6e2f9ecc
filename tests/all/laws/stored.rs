//! What holds between a stored body and a marked copy of it (rules C40, C41).

use blackbar::html::{Kind, TextKind, tokenize};
use blackbar::{EmbeddedInMarks, Error, Policy, Redactor};
use html5ever::serialize::{SerializeOpts, TraversalScope, serialize};
use markup5ever_rcdom::{Handle, NodeData, SerializableHandle};

use super::choices::Choices;
use super::html::redaction_law;
use super::nested::{Nested, with_marks, without_marks};
use super::parse::{children, parse_body};

fn policy() -> Policy {
    Policy::default().embedded_in_marks(EmbeddedInMarks::Remove)
}

/// What a browser makes of a correctly nested body is accepted,
/// and its marks do what they would do in the stored bytes.
pub fn reserialized_law(nested: &Nested) {
    let redactor = Redactor::new(policy()).expect("the policy is good");
    let stored = without_marks(&nested.body);
    let copied = with_marks(&nested.body);
    let written = with_marks(&reserialized(&nested.body));
    let direct = redactor.html_stored(&stored, &copied);
    let projected = redactor.html_stored(&stored, &written);
    match (&direct, &projected) {
        (Ok(direct), Ok(projected)) => {
            assert_eq!(direct.text(), projected.text(), "marks went elsewhere\n{stored}\n{written}");
            assert_eq!(direct.edits(), projected.edits());
            redaction_law(&stored, projected, policy());
        }
        (Err(direct), Err(projected)) => {
            assert!(!is_about_the_copy(*direct), "a copy of the stored bytes is refused: {direct:?}\n{copied}");
            assert_eq!(direct.code(), projected.code(), "{projected:?}\n{stored}\n{written}");
        }
        (direct, projected) => {
            panic!("{:?} {:?}\n{stored}\n{written}", direct.as_ref().err(), projected.as_ref().err())
        }
    }
    let unmarked = redactor.html_stored(&stored, &without_marks(&reserialized(&nested.body)));
    assert_eq!(unmarked.map(|_| ()).unwrap_err(), Error::NothingToRedact);
}

/// The tags of a document around a body, parts of tables and end tags of nothing may be left out of the copy.
/// The marks do what they would do in a copy that has them.
pub fn ignored_law(nested: &Nested) {
    let around = |body: &str| {
        format!("<!doctype html><html lang=x><head></head><body><tr><td class=x>{body}</td></body></section></html>")
    };
    let redactor = Redactor::new(policy()).expect("the policy is good");
    let stored = around(&without_marks(&nested.body));
    let direct = redactor.html_stored(&stored, &around(&with_marks(&nested.body)));
    let projected = redactor.html_stored(&stored, &with_marks(&reserialized(&nested.body)));
    match (direct, projected) {
        (Ok(direct), Ok(projected)) => assert_eq!(direct.text(), projected.text(), "marks went elsewhere\n{stored}"),
        (direct, projected) => {
            let code = |result: Result<_, Error>| result.err().map(|error| error.code());
            assert_eq!(code(direct), code(projected), "{stored}");
        }
    }
}

/// Whether an error says that a copy is not what it should be.
fn is_about_the_copy(error: Error) -> bool {
    matches!(
        error,
        Error::NotTheStoredBody { .. }
            | Error::StoredHasMarks { .. }
            | Error::HiddenMark { .. }
            | Error::UnclosedMark { .. }
            | Error::StrayMark { .. }
    )
}

/// Whatever is accepted is the stored body: a browser makes the same tree of both, marks apart.
///
/// `unmarked` is `marked` without its marks.
pub fn accepted_law(stored: &str, marked: &str, unmarked: &str) -> bool {
    let redactor = Redactor::new(policy()).expect("the policy is good");
    match redactor.html_stored(stored, marked) {
        Ok(redaction) => {
            redaction_law(stored, &redaction, policy());
            assert_eq!(outline(stored), outline(unmarked), "another body was accepted\n{stored:?}\n{marked:?}");
            true
        }
        Err(Error::NotTheStoredBody { stored_offset, marked_offset }) => {
            assert!(stored_offset <= stored.len() && stored.is_char_boundary(stored_offset));
            assert!(marked_offset <= marked.len() && marked.is_char_boundary(marked_offset));
            false
        }
        Err(error) => {
            let text = if error.marked_offset().is_some() { marked } else { stored };
            assert!(error.offset().is_none_or(|offset| text.is_char_boundary(offset)), "{error:?}");
            false
        }
    }
}

/// A changed copy is refused, or the change means nothing.
pub fn changed_law(body: &str, is_written_anew: bool, changes: &[u8]) -> bool {
    let stored = without_marks(body);
    let mut copy = if is_written_anew { without_marks(&reserialized(body)) } else { stored.clone() };
    let mut choices = Choices::new(changes);
    for _ in 0..1 + choices.below(2) {
        change(&mut copy, &mut choices);
    }
    let Some(at) = copy.rfind("zqend") else { return false };
    let marked = format!("{}<redact>zqend</redact>{}", &copy[..at], &copy[at + "zqend".len()..]);
    accepted_law(&stored, &marked, &copy)
}

/// A body with a mark around its longest text; nothing if it has none, or speaks of marks itself.
pub fn marked_somewhere(body: &str) -> Option<String> {
    let fragment = tokenize(body);
    let texts = fragment.tokens().iter().filter(|token| token.kind() == Kind::Text(TextKind::Data));
    let range = texts.max_by_key(|token| token.range().len())?.range();
    let (before, text, after) = (&body[..range.start], &body[range.clone()], &body[range.end..]);
    // `</` is text at the end of the input only.
    let can_be_marked = !text.ends_with("</") && !body.to_ascii_lowercase().contains("redact");
    can_be_marked.then(|| format!("{before}<redact>{text}</redact>{after}"))
}

/// The stored bytes with a mark put in are accepted, however ill-formed they are.
pub fn copied_law(stored: &str, marked: &str) {
    let redactor = Redactor::new(policy()).expect("the policy is good");
    if let Err(error) = redactor.html_stored(stored, marked) {
        assert!(!is_about_the_copy(error), "a copy of the stored bytes is refused: {error:?}\n{stored:?}\n{marked:?}");
    }
}

const NAMES: [&str; 44] = [
    "p", "li", "ul", "dd", "dt", "dl", "table", "tr", "td", "th", "tbody", "thead", "caption", "colgroup", "option",
    "optgroup", "select", "ruby", "rt", "rp", "rb", "rtc", "b", "i", "a", "nobr", "span", "div", "button", "object",
    "h1", "h2", "form", "template", "x-y", "address", "dialog", "pre", "fieldset", "label", "head", "frame", "tfoot",
    "col",
];

/// Tags in any order, and a copy of them with some of the tags that a browser writes beside them, perhaps one more.
/// What is accepted of it is the same tree.
pub fn inserted_law(bytes: &[u8]) -> bool {
    let mut choices = Choices::new(bytes);
    let mut tags: Vec<String> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for _ in 0..2 + choices.below(24) {
        let name = choices.pick(&NAMES);
        match choices.below(8) {
            0..=3 => {
                tags.push(format!("<{name}>"));
                open.push(name);
            }
            4 => tags.push("x".to_owned()),
            5 => tags.push(choices.pick(&[" ", "<col>", "<br>", "<!---->", "<input>", "<hr>"]).to_owned()),
            6 => tags.push(format!("</{}>", open.pop().unwrap_or(name))),
            _ => tags.push(format!("</{}>", open.get(choices.below(open.len().max(1))).unwrap_or(&name))),
        }
    }
    tags.push("zqend".to_owned());
    let stored = tags.concat();
    let fragment = tokenize(&stored);
    let mut tags: Vec<String> = fragment.tokens().iter().map(|token| fragment.text(token).to_owned()).collect();
    let Some(extras) = extras(&stored) else { return false };
    let written: Vec<(usize, String)> = extras.into_iter().filter(|_| !choices.once_in(4)).collect();
    for (index, tag) in written.into_iter().rev() {
        tags.insert(index, tag);
    }
    if choices.once_in(3) {
        let at = choices.below(tags.len() + 1);
        tags.insert(at, format!("</{}>", choices.pick(&NAMES)));
    }
    let unmarked = tags.concat();
    accepted_law(&stored, &unmarked.replace("zqend", "<redact>zqend</redact>"), &unmarked)
}

/// What a browser writes of a body beside its own tags, each with the index of the token that it is written before;
/// nothing if the body's tags do not come back in order.
fn extras(stored: &str) -> Option<Vec<(usize, String)>> {
    let written = reserialized(stored);
    let (ours, theirs) = (tokenize(stored), tokenize(&written));
    let mut extras = Vec::new();
    let mut next = 0;
    for token in theirs.tokens() {
        let text = theirs.text(token);
        match ours.tokens().get(next) {
            Some(token) if ours.text(token) == text => next += 1,
            _ => extras.push((next, text.to_owned())),
        }
    }
    (next == ours.tokens().len()).then_some(extras)
}

const SNIPPETS: [&str; 48] = [
    "</p>", "<p>", "</li>", "<li>", "</td>", "</tr>", "<tr>", "<tbody>", "</tbody>", "</table>", "<b>", "</b>",
    "</div>", "<div>", "<br>", "</br>", "<img src=x>", "word", " ", "\n", "\r", "&", "&amp;", "<", ">", "\"", "'", "=",
    "/", "/>", " id=q", " class=a", "<!---->", "<!--x-->", "<colgroup>", "</colgroup>", "<col>", "</option>",
    "</select>", "</rt>", "</dd>", "</svg>", "</path>", "<textarea>", "</i>", "\0", "</>", "<td>",
];

/// Changes a copy in one place.
fn change(copy: &mut String, choices: &mut Choices<'_>) {
    let mut place = |copy: &str| {
        let mut at = (choices.below(256) * 256 + choices.below(256)) % (copy.len() + 1);
        while !copy.is_char_boundary(at) {
            at -= 1;
        }
        // Most changes are made next to a tag.
        match choices.below(4) {
            0 => at,
            1 => copy[at..].find('>').map_or(at, |found| at + found),
            2 => copy[at..].find('>').map_or(at, |found| at + found + 1),
            _ => copy[..at].rfind('<').unwrap_or(at),
        }
    };
    let start = place(copy);
    match choices.below(4) {
        0 | 1 => {
            let snippet = choices.pick(&SNIPPETS);
            copy.insert_str(start, snippet);
        }
        2 => {
            // A whole tag, or one character.
            let tag = copy[start..].find('>').filter(|_| copy[start..].starts_with('<'));
            let length = tag.map_or_else(|| copy[start..].chars().next().map_or(0, char::len_utf8), |end| end + 1);
            copy.replace_range(start..start + length, "");
        }
        _ => {
            let snippet = choices.pick(&SNIPPETS);
            let length = copy[start..].chars().next().map_or(0, char::len_utf8);
            copy.replace_range(start..start + length, snippet);
        }
    }
}

/// What a browser's `innerHTML` gives for a body.
pub fn reserialized(body: &str) -> String {
    let dom = parse_body(body);
    let mut written = Vec::new();
    for root in children(&dom.document) {
        let options = SerializeOpts { traversal_scope: TraversalScope::ChildrenOnly(None), ..SerializeOpts::default() };
        serialize(&mut written, &SerializableHandle::from(root), options).expect("a vector can be written to");
    }
    String::from_utf8(written).expect("the serializer writes UTF-8")
}

/// A text with a line feed for each line end, as it is read again after a serializer wrote a carriage return as it is.
fn line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A tree, piece by piece. Line ends at the start of what drops one are left out: a serializer may drop it again.
pub fn outline(body: &str) -> Vec<String> {
    enum Step {
        Visit(Handle, bool),
        Leave(String),
    }
    let dom = parse_body(body);
    // The root is not the body's own, but it takes the attributes of any `html` tag.
    let roots = children(&dom.document);
    let mut stack: Vec<Step> = roots.iter().flat_map(children).rev().map(|child| Step::Visit(child, false)).collect();
    let mut pieces = Vec::new();
    while let Some(step) = stack.pop() {
        let (node, drops) = match step {
            Step::Visit(node, drops) => (node, drops),
            Step::Leave(name) => {
                pieces.push(name);
                continue;
            }
        };
        let mut inside_drops = false;
        match &node.data {
            NodeData::Text { contents } => {
                let text = line_feeds(&contents.borrow());
                let text = if drops { text.trim_start_matches('\n') } else { &text };
                match pieces.last_mut().filter(|last: &&mut String| last.starts_with('"')) {
                    Some(before) => before.push_str(text),
                    None if text.is_empty() => {}
                    None => pieces.push(format!("\"{text}")),
                }
            }
            NodeData::Comment { contents } => pieces.push(format!("!{contents}")),
            NodeData::Element { name, attrs, template_contents, .. } => {
                let attributes: Vec<String> =
                    attrs.borrow().iter().map(|a| format!(" {:?}={:?}", a.name, line_feeds(&a.value))).collect();
                pieces.push(format!("<{:?}{}", name, attributes.concat()));
                stack.push(Step::Leave(format!("/{:?}", name.local)));
                inside_drops = matches!(&*name.local, "pre" | "listing" | "textarea");
                if let Some(contents) = &*template_contents.borrow() {
                    stack.push(Step::Visit(contents.clone(), false));
                }
            }
            _ => {}
        }
        let children = children(&node);
        stack.extend(
            children.into_iter().enumerate().rev().map(|(index, child)| Step::Visit(child, inside_drops && index == 0)),
        );
    }
    pieces
}
