//! The jobs: who does what on which input. Ours is always the first program.

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexSet};

use crate::data::{self, NEEDLE};
use crate::measure::{Case, Program};
use crate::{chat, lol, ours, partial, rcdom};

/// The name of the job that the chart and the targets are about.
pub const WHOLE: &str = "redacted HTML and plain text";

/// The same, over bodies of which no two are alike: a processor that is given one body again and again learns its
/// branches by heart, and that flatters whoever takes few of them.
pub const MANY: &str = "redacted HTML and plain text, a megabyte of different bodies";

/// Every case, in the order of the table.
pub fn all<'a>(inputs: &'a Inputs) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    cases.extend(inputs.bodies.iter().map(whole));
    cases.extend(inputs.many.iter().map(many));
    cases.extend(inputs.kinds.iter().map(kind));
    cases.extend(inputs.bodies.iter().filter(|body| body.html.len() > 3_000).map(plain));
    cases.extend(inputs.bodies.iter().filter(|body| body.html.len() > 900).map(|body| strings(inputs, body)));
    cases.extend(inputs.bodies.iter().filter(|body| body.html.len() > 900).map(|body| patterns(inputs, body)));
    cases.extend(inputs.chats.iter().map(|message| chats(inputs, message)));
    cases
}

/// What the programs read, and what they prepare once.
pub struct Inputs {
    bodies: Vec<Body>,
    /// Different bodies of a size, with what they are.
    many: Vec<(String, Vec<String>)>,
    /// Bodies of other kinds, with what they are.
    kinds: Vec<(&'static str, String)>,
    chats: Vec<data::Chat>,
    needles: Vec<String>,
    automaton: AhoCorasick,
    masks: Vec<String>,
    needle: Regex,
    set: RegexSet,
    patterns: Vec<Regex>,
    detectors: ours::Detectors,
    tags: Regex,
}

struct Body {
    label: String,
    html: String,
    /// The same without marks: what strings and patterns are looked for in.
    stored: String,
}

/// What people paste in to find cards and addresses.
const CARD: &str = r"\b(?:\d[ -]?){12,18}\d\b";
const EMAIL: &str = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}";

impl Inputs {
    pub fn new() -> Self {
        let comments = data::COMMENT_SIZES.map(|size| ("comment", size, data::comment(size)));
        let mails = data::MAIL_SIZES.map(|size| ("mail", size, data::mail(size)));
        let body = |(what, size, html): (&str, usize, String)| Body {
            label: format!("{what}, {}", data::size_label(size)),
            stored: data::without_marks(&html),
            html,
        };
        let needles: Vec<String> = (0..99)
            .map(|i| format!("{:03}-{:02}-{:04}", 100 + 7 * i, i, 9_999 - 13 * i))
            .chain([NEEDLE.into()])
            .collect();
        Self {
            many: many_bodies(),
            bodies: comments.into_iter().chain(mails).map(body).collect(),
            kinds: data::kinds(4_000).into(),
            chats: [200, 1_000, 4_000, 16_000, 64_000].map(data::chat).into(),
            automaton: AhoCorasick::new(&needles).expect("the needles are short"),
            masks: vec!["▇".repeat(NEEDLE.len()); needles.len()],
            needles,
            needle: Regex::new(&regex::escape(NEEDLE)).expect("an escaped needle is a pattern"),
            set: RegexSet::new([CARD, EMAIL]).expect("the patterns are right"),
            patterns: vec![
                Regex::new(CARD).expect("the pattern is right"),
                Regex::new(EMAIL).expect("the pattern is right"),
            ],
            detectors: ours::card_and_email(),
            tags: Regex::new(r"(?s)<redact>(.*?)</redact>").expect("the pattern is right"),
        }
    }
}

/// The sizes that the targets speak of.
fn many_bodies() -> Vec<(String, Vec<String>)> {
    let label = |what: &str, size: usize| format!("{what}s, {}", data::size_label(size));
    let comments = data::COMMENT_SIZES.map(|size| (label("comment", size), data::comments(size)));
    let mails = data::MAIL_SIZES.map(|size| (label("mail", size), data::mails(size)));
    // Below 1 kB comments differ in too little.
    comments.into_iter().filter(|(_, bodies)| bodies[0].len() > 900).chain(mails).collect()
}

fn whole(body: &Body) -> Case<'_> {
    let html = body.html.as_str();
    let mut programs = redactors(std::slice::from_ref(&body.html));
    programs.extend([
        program("tl", "parses only", move || partial::tl_parse(html)),
        program("html5gum", "tokens only", move || partial::html5gum_tokens(html)),
        program("blackbar (tokens)", "tokens only", move || ours::tokens(html)),
        program("ammonia", "cleans only", move || partial::ammonia_clean(html).len()),
        program("html2text", "plain text only", move || partial::html2text_render(html).len()),
    ]);
    case(WHOLE, &body.label, html.len(), programs)
}

