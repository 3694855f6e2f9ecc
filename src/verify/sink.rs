//! A tree that keeps just enough of what html5ever builds: which node is where, which text was read when.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName};

use super::VerifyError;
use super::expected::Expected;

/// What is left of a tree when it is finished.
pub(super) struct Tree {
    /// All text in the order in which it was read.
    pub(super) text: String,
    /// Whether that is also the order of the tree.
    pub(super) is_in_order: bool,
    /// The first thing in it that must not be there.
    pub(super) found: Option<VerifyError>,
}

/// The index of a node.
type Handle = u32;

const DOCUMENT: Handle = 0;

pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    text: RefCell<String>,
    expected: Expected,
    mark: String,
    elements: Cell<usize>,
    depth: Cell<u32>,
    found: Cell<Option<VerifyError>>,
}

/// A node, linked to those beside it: moving one is a fixed number of steps, and no walk needs the call stack.
struct Node {
    name: Option<QualName>,
    /// The range of the text, for a text node.
    text: Range<usize>,
    is_html_integration_point: bool,
    /// The content of a `template`, kept as its only child.
    contents: Option<Handle>,
    parent: Option<Handle>,
    previous: Option<Handle>,
    next: Option<Handle>,
    first_child: Option<Handle>,
    last_child: Option<Handle>,
    depth: u32,
}

impl Node {
    const fn none() -> Self {
        Self {
            name: None,
            text: 0..0,
            is_html_integration_point: false,
            contents: None,
            parent: None,
            previous: None,
            next: None,
            first_child: None,
            last_child: None,
            depth: 0,
        }
    }
}

impl Sink {
    pub(super) fn new(expected: Expected, mark: &str, bytes: usize) -> Self {
        Self {
            nodes: RefCell::new(vec![Node::none()]),
            text: RefCell::new(String::with_capacity(bytes)),
            expected,
            mark: mark.to_owned(),
            elements: Cell::new(0),
            depth: Cell::new(0),
            found: Cell::new(None),
        }
    }

    /// How many elements were made.
    pub(super) fn elements(&self) -> usize {
        self.elements.get()
    }

    /// How deep the deepest node was put.
    pub(super) fn depth(&self) -> u32 {
        self.depth.get()
    }

    /// The first thing that must not be there.
    pub(super) fn found(&self) -> Option<VerifyError> {
        self.found.get()
    }

    /// Notes what must not be there, unless something else was found before.
    fn note(&self, found: VerifyError) {
        if self.found.get().is_none() {
            self.found.set(Some(found));
        }
    }

    /// Compares an element with what may be there.
    fn check(&self, name: &QualName, attributes: &[Attribute]) {
        let element = name.local.to_ascii_lowercase();
        let attributes: Vec<(String, &str)> = attributes.iter().map(|a| (qualified(&a.name), &*a.value)).collect();
        let is_mark = |name: &str| !self.mark.is_empty() && name == self.mark;
        if is_mark(&element) || attributes.iter().any(|(name, _)| is_mark(name)) {
            return self.note(VerifyError::MarkLeft);
        }
        let pairs = attributes.iter().map(|(name, value)| (name.as_str(), *value));
        match self.expected.knows(&element, pairs) {
            (_, true) => {}
            (true, false) => self.note(VerifyError::Attribute),
            (false, false) => self.note(VerifyError::Element),
        }
    }

    fn add(&self, node: Node) -> Handle {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        (nodes.len() - 1) as Handle
    }

    fn node(&self, child: NodeOrText<Handle>) -> Handle {
        match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => {
                let mut all = self.text.borrow_mut();
                let start = all.len();
                all.push_str(&text);
                self.add(Node { text: start..all.len(), ..Node::none() })
            }
        }
    }

    /// Puts a node that has no parent into `parent`, before `next` or at the end.
    fn insert(&self, parent: Handle, node: Handle, next: Option<Handle>) {
        let mut nodes = self.nodes.borrow_mut();
        let previous = match next {
            Some(next) => get(&nodes, next).previous,
            None => get(&nodes, parent).last_child,
        };
        let depth = get(&nodes, parent).depth + 1;
        self.depth.set(self.depth.get().max(depth));
        if let Some(this) = nodes.get_mut(node as usize) {
            (this.parent, this.previous, this.next, this.depth) = (Some(parent), previous, next, depth);
        }
        link(&mut nodes, parent, previous, next, Some(node), Some(node));
    }

    fn remove(&self, node: Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(this) = nodes.get_mut(node as usize) else { return };
        let (parent, previous, next) = (this.parent.take(), this.previous.take(), this.next.take());
        if let Some(parent) = parent {
            link(&mut nodes, parent, previous, next, next, previous);
        }
    }

    fn parent(&self, node: Handle) -> Option<Handle> {
        get(&self.nodes.borrow(), node).parent
    }

    /// Whether the text nodes stand in the tree in the order in which they were made.
    fn is_in_order(&self) -> bool {
        let nodes = self.nodes.borrow();
        let mut end = 0;
        let mut next = Some(DOCUMENT);
        while let Some(handle) = next {
            let node = get(&nodes, handle);
            if !node.text.is_empty() {
                if node.text.start != end {
                    return false;
                }
                end = node.text.end;
            }
            next = node.first_child.or_else(|| after(&nodes, handle));
        }
        end == self.text.borrow().len()
    }
}

