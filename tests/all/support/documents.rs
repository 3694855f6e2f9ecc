//! Documents made of bytes: what a byte means depends on what is open, so that any bytes make a document whose tags
//! stand in the order of its tree. End tags that HTML implies are left out at times.

/// The document that `bytes` stand for.
pub fn document(bytes: &[u8]) -> String {
    let mut writer = Writer { html: String::new(), open: Vec::new() };
    for pair in bytes.chunks(2) {
        writer.step(pair[0], pair.get(1).copied().unwrap_or(0));
    }
    while !writer.open.is_empty() {
        writer.end(true);
    }
    writer.html
}

/// Tags in any order, but none that make a tree builder move nodes: no formatting elements, no tables. Nothing of SVG
/// or MathML that holds HTML, either: html5ever does not count it as special.
pub fn tangle(bytes: &[u8]) -> String {
    tags(bytes, TANGLED)
}

/// The same of few elements, the usual ones and what they do not end at.
pub fn blocks(bytes: &[u8]) -> String {
    tags(bytes, BLOCKS)
}

fn tags(bytes: &[u8], elements: &[&str]) -> String {
    let mut html = String::new();
    for pair in bytes.chunks(2) {
        let which = usize::from(pair.get(1).copied().unwrap_or(0));
        let tag = elements[which % elements.len()];
        let name = tag.split(' ').next().unwrap_or_default();
        match pair[0] % 8 {
            0..=2 => html.push_str(&format!("<{tag}>")),
            3..=5 => html.push_str(&format!("</{name}>")),
            6 => html.push_str(VOID[which % VOID.len()]),
            _ => html.push_str(TEXTS[which % TEXTS.len()]),
        }
    }
    html
}

struct Writer {
    html: String,
    open: Vec<&'static str>,
}

impl Writer {
    fn step(&mut self, what: u8, which: u8) {
        let parent = self.open.last().copied().unwrap_or("");
        match parent {
            "table" => {
                return self.begin(pick(&["tbody", "thead", "tfoot", "tr", "caption", "tr hidden"], what, which));
            }
            "tbody" | "thead" | "tfoot" => {
                return self.begin(pick(
                    &["tr", "tr", "tr hidden", "tr hidden=until-found", "tr popover"],
                    what,
                    which,
                ));
            }
            "tr" => return self.begin(pick(&["td", "th", "td", "td hidden", "td nowrap"], what, which)),
            "select" | "optgroup" if !what.is_multiple_of(4) => {
                return self.begin(pick(&["option", "optgroup"], what, which));
            }
            "textarea" | "title" | "script" | "style" | "xmp" | "iframe" => {
                self.html.push_str(TEXTS[usize::from(which) % TEXTS.len()]);
                return self.end(true);
            }
            _ => {}
        }
        match what % 16 {
            0..=4 => self.html.push_str(TEXTS[usize::from(which) % TEXTS.len()]),
            5..=9 => self.begin(ELEMENTS[usize::from(which) % ELEMENTS.len()]),
            10 => {
                let tag = VOID[usize::from(which) % VOID.len()];
                // A template that nothing has begun in ignores end tags.
                if tag != "</br>" || !self.open.contains(&"template") {
                    self.html.push_str(tag);
                }
            }
            _ => self.end(!which.is_multiple_of(3)),
        }
    }

    fn begin(&mut self, tag: &'static str) {
        if tag.is_empty() {
            return self.end(true);
        }
        let name = tag.split(' ').next().unwrap_or_default();
        let parent = self.open.last().copied().unwrap_or("");
        // A form or button does not stand in another one.
        if matches!(name, "form" | "button" | "select" | "a" | "nobr") && self.open.contains(&name) {
            return;
        }
        // A formatting element that something else ends begins again where text follows.
        let is_formatting = |name: &&str| matches!(*name, "b" | "i" | "u" | "a");
        if self.open.iter().any(is_formatting) && !matches!(name, "span" | "x-y" | "o:p" | "label" | "b" | "i" | "u") {
            return;
        }
        // Outside of tables a cell is ignored.
        if name == "td" && parent != "tr" && (self.open.contains(&"table") || self.open.contains(&"template")) {
            return;
        }
        self.html.push_str(&format!("<{tag}>"));
        self.open.push(name);
    }