fn kind<'a>((name, html): &'a (&'static str, String)) -> Case<'a> {
    case("other kinds of bodies", name, html.len(), redactors(std::slice::from_ref(html)))
}

fn many((name, bodies): &(String, Vec<String>)) -> Case<'_> {
    case(MANY, name, bodies.iter().map(String::len).sum(), redactors(bodies))
}

/// The programs that do the whole job, for one body after the other.
fn redactors(bodies: &[String]) -> Vec<Program<'_>> {
    let each = |redact: fn(&str) -> (String, String)| move || bodies.iter().map(|html| pair(redact(html))).sum();
    vec![
        program("blackbar", "all, checked", each(ours::redact)),
        program("html5ever + rcdom", "all, unchecked; rewrites the markup", each(rcdom::redact)),
        program("lol_html", "all, unchecked; masks by tree, not by range", each(lol::redact)),
    ]
}

fn plain(body: &Body) -> Case<'_> {
    let html = body.stored.as_str();
    let redaction = ours::redaction(&body.html);
    case(
        "plain text",
        &body.label,
        html.len(),
        vec![
            program("blackbar", "innerText of the standard", move || ours::plain_body(&redaction).len()),
            program("html5ever + rcdom", "text and line ends", move || rcdom::plain_text(html).len()),
            program("lol_html", "text and line ends", move || lol::plain_text(html).len()),
            program("tl", "text only, not decoded, no line ends", move || partial::tl_text(html).len()),
            program("html2text", "layout in 80 columns", move || partial::html2text_render(html).len()),
        ],
    )
}

fn strings<'a>(inputs: &'a Inputs, body: &'a Body) -> Case<'a> {
    let html = body.stored.as_str();
    let mask = inputs.masks[0].as_str();
    let mut programs = vec![
        program("blackbar", "all text, across tags and references; HTML and plain text", move || {
            pair(ours::strings(html, &[NEEDLE]))
        }),
        program("html5ever + rcdom", "within a text node; HTML and plain text", move || {
            pair(rcdom::strings(html, NEEDLE, mask))
        }),
        program("lol_html", "within a chunk, undecoded; HTML only", move || lol::strings(html, NEEDLE, mask).len()),
        program("str::replace", "raw bytes, attributes too; HTML only", move || html.replace(NEEDLE, mask).len()),
        program("regex", "raw bytes, attributes too; HTML only", move || inputs.needle.replace_all(html, mask).len()),
    ];
    let needles: Vec<&str> = inputs.needles.iter().map(String::as_str).collect();
    programs.push(program("blackbar (100)", "as above, 100 strings", move || pair(ours::strings(html, &needles))));
    programs.push(program("aho-corasick (100)", "raw bytes, 100 strings, built once; HTML only", move || {
        inputs.automaton.replace_all(html, &inputs.masks).len()
    }));
    case("one string", &body.label, html.len(), programs)
}

fn patterns<'a>(inputs: &'a Inputs, body: &'a Body) -> Case<'a> {
    let html = body.stored.as_str();
    case(
        "cards and email addresses",
        &body.label,
        html.len(),
        vec![
            program("blackbar", "checked numbers, across tags; HTML and plain text", move || {
                pair(ours::patterns(html, &inputs.detectors))
            }),
            program("regex (two)", "raw bytes, unchecked, attributes too; HTML only", move || {
                let once = inputs.patterns[0].replace_all(html, "▇▇▇▇");
                inputs.patterns[1].replace_all(&once, "▇▇▇▇").len()
            }),
            program("RegexSet", "says only whether there is one", move || inputs.set.matches(html).len()),
        ],
    )
}

fn chats<'a>(inputs: &'a Inputs, message: &'a data::Chat) -> Case<'a> {
    let (stored, marked) = (message.stored.as_str(), message.marked.as_str());
    let label = format!("chat, {} B", stored.len());
    case(
        "chat message",
        &label,
        stored.len(),
        vec![
            program("blackbar", "exact alignment", move || ours::chat(stored, marked)),
            program("dissimilar", "diff of characters", move || {
                chat::dissimilar_diff(stored, marked).map_or(0, |s| s.len())
            }),
            program("similar", "diff of characters", move || chat::similar_diff(stored, marked).map_or(0, |s| s.len())),
            program("regex", "tags by pattern; wrong if the message holds one", move || {
                chat::regex_replace(&inputs.tags, stored, marked).map_or(0, |s| s.len())
            }),
        ],
    )
}

fn case<'a>(job: &'static str, label: &str, bytes: usize, programs: Vec<Program<'a>>) -> Case<'a> {
    Case { job, input: label.to_owned(), bytes, programs }
}

fn program<'a>(name: &'static str, does: &'static str, run: impl Fn() -> usize + 'a) -> Program<'a> {
    Program { name, does, run: Box::new(run) }
}

fn pair((body, plain): (String, String)) -> usize {
    body.len() + plain.len()
}