fn get(nodes: &[Node], handle: Handle) -> &Node {
    static NONE: Node = Node::none();
    nodes.get(handle as usize).unwrap_or(&NONE)
}

/// Lets `parent`'s children before and after a gap know what begins and ends it.
fn link(
    nodes: &mut [Node],
    parent: Handle,
    previous: Option<Handle>,
    next: Option<Handle>,
    first: Option<Handle>,
    last: Option<Handle>,
) {
    let mut set = |handle: Handle, change: &dyn Fn(&mut Node)| {
        if let Some(node) = nodes.get_mut(handle as usize) {
            change(node);
        }
    };
    match previous {
        Some(previous) => set(previous, &|node| node.next = first),
        None => set(parent, &|node| node.first_child = first),
    }
    match next {
        Some(next) => set(next, &|node| node.previous = last),
        None => set(parent, &|node| node.last_child = last),
    }
}

/// The next node in the order of the tree that is not inside of this one.
fn after(nodes: &[Node], mut handle: Handle) -> Option<Handle> {
    loop {
        let node = get(nodes, handle);
        if node.next.is_some() {
            return node.next;
        }
        handle = node.parent?;
    }
}

/// The name of an attribute as it is written: `xlink:href`. That of `xmlns` has an empty prefix.
fn qualified(name: &QualName) -> String {
    match &name.prefix {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}:{}", name.local).to_ascii_lowercase(),
        _ => name.local.to_ascii_lowercase().to_string(),
    }
}

/// The name of an element, as html5ever asks for it.
#[derive(Debug)]
pub(super) struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        let is_in_order = self.is_in_order();
        Tree { text: self.text.into_inner(), is_in_order, found: self.found.get() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        DOCUMENT
    }

    fn elem_name(&self, target: &Handle) -> Name {
        let name = get(&self.nodes.borrow(), *target).name.clone();
        Name(name.unwrap_or_else(|| QualName::new(None, Namespace::default(), LocalName::default())))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        // The first element is the `body` that the fragment is read in; it is not part of the tree.
        if self.elements.replace(self.elements.get() + 1) > 0 {
            self.check(&name, &attributes);
        }
        let is_html_integration_point = flags.mathml_annotation_xml_integration_point;
        let element = self.add(Node { name: Some(name), is_html_integration_point, ..Node::none() });
        if flags.template {
            let contents = self.add(Node::none());
            self.insert(element, contents, None);
            if let Some(node) = self.nodes.borrow_mut().get_mut(element as usize) {
                node.contents = Some(contents);
            }
        }
        element
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.add(Node::none())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.add(Node::none())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.node(child);
        self.remove(child);
        self.insert(*parent, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        match self.parent(*element) {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(before, child),
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let child = self.node(child);
        self.remove(child);
        if let Some(parent) = self.parent(*sibling) {
            self.insert(parent, child, Some(*sibling));
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        get(&self.nodes.borrow(), *target).contents.unwrap_or(*target)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let Some(name) = get(&self.nodes.borrow(), *target).name.clone() else { return };
        for attribute in attributes {
            self.check(&name, &[attribute]);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.remove(*target);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let first_child = || get(&self.nodes.borrow(), *node).first_child;
        while let Some(child) = first_child() {
            self.remove(child);
            self.insert(*new_parent, child, None);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        get(&self.nodes.borrow(), *handle).is_html_integration_point
    }

    fn allow_declarative_shadow_roots(&self, _: &Handle) -> bool {
        false
    }
}
