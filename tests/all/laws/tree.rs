//! The result's tree against the input's, by an independent route: html5ever and its reference tree.
//!
//! Here a mark is an element, as a tree builder sees it; that is right for marks that are well nested, and the reason
//! why the crate does not work this way is that others are not.

use html5ever::{LocalName, local_name};
use markup5ever_rcdom::{Handle, NodeData};
use unicode_segmentation::UnicodeSegmentation;

use super::parse::{children, parse_body};

/// The tree of `redacted` is the tree of `marked` without its `redact` elements, the text in them masked, and the
/// comments in them gone.
pub fn tree_law(marked: &str, redacted: &str) {
    let expected = outline(marked, true);
    let found = outline(redacted, false);
    assert_eq!(expected, found, "the trees differ");
}

/// A piece of a tree, in document order.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
    Comment(String),
}

/// Characters of an inline run, each with whether it stands in a mark and in which text of the outline it goes.
#[derive(Default)]
struct Run {
    text: String,
    marked: Vec<bool>,
    owner: Vec<usize>,
}

fn outline(html: &str, marks: bool) -> Vec<Piece> {
    let dom = parse_body(html);
    let mut walk = Walk { pieces: Vec::new(), run: Run::default(), marks };
    // The fragment's children hang under an `html` element.
    let mut stack: Vec<Step> =
        children(&dom.document).into_iter().flat_map(|root| children(&root)).rev().map(Step::Visit).collect();
    let mut depth = 0;
    while let Some(step) = stack.pop() {
        match step {
            Step::Visit(node) => walk.visit(&node, &mut depth, &mut stack),
            Step::Leave(name) if name == "redact" => depth -= 1,
            Step::Leave(name) => walk.leave(name),
        }
    }
    walk.end_run();
    walk.pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    join_texts(walk.pieces)
}

enum Step {
    Visit(Handle),
    Leave(String),
}

struct Walk {
    pieces: Vec<Piece>,
    run: Run,
    marks: bool,
}

impl Walk {
    fn visit(&mut self, node: &Handle, depth: &mut usize, stack: &mut Vec<Step>) {
        match &node.data {
            NodeData::Text { contents } => {
                let index = self.pieces.len();
                self.pieces.push(Piece::Text(String::new()));
                for c in contents.borrow().chars() {
                    self.run.text.push(c);
                    self.run.marked.push(self.marks && *depth > 0);
                    self.run.owner.push(index);
                }
            }
            NodeData::Comment { contents } if *depth == 0 => self.pieces.push(Piece::Comment(contents.to_string())),
            NodeData::Element { name, attrs, .. } => {
                let name = name.local.to_string();
                if self.marks && name == "redact" {
                    *depth += 1;
                } else {
                    self.end_run_at(&name);
                    let gone = *depth > 0 && is_unknown(&name);
                    if !gone {
                        let attributes = attrs.borrow();
                        let mut list: Vec<_> =
                            attributes.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                        list.sort();
                        self.pieces.push(Piece::Start(name.clone(), list));
                    }
                    stack.push(Step::Leave(if gone { String::new() } else { name }));
                    stack.extend(children(node).into_iter().rev().map(Step::Visit));
                    return;
                }
                stack.push(Step::Leave(name));
                stack.extend(children(node).into_iter().rev().map(Step::Visit));
            }
            _ => {}
        }
    }

    fn leave(&mut self, name: String) {
        if !name.is_empty() {
            self.end_run_at(&name);
            self.pieces.push(Piece::End(name));
        }
    }

    fn end_run_at(&mut self, name: &str) {
        if !is_phrasing(name) {
            self.end_run();
        }
    }

    /// Masks what is marked of a run, cluster by cluster, and gives each text its part.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let mut at = 0;
        for cluster in run.text.graphemes(true) {
            let count = cluster.chars().count();
            let masked = run.marked[at..at + count].iter().any(|&marked| marked);
            for (index, c) in cluster.chars().enumerate() {
                if let Some(Piece::Text(text)) = self.pieces.get_mut(run.owner[at + index]) {
                    match (masked, index) {
                        (false, _) => text.push(c),
                        (true, 0) => text.push('▇'),
                        (true, _) => {}
                    }
                }
            }
            at += count;
        }
    }
}

/// Texts that stand side by side once marks and comments are gone are one.
fn join_texts(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

/// The generator's phrasing elements: text runs through them.
fn is_phrasing(name: &str) -> bool {
    const PHRASING: [LocalName; 7] = [
        local_name!("span"),
        local_name!("code"),
        local_name!("kbd"),
        local_name!("cite"),
        local_name!("q"),
        local_name!("label"),
        local_name!("sub"),
    ];
    is_unknown(name) || PHRASING.iter().any(|known| **known == *name)
}

/// The generator's unknown elements.
fn is_unknown(name: &str) -> bool {
    name == "x-note" || name.contains('@')
}
