//! What holds for plain text of any HTML, and its slow, obvious twin over a tree.

use blackbar::{Error, PlainStyle, Redactor, Unit, plain_text};
use html5ever::{LocalName, QualName, ns};
use markup5ever_rcdom::{Handle, Node, NodeData};

use super::parse::parse_body;

/// What holds for any HTML, however ill-formed (rules C4, C36, C60, C61).
pub fn plain_law(html: &str) {
    let text = plain_text(html, PlainStyle::Rendered).expect("the input is within the limits");
    assert!(text.len() <= html.len() * 5 + 16, "C36, rendered: {} of {}", text.len(), html.len());
    assert_eq!(plain_text(html, PlainStyle::Rendered).expect("as before"), text, "not pure");

    let text = plain_text(html, PlainStyle::Zendesk).expect("the input is within the limits");
    assert!(text.len() <= html.len() * 5 + 16, "C36, zendesk: {} of {}", text.len(), html.len());
    assert!(!text.contains(['<', '>', '\u{A0}', '\0']), "not escaped");
    assert_eq!(text.trim_matches(STRIPPED), text, "not stripped");
    let escapes = ["&amp;", "&lt;", "&gt;", "&nbsp;"];
    let is_escape = |(at, _): (usize, &str)| escapes.iter().any(|escape| text[at..].starts_with(escape));
    assert!(text.match_indices('&').all(is_escape), "a bare ampersand, or an escape too many");

    if let Ok(redaction) = Redactor::default().html(html) {
        for style in [PlainStyle::Rendered, PlainStyle::Zendesk] {
            let derived = plain_text(redaction.text(), style).expect("a result is within the limits");
            assert_eq!(redaction.plain_body(style), derived, "C62");
        }
    }
}

/// The plain text is that of the tree which html5ever builds. True where no node is moved: no formatting elements that
/// cross others, no content between the cells of a table. What a reader could take for other tokens (rule C16) has
/// plain text of one reading, and is refused where it matters.
pub fn plain_tree_law(html: &str) {
    if blackbar::html::tokenize(html).ambiguous().is_some() {
        let refused = Redactor::default().html_ranges(html, &[], Unit::Bytes);
        return assert!(matches!(refused, Err(Error::AmbiguousMarkup { .. })));
    }
    let tree = Tree::parse(html);
    let rendered = plain_text(html, PlainStyle::Rendered).expect("the input is within the limits");
    assert_eq!(rendered, tree.inner_text(), "rendered, {html:?}");
    let zendesk = plain_text(html, PlainStyle::Zendesk).expect("the input is within the limits");
    assert_eq!(zendesk, tree.zendesk(), "zendesk, {html:?}");
}

const STRIPPED: [char; 7] = ['\t', '\n', '\u{B}', '\u{C}', '\r', ' ', '\0'];

struct Tree {
    root: Handle,
}

/// What a rendered tree is made of, in order.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Char {
        c: char,
        collapses: bool,
    },
    /// A string of the rendered text collection steps that is not of a text node. It ends the line.
    End(char),
    /// A required line break count. It ends the line.
    Breaks(usize),
    /// The edge of a cell or of a block in the line: lines do not go past it.
    Edge,
    /// Something in the line that is not text.
    Object,
}

impl Tree {
    fn parse(html: &str) -> Self {
        let dom = parse_body(html);
        let root = dom.document.children.borrow()[0].clone();
        // The tree goes when the document does, so it is held by a node of its own.
        let children = root.children.take();
        let holder = Node::new(NodeData::Document);
        holder.children.replace(children);
        Self { root: holder }
    }

    /// WHATWG 3.2.7, the `innerText` getter.
    fn inner_text(&self) -> String {
        let mut items = Vec::new();
        for child in children(&self.root) {
            collect(&child, &Context::default(), &mut items);
        }
        collapse(&mut items);

        let mut text = String::new();
        let mut breaks = 0;
        for item in items {
            let c = match item {
                Item::Breaks(count) => {
                    breaks = breaks.max(count);
                    continue;
                }
                Item::Char { c, .. } | Item::End(c) => c,
                Item::Edge | Item::Object => continue,
            };
            if !text.is_empty() {
                text.push_str(&"\n".repeat(breaks));
            }
            breaks = 0;
            text.push(c);
        }
        text
    }

    /// C61.
    fn zendesk(&self) -> String {
        let mut text = String::new();
        for child in children(&self.root) {
            zendesk(&child, &mut text);
        }
        let text = text.trim_matches(STRIPPED);
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('\u{A0}', "&nbsp;")
    }
}

