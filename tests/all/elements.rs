//! Every element name: in pairs that a mark crosses, and with the attribute around markup that must not come to life.

use std::collections::BTreeMap;

use blackbar::{EmbeddedInMarks, PlainStyle, Policy, Redactor};
use markup5ever_rcdom::{Handle, NodeData};

use crate::laws::parse::parse_body;
use crate::support::names::HTML;

/// Some names of SVG and MathML, and one that nobody knows.
const OTHERS: &str = "g text tspan foreignObject desc path use animate set mi mo mn ms mtext mglyph malignmark \
    annotation-xml semantics x-y";

fn names() -> impl Iterator<Item = &'static str> + Clone {
    HTML.split_ascii_whitespace().chain(OTHERS.split_ascii_whitespace())
}

#[test]
fn a_mark_over_any_two_elements_covers_what_is_in_it() {
    let policies = [EmbeddedInMarks::Reject, EmbeddedInMarks::Keep, EmbeddedInMarks::Remove];
    let redactors = policies.map(|embedded| Redactor::new(Policy::default().embedded_in_marks(embedded)).unwrap());
    let mut done = 0;
    for a in names() {
        for b in names() {
            let bodies = [
                format!("<{a}>a<redact>b</{a}><{b}>SECRET</redact>d</{b}>"),
                format!("<table><tr><td><{a}>a<redact>b</{a}></td></tr><tr><td><{b}>SECRET</redact>d</{b}></table>"),
            ];
            for body in bodies {
                let redactor = &redactors[done % redactors.len()];
                for redactor in [&redactors[0], redactor] {
                    let Ok(redaction) = redactor.html(&body) else { continue };
                    done += 1;
                    let outputs = [
                        redaction.text().to_owned(),
                        redaction.plain_body(PlainStyle::Rendered),
                        redaction.plain_body(PlainStyle::Zendesk),
                        format!("{redaction:?}"),
                    ];
                    assert!(outputs.iter().all(|output| !output.contains("SECRET")), "{body}\n{}", outputs[0]);
                }
            }
        }
    }
    assert!(done > names().count() * names().count(), "only {done} bodies were redacted");
}

/// What comes to life if the elements around it are read otherwise.
const LIVE: [&str; 12] = [
    "<style><img src=x onerror=y></style>",
    "<title><img src=x onerror=y></title>",
    "<textarea><img src=x onerror=y></textarea>",
    "<xmp><img src=x onerror=y></xmp>",
    "<noembed><img src=x onerror=y></noembed>",
    "<script>z</script>",
    "<![CDATA[<img src=x onerror=y>]]>",
    "<a href=x><animate attributeName=href values=y></a>",
    "<image href=x onerror=y>",
    "<table><tr><td>t</td></tr></table>",
    "<p>p</p><b>b",
    "<!-- --><select><option>o</select>",
];

const AROUND: [(&str, &str); 12] = [
    ("", ""),
    ("<svg>", "</svg>"),
    ("<math>", "</math>"),
    ("<math><mi>", "</mi></math>"),
    ("<svg><foreignObject>", "</foreignObject></svg>"),
    ("<svg><desc>", "</desc></svg>"),
    ("<math><annotation-xml encoding='text/html'>", "</annotation-xml></math>"),
    ("<table><tr><td>", "</td></tr></table>"),
    ("<table>", "</table>"),
    ("<select>", "</select>"),
    ("<p>", "</p>"),
    ("<b><a href=z>", "</a></b>"),
];

#[test]
fn taking_an_element_out_brings_nothing_to_life() {
    let redactor = Redactor::default();
    let (mut done, mut refused) = (0, 0);
    for name in names() {
        for live in LIVE {
            for (open, close) in AROUND {
                for attributes in ["redact", "redact color=c encoding=text/html"] {
                    let body = format!("{open}u<{name} {attributes}>v{live}w</{name}>x{close}<i redact>q</i>");
                    let Ok(redaction) = redactor.html(&body) else {
                        refused += 1;
                        continue;
                    };
                    done += 1;
                    assert_nothing_new(&body, redaction.text());
                }
            }
        }
    }
    assert!(done > refused, "{done} done, {refused} refused");
}

/// Every element, attribute and character of the result's tree is one of the input's.
#[track_caller]
fn assert_nothing_new(input: &str, result: &str) {
    let (before, text_before) = content(input);
    let (after, text_after) = content(result);
    for (element, count) in &after {
        let had = before.get(element).copied().unwrap_or_default();
        assert!(*count <= had, "{element} is new\n input: {input}\nresult: {result}");
    }
    let mut left = text_before;
    for c in text_after {
        match left.iter().position(|&known| known == c) {
            Some(at) => {
                left.swap_remove(at);
            }
            None => panic!("{c:?} is new\n input: {input}\nresult: {result}"),
        }
    }
}

/// The elements of a body's tree with their namespaces and attributes but for the mark, and its characters.
fn content(html: &str) -> (BTreeMap<String, usize>, Vec<char>) {
    let dom = parse_body(html);
    let mut elements = BTreeMap::new();
    let mut text = Vec::new();
    let mut stack: Vec<Handle> = vec![dom.document];
    while let Some(node) = stack.pop() {
        match &node.data {
            NodeData::Text { contents } => text.extend(contents.borrow().chars()),
            NodeData::Element { name, attrs, template_contents, .. } => {
                let bare = attrs.borrow().iter().any(|attribute| &*attribute.name.local == "redact");
                let list: Vec<String> =
                    attrs.borrow().iter().map(|a| format!("{}={}", &*a.name.local, &*a.value)).collect();
                // What had the attribute may stay without any, or as it was.
                if bare {
                    *elements.entry(format!("{}:{} []", &*name.ns, &*name.local)).or_default() += 1;
                } else {
                    *elements.entry(format!("{}:{} {list:?}", &*name.ns, &*name.local)).or_default() += 1;
                }
                stack.extend(template_contents.borrow().clone());
            }
            _ => {}
        }
        stack.extend(node.children.borrow().iter().cloned());
    }
    (elements, text)
}