    /// Ends the innermost element. Its end tag is written where HTML needs it, and elsewhere if `writes`.
    fn end(&mut self, writes: bool) {
        let Some(name) = self.open.pop() else { return };
        let parent = self.open.last().copied().unwrap_or("");
        let is_implied = matches!(name, "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption")
            || (matches!(name, "li" | "dd" | "dt") && matches!(parent, "ul" | "ol" | "dl"))
            || (name == "p" && matches!(parent, "div" | "td" | "li"))
            || (name == "option" && matches!(parent, "select" | "optgroup"));
        if writes || !is_implied {
            self.html.push_str(&format!("</{name}>"));
        } else if matches!(parent, "table" | "tbody" | "thead" | "tfoot" | "tr") {
            self.html.push_str(" \n");
        }
    }
}

/// An element of a part of a table, or nothing so that the part ends.
fn pick(elements: &[&'static str], what: u8, which: u8) -> &'static str {
    if what.is_multiple_of(4) { "" } else { elements[usize::from(which) % elements.len()] }
}

const ELEMENTS: &[&str] = &[
    "p",
    "div",
    "b",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "pre",
    "td",
    "h1",
    "h2",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "i",
    "button",
    "select",
    "option",
    "optgroup",
    "details",
    "details open",
    "summary",
    "ruby",
    "rt",
    "rp",
    "rb",
    "rtc",
    "svg",
    "math",
    "textarea",
    "title",
    "script",
    "style",
    "xmp",
    "iframe",
    "noscript",
    "form",
    "fieldset",
    "legend",
    "dialog",
    "dialog open",
    "div hidden",
    "span hidden",
    "o:p",
    "x-y",
    "object",
    "marquee",
    "canvas",
    "audio controls",
    "audio",
    "video",
    "meter",
    "a",
    "listing",
    "table hidden",
    "center",
    "label",
    "datalist",
    "template",
    "address",
    "header",
    "section",
    "table",
    "p",
    "p",
    "div",
    "pre",
    "u",
    "span hidden=until-found",
    "table hidden=until-found",
    "button hidden=until-found",
    "div hidden=until-found",
    "select hidden=until-found",
    "q hidden=until-found",
    "div popover",
    "span popover",
    "dialog open popover",
];

const TANGLED: &[&str] = &[
    "p", "div", "li", "ul", "dd", "dt", "h1", "h2", "span", "x-y", "ruby", "rt", "rp", "rb", "rtc", "option",
    "optgroup", "select", "button", "form", "object", "details", "summary", "pre", "noscript", "section", "svg",
    "math", "text", "g", "address", "span hidden", "dialog", "legend", "td", "tr", "hr", "listing", "ol", "article",
    "x-z", "audio", "canvas", "p", "div", "span", "mrow", "body", "head", "html", "caption", "marquee", "datalist",
];

const BLOCKS: &[&str] =
    &["p", "p", "div", "li", "li", "li hidden", "ul", "div hidden", "noscript", "pre", "h1", "dd", "object", "span"];

const VOID: &[&str] = &[
    "<br>",
    "<br/>",
    "<hr>",
    "<img src=x>",
    "<input>",
    "<input type=HIDDEN>",
    "<wbr>",
    "<!-- c -->",
    "<img hidden>",
    "</x>",
    "<!doctype html>",
    "<br hidden>",
    "<br hidden=until-found>",
    "<img hidden=until-found>",
    "</br>",
    "<link>",
    "<meta>",
    "<embed hidden>",
    "<image>",
];

const TEXTS: &[&str] = &[
    "a",
    " ",
    "\n",
    "b c",
    " d ",
    "  e\t\nf  ",
    "&nbsp;",
    "&amp;lt;",
    "\r\n",
    "&#10;",
    "&#13;",
    "\u{A0}",
    "é",
    "one two three four five six seven eight nine ten",
    "&#32;",
    "&copy",
    "\t",
    "x &lt; y &gt; z",
    "\u{1F469}",
    " &#32; g",
    "\u{C}",
    "h\u{B}",
    "the quick brown fox  jumps over the lazy dog \u{A0} & more",
    "\0",
    "a\0 ",
    "i\n",
];