fn zendesk(node: &Handle, text: &mut String) {
    match &node.data {
        NodeData::Text { contents } => text.push_str(&contents.borrow()),
        NodeData::Element { name, .. } => {
            let name = local(name);
            const SPACED: &str = "address article aside blockquote dd div dl dt footer h1 h2 h3 h4 h5 h6 header hgroup \
                                  li nav ol p pre section ul";
            const LEFT_OUT: &str = "script style iframe math noembed noframes noscript plaintext svg xmp";
            let is_spaced = is_html(node) && listed(SPACED, name);
            match name {
                "br" if is_html(node) => text.push('\n'),
                "hr" if is_html(node) => text.push(' '),
                _ => {}
            }
            if is_spaced {
                text.push(' ');
            }
            if !listed(LEFT_OUT, name) {
                for child in children(node) {
                    zendesk(&child, text);
                }
            }
            if is_spaced && !children(node).is_empty() {
                text.push(' ');
            }
        }
        _ => {}
    }
}

/// What an element inherits.
#[derive(Clone, Default)]
struct Context {
    preserves: bool,
    /// The node is a child of a `select`, `optgroup` or closed `details`, or in an SVG picture: of these only some are
    /// shown.
    parent: Option<Handle>,
    in_picture: bool,
}

/// The rendered text collection steps, with white space still to be processed.
fn collect(node: &Handle, context: &Context, items: &mut Vec<Item>) {
    match &node.data {
        NodeData::Text { contents } => {
            let is_part = |parent: &Handle| is_html(parent) && listed("table tbody thead tfoot tr", of(parent));
            let in_table = context.parent.as_ref().is_some_and(is_part);
            let contents = contents.borrow();
            let is_blank = contents.chars().all(|c| c.is_ascii_whitespace());
            if shows_text(context) && !(in_table && is_blank) {
                items.extend(contents.chars().map(|c| Item::Char { c, collapses: !context.preserves }));
            }
        }
        NodeData::Element { .. } => element(node, context, items),
        _ => {}
    }
}

fn shows_text(context: &Context) -> bool {
    let Some(parent) = &context.parent else { return true };
    let is_closed = of(parent) == "details" && !has(parent, "open");
    !context.in_picture && !(is_html(parent) && (listed("select optgroup", of(parent)) || is_closed))
}

/// What stands on lines of its own.
const BLOCKS: &str = "address article aside blockquote caption center dd details dialog dir div dl dt fieldset \
                      figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu \
                      nav ol optgroup option plaintext pre search section summary table ul xmp";

fn element(node: &Handle, context: &Context, items: &mut Vec<Item>) {
    let name = of(node);
    if !is_rendered(node, context) {
        return;
    }
    if !is_html(node) {
        return foreign_element(node, context, items);
    }
    const NOTHING_INSIDE: &str = "audio canvas embed iframe img input meter object progress textarea video";
    const IN_LINE: &str = "button marquee select";
    let is_skipped = hides(node, true);
    let edges = match name {
        _ if is_skipped && listed(IN_LINE, name) => return items.push(Item::Object),
        "br" => return items.push(Item::End('\n')),
        "p" => Some(Item::Breaks(2)),
        "td" | "th" => Some(Item::Edge),
        _ if listed(NOTHING_INSIDE, name) => return items.push(Item::Object),
        _ if listed(IN_LINE, name) => Some(Item::Edge),
        _ if listed(BLOCKS, name) => Some(Item::Breaks(1)),
        _ => None,
    };
    let folds = name == "nobr" || (listed("td th", name) && has(node, "nowrap"));
    let preserves = (context.preserves && !folds) || listed("pre listing plaintext xmp", name);
    let inner = Context { preserves, parent: Some(node.clone()), in_picture: false };

    // The style sheet adds quotation marks, which are not part of the text.
    let is_object = listed(IN_LINE, name) || name == "q";
    if is_object {
        items.push(Item::Object);
    }
    items.extend(edges.clone());
    for child in children(node) {
        collect(&child, &inner, items);
    }
    items.extend(edges);
    if is_object {
        items.push(Item::Object);
    }
    match name {
        "td" | "th" if has_next(node, &["td", "th"], "tr") => items.push(Item::End('\t')),
        "tr" if has_next(node, &["tr"], "table") => items.push(Item::End('\n')),
        _ => {}
    }
}

fn foreign_element(node: &Handle, context: &Context, items: &mut Vec<Item>) {
    let name = of(node);
    let is_svg = matches!(&node.data, NodeData::Element { name, .. } if name.ns == ns!(svg));
    let is_block = is_svg && listed("text foreignObject", name);
    let in_picture = (is_svg && name == "svg") || (context.in_picture && !is_block);
    let inner = Context { preserves: context.preserves, parent: Some(node.clone()), in_picture };
    match name {
        "svg" if is_svg => items.push(Item::Object),
        "math" if !is_svg => items.extend([Item::Object, Item::Edge]),
        _ if is_block => items.push(Item::Breaks(1)),
        _ => {}
    }
    for child in children(node) {
        collect(&child, &inner, items);
    }
    match name {
        "svg" if is_svg => items.push(Item::Object),
        "math" if !is_svg => items.extend([Item::Edge, Item::Object]),
        _ if is_block => items.push(Item::Breaks(1)),
        _ => {}
    }
}

