//! Documents with planted secrets: each secret is a word that stands nowhere else, and must be nowhere afterwards.

use blackbar::{EmbeddedInMarks, Mask, Policy, Redactor};

use super::choices::Choices;
use super::html::html_law;
use super::tree;

/// A document whose marks are well nested, and what is in it.
#[derive(Clone, Default)]
pub struct Planted {
    /// The body with its marks.
    pub marked: String,
    /// The body without them.
    pub stored: String,
    /// Words that stand in marks.
    pub secrets: Vec<String>,
    /// Words that stand outside of marks.
    pub kept: Vec<String>,
}

impl std::fmt::Debug for Planted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "html_law({:?})", self.marked)
    }
}

/// Elements that hold text and each other without a tree builder moving anything.
const BLOCKS: [&str; 7] = ["div", "section", "blockquote", "article", "pre", "center", "figure"];
const PHRASES: [&str; 8] = ["span", "code", "kbd", "cite", "x-note", "q", "label", "sub"];
const DECORATIONS: [&str; 8] = ["", "\u{301}", "&amp;", "&eacute;", "👩‍💻", "🇩🇪", "&#x4E2D", "क्षि"];

/// Builds a document out of a stream of bytes.
pub fn planted(bytes: &[u8]) -> Planted {
    let mut builder = Builder { choices: Choices::new(bytes), planted: Planted::default(), words: 0, depth: 0 };
    builder.content(false, true);
    let mut planted = builder.planted;
    if planted.secrets.is_empty() {
        planted.marked.push_str("<redact>zqend</redact>");
        planted.stored.push_str("zqend");
        planted.secrets.push("zqend".into());
    }
    planted
}

struct Builder<'b> {
    choices: Choices<'b>,
    planted: Planted,
    words: usize,
    depth: usize,
}

impl Builder<'_> {
    fn both(&mut self, text: &str) {
        self.planted.marked.push_str(text);
        self.planted.stored.push_str(text);
    }

    fn content(&mut self, in_mark: bool, blocks: bool) {
        self.depth += 1;
        for _ in 0..1 + self.choices.below(4) {
            match self.choices.below(8) {
                0..=2 => self.word(in_mark),
                3 if self.depth < 12 => {
                    let name = if blocks { self.choices.pick(&BLOCKS) } else { self.choices.pick(&PHRASES) };
                    self.element(name, in_mark, blocks);
                }
                4 if self.depth < 12 => {
                    let name = self.choices.pick(&PHRASES);
                    self.element(name, in_mark, false);
                }
                5 if self.depth < 12 && !in_mark => {
                    self.planted.marked.push_str("<redact>");
                    self.word(true);
                    self.content(true, blocks);
                    self.planted.marked.push_str("</redact>");
                }
                6 => self.both("<br>"),
                7 if in_mark => self.name(),
                7 => self.both("<!-- remark -->"),
                // Never white space alone: next to a block that is layout, and stays.
                _ => self.both(" -"),
            }
        }
        self.depth -= 1;
    }

    fn element(&mut self, name: &str, in_mark: bool, blocks: bool) {
        let attribute = self.choices.pick(&["", " class=\"a\"", " id=b", " title='c &lt; d'"]);
        self.both(&format!("<{name}{attribute}>"));
        // A word first: a line end after `<pre>` would be dropped.
        self.word(in_mark);
        self.content(in_mark, blocks);
        self.both(&format!("</{name}>"));
    }

    /// A secret in angle brackets: a start tag that nothing ends, perhaps with the attribute.
    fn name(&mut self) {
        let secret = self.next_word();
        let attribute = self.choices.pick(&["", " redact"]);
        self.planted.marked.push_str(&format!("<{secret}@x.y{attribute}>"));
        self.planted.stored.push_str(&format!("<{secret}@x.y>"));
        self.planted.secrets.push(secret);
    }

    fn next_word(&mut self) -> String {
        self.words += 1;
        format!("zq{:03}x", self.words)
    }

    /// A word of its own, with something hard to count at its end.
    fn word(&mut self, in_mark: bool) {
        let word = self.next_word();
        let written = self.choices.pick(&DECORATIONS);
        self.both(&word);
        self.both(written);
        // Nothing joins what comes next.
        self.both(".");
        if in_mark {
            self.planted.secrets.push(word);
        } else {
            self.planted.kept.push(word);
        }
    }
}

/// No secret is left in any output, every other word is, and the tree is the input's with marked text masked.
pub fn planted_law(planted: &Planted) {
    let policies = [
        Policy::default(),
        Policy::default().mask(Mask::Fixed(4)),
        Policy::default().embedded_in_marks(EmbeddedInMarks::Remove).strip_attributes_in_marks(true),
    ];
    for policy in policies {
        let redactor = Redactor::new(policy).expect("the policy is good");
        let redaction = redactor.html(&planted.marked).expect("well-nested marks can be redacted");
        let shown = [
            redaction.text().to_owned(),
            format!("{redaction:?} {:?} {:?}", redaction.edits(), redaction.report()),
            format!("{:?}", redaction.edits().iter().collect::<Vec<_>>()),
        ];
        for text in &shown {
            for secret in &planted.secrets {
                assert!(!text.contains(secret.as_str()), "a secret is left");
            }
        }
        for word in &planted.kept {
            assert!(redaction.text().contains(word.as_str()), "a kept word is gone");
        }
        html_law(&planted.marked, policy);
        if policy == Policy::default() {
            tree::tree_law(&planted.marked, redaction.text());
        }
    }
    assert_eq!(blackbar::unmark(&planted.marked).expect("marks are balanced"), planted.stored);
    let error = Redactor::default().html(&planted.marked.replacen("</redact>", "", 1)).map(|_| ()).unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(planted.secrets.iter().all(|secret| !shown.contains(secret.as_str())));
}
