//! The obvious program on a tree: html5ever parses, markup5ever_rcdom holds the tree, a walk masks what stands in a
//! `redact` element and takes the element itself out, the serializer writes the body, a second walk the plain text.

use std::rc::Rc;

use html5ever::serialize::{SerializeOpts, TraversalScope, serialize};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom, SerializableHandle};

use crate::text::{is_block, mask_into};

/// The redacted body and its plain text.
pub fn redact(html: &str) -> (String, String) {
    let dom = parse(html);
    let root = root(&dom);
    mask(&root, false);
    unwrap(&root);
    (write(&root), plain(&root))
}

/// The plain text alone.
pub fn plain_text(html: &str) -> String {
    plain(&root(&parse(html)))
}

/// The body with every occurrence of `needle` within one text node masked.
pub fn strings(html: &str, needle: &str, mask: &str) -> (String, String) {
    let dom = parse(html);
    let root = root(&dom);
    replace(&root, needle, mask);
    (write(&root), plain(&root))
}

fn parse(html: &str) -> RcDom {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    parse_fragment(RcDom::default(), ParseOpts::default(), body, vec![], false).one(html)
}

/// A fragment's nodes stand under an `html` element. Dropping the tree empties it, whoever holds its nodes.
fn root(dom: &RcDom) -> Handle {
    Rc::clone(&dom.document.children.borrow()[0])
}

fn mask(node: &Handle, inside: bool) {
    if let NodeData::Text { contents } = &node.data
        && inside
    {
        let mut masked = String::new();
        mask_into(&mut masked, &contents.borrow());
        *contents.borrow_mut() = StrTendril::from(masked);
    }
    let inside = inside || is_mark(node);
    node.children.borrow().iter().for_each(|child| mask(child, inside));
}

/// Puts the children of `redact` elements, and of elements with a `redact` attribute, in their place.
fn unwrap(node: &Handle) {
    node.children.borrow().iter().for_each(unwrap);
    if !node.children.borrow().iter().any(|child| is_mark(child) || has_attribute(child)) {
        return;
    }
    let children = node.children.take();
    let mut kept: Vec<Handle> = Vec::with_capacity(children.len());
    for child in children {
        if is_mark(&child) || has_attribute(&child) {
            kept.extend(child.children.take());
        } else {
            kept.push(child);
        }
    }
    *node.children.borrow_mut() = kept;
}

fn is_mark(node: &Node) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == "redact")
}

fn has_attribute(node: &Node) -> bool {
    matches!(&node.data, NodeData::Element { attrs, .. } if attrs.borrow().iter().any(|a| &*a.name.local == "redact"))
}

fn write(root: &Handle) -> String {
    let mut out = Vec::new();
    let options = SerializeOpts {
        scripting_enabled: false,
        traversal_scope: TraversalScope::ChildrenOnly(None),
        ..SerializeOpts::default()
    };
    serialize(&mut out, &SerializableHandle::from(Rc::clone(root)), options).expect("a vector takes it");
    String::from_utf8(out).expect("html5ever writes UTF-8")
}

fn plain(root: &Handle) -> String {
    let mut out = String::new();
    plain_into(&mut out, root);
    out
}

fn plain_into(out: &mut String, node: &Handle) {
    match &node.data {
        NodeData::Text { contents } => out.push_str(&contents.borrow()),
        NodeData::Element { name, .. } if matches!(&*name.local, "script" | "style") => {}
        NodeData::Element { name, .. } => {
            let block = is_block(&name.local);
            if block || &*name.local == "br" {
                out.push('\n');
            }
            node.children.borrow().iter().for_each(|child| plain_into(out, child));
            if block {
                out.push('\n');
            }
        }
        _ => {}
    }
}

fn replace(node: &Handle, needle: &str, mask: &str) {
    if let NodeData::Text { contents } = &node.data {
        let text = contents.borrow().to_string();
        if text.contains(needle) {
            *contents.borrow_mut() = StrTendril::from(text.replace(needle, mask));
        }
    }
    node.children.borrow().iter().for_each(|child| replace(child, needle, mask));
}