/// Whether an element is rendered, given that its parent is.
fn is_rendered(node: &Handle, context: &Context) -> bool {
    let name = of(node);
    let is_hidden = if is_html(node) {
        const HIDDEN: &str = "area base basefont datalist head link meta noembed noframes param rp script style \
                              template title";
        listed(HIDDEN, name)
            || hides(node, false)
            || (hides(node, true) && name != "table" && (listed(BLOCKS, name) || listed("p td th", name)))
            || (name == "input" && value(node, "type").is_some_and(|value| value.eq_ignore_ascii_case("hidden")))
            || (name == "dialog" && !has(node, "open"))
            || (name == "audio" && !has(node, "controls"))
            || context.in_picture
    } else {
        const NEVER: &str = "clipPath defs desc linearGradient marker mask metadata pattern radialGradient script \
                             style symbol title";
        let is_svg = matches!(&node.data, NodeData::Element { name, .. } if name.ns == ns!(svg));
        if is_svg { listed(NEVER, name) } else { listed("annotation annotation-xml", name) }
    };
    let is_in_place = match context.parent.as_ref().filter(|parent| is_html(parent)) {
        Some(parent) => match of(parent) {
            "select" => is_html(node) && listed("option optgroup", name),
            "optgroup" => is_html(node) && name == "option",
            "details" if !has(parent, "open") => {
                let first = children(parent).into_iter().find(|child| of(child) == "summary" && is_html(child));
                first.is_some_and(|first| std::rc::Rc::ptr_eq(&first, node))
            }
            _ => true,
        },
        None => true,
    };
    !is_hidden && is_in_place
}

/// Whether an element of HTML is hidden by an attribute, or, if `until_found`, only what is in its box.
fn hides(node: &Handle, until_found: bool) -> bool {
    let is_popover = has(node, "popover") && !(of(node) == "dialog" && has(node, "open"));
    let is_until_found = |value: String| value.eq_ignore_ascii_case("until-found") && !is_popover;
    let hidden = value(node, "hidden").filter(|_| of(node) != "embed");
    hidden.or_else(|| is_popover.then(String::new)).is_some_and(|value| is_until_found(value) == until_found)
}

/// Whether an element has one of `names` after it that is rendered, in the innermost `within` around it.
fn has_next(node: &Handle, names: &[&str], within: &str) -> bool {
    let mut outer = parent(node);
    while of(&outer) != within {
        outer = parent(&outer);
    }
    let mut found = Vec::new();
    gather(&outer, names, within, &mut found);
    let place = found.iter().position(|other| std::rc::Rc::ptr_eq(other, node)).expect("it is in there");
    place + 1 < found.len()
}

fn gather(node: &Handle, names: &[&str], within: &str, found: &mut Vec<Handle>) {
    for child in children(node) {
        let is_hidden =
            hides(&child, false) || (hides(&child, true) && !listed("table tbody thead tfoot tr", of(&child)));
        if is_hidden || of(&child) == within || listed("td th caption", of(node)) {
            continue;
        }
        if names.contains(&of(&child)) {
            found.push(child.clone());
        }
        gather(&child, names, within, found);
    }
}

/// CSS Text 3, 4.1.1 and 4.1.2: white space that collapses.
fn collapse(items: &mut Vec<Item>) {
    for item in items.iter_mut() {
        if let Item::Char { c: c @ ('\t' | '\n' | '\r'), collapses: true } = item {
            *c = ' ';
        }
    }
    const SPACE: Item = Item::Char { c: ' ', collapses: true };
    let starts_line = |item: Option<&Item>| {
        matches!(
            item,
            None | Some(Item::End(_) | Item::Breaks(_) | Item::Edge | Item::Char { c: '\n', collapses: false })
        )
    };
    let mut kept: Vec<Item> = Vec::new();
    for item in items.drain(..) {
        if item == SPACE && (kept.last() == Some(&SPACE) || starts_line(kept.last())) {
            continue;
        }
        if starts_line(Some(&item)) && kept.last() == Some(&SPACE) {
            kept.pop();
        }
        kept.push(item);
    }
    if kept.last() == Some(&SPACE) {
        kept.pop();
    }
    *items = kept;
}

/// The children of a node; of a template, those of its content.
fn children(node: &Handle) -> Vec<Handle> {
    if let NodeData::Element { template_contents, .. } = &node.data
        && let Some(contents) = template_contents.borrow().as_ref()
    {
        return contents.children.borrow().clone();
    }
    node.children.borrow().clone()
}

fn parent(node: &Handle) -> Handle {
    let weak = node.parent.take().expect("it has a parent");
    let parent = weak.upgrade().expect("the tree is held");
    node.parent.set(Some(weak));
    parent
}

fn of(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => local(name),
        _ => "",
    }
}

fn local(name: &QualName) -> &str {
    let name: &LocalName = &name.local;
    name
}

fn is_html(node: &Handle) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if name.ns == ns!(html))
}

fn value(node: &Handle, attribute: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|found| &*found.name.local == attribute).map(|found| found.value.to_string())
}

fn has(node: &Handle, attribute: &str) -> bool {
    value(node, attribute).is_some()
}

fn listed(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|listed| listed == name)
}
