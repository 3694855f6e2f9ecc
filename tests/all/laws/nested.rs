//! Correctly nested bodies in every spelling that the standard allows, with marks to be put in.
//!
//! A body is built with stand-ins: a comment where a mark tag is to be, an attribute where `redact` is to be. A parser
//! keeps both in place, so a body can be parsed and written out anew before its marks are put in.

use super::choices::Choices;

const OPENING: &str = "<!--zqopening-->";
const CLOSING: &str = "<!--zqclosing-->";
const ATTRIBUTE: &str = " zqmark=\"\"";

/// A body with stand-ins for marks.
#[derive(Clone)]
pub struct Nested {
    pub body: String,
}

impl std::fmt::Debug for Nested {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "stored {:?} marked {:?}", without_marks(&self.body), with_marks(&self.body))
    }
}

/// A body with marks where the stand-ins are.
pub fn with_marks(body: &str) -> String {
    body.replace(OPENING, "<redact>").replace(CLOSING, "</redact>").replace(ATTRIBUTE, " redact=\"\"")
}

/// A body without its stand-ins.
pub fn without_marks(body: &str) -> String {
    body.replace(OPENING, "").replace(CLOSING, "").replace(ATTRIBUTE, "")
}

/// Builds a body out of a stream of bytes.
pub fn nested(bytes: &[u8]) -> Nested {
    let mut builder = Builder { choices: Choices::new(bytes), body: String::new(), depth: 0, marks: 0, in_form: false };
    builder.flow(true);
    for _ in 0..builder.marks {
        builder.body.push_str(CLOSING);
    }
    // Something is always marked.
    builder.body.push_str(OPENING);
    builder.body.push_str("zqend");
    builder.body.push_str(CLOSING);
    Nested { body: builder.body }
}

const TEXTS: [&str; 16] = [
    "word",
    " ",
    "two words",
    "&amp;",
    "&nbsp;",
    "\u{A0}",
    "a &lt; b > c < d \"e\"",
    "\r\n",
    "line\rline\n",
    "&#x1F469;&zwj;&#x1F4BB;",
    "&#65;&eacute;",
    "&fjlig;",
    "é漢",
    "fish & chips",
    "tab\t",
    "&quot;&apos;&copy; ",
];

const ATTRIBUTES: [&str; 10] = [
    " class=a",
    " CLASS='a b'",
    "  id = \"x\"",
    " title=\"a &amp; b &lt; &quot;\u{A0}'\"",
    " hidden",
    "\n\tdata-x='1' data-x='2'",
    " style=\"color: red; background: url('a')\"",
    " title='\r\n'",
    " title=a&amp;b&copy;",
    " Title=''",
];

const PHRASES: [&str; 12] =
    ["b", "I", "span", "a href=x", "font color=red", "code", "x-note", "sub", "q", "em", "u", "label"];
const BLOCKS: [&str; 8] = ["div", "DIV", "blockquote", "section", "center", "article", "fieldset", "address"];

struct Builder<'b> {
    choices: Choices<'b>,
    body: String,
    depth: usize,
    marks: usize,
    in_form: bool,
}

impl Builder<'_> {
    fn write(&mut self, text: &str) {
        self.body.push_str(text);
    }

    /// A start tag, in some spelling; `tag` may hold attributes.
    fn open(&mut self, tag: &str) {
        let (name, rest) = tag.split_once(' ').map_or((tag, String::new()), |(name, rest)| (name, format!(" {rest}")));
        self.write("<");
        match self.choices.below(3) {
            0 => self.write(&name.to_uppercase()),
            _ => self.write(name),
        }
        self.write(&rest);
        if self.choices.once_in(3) {
            let attribute = self.choices.pick(&ATTRIBUTES);
            self.write(attribute);
        }
        if self.choices.once_in(8) {
            self.write(ATTRIBUTE);
        }
        let end = self.choices.pick(&[">", ">", " >"]);
        self.write(end);
    }

    fn close(&mut self, tag: &str) {
        let name = tag.split(' ').next().unwrap_or(tag);
        let end = self.choices.pick(&[">", ">", " >", "\n>"]);
        self.write(&format!("</{name}{end}"));
    }

    /// An end tag that may be left out.
    fn close_perhaps(&mut self, tag: &str) {
        if self.choices.below(2) == 0 {
            self.close(tag);
        }
    }

    /// Places for marks and comments, which can stand between any two tags.
    fn between(&mut self) {
        match self.choices.below(8) {
            5 => {
                self.write(OPENING);
                self.marks += 1;
            }
            6 if self.marks > 0 => {
                self.write(CLOSING);
                self.marks -= 1;
            }
            7 => {
                let comment = self.choices.pick(&["<!-- a -->", "<!--a--!>", "<?b?>", "<!--\r\n-->", "<!-->", "</ c>"]);
                self.write(comment);
            }
            _ => {}
        }
    }

    fn text(&mut self) {
        for _ in 0..1 + self.choices.below(3) {
            let text = self.choices.pick(&TEXTS);
            self.write(text);
            self.between();
        }
        // What comes next must not join a reference or a line end.
        self.write(".");
    }

    /// White space that is no text of its own, between the parts of tables and lists.
    fn layout(&mut self) {
        let space = self.choices.pick(&["", "", "\n", "  ", "\r\n\t"]);
        self.write(space);
        self.between();
    }

    fn phrases(&mut self) {
        self.depth += 1;
        for _ in 0..self.choices.below(4) {
            self.between();
            match self.choices.below(9) {
                0..=3 => self.text(),
                4 if self.depth < 10 => {
                    let tag = self.choices.pick(&PHRASES);
                    // Links and buttons hold none of their kind.
                    if !(tag.starts_with("a ") && self.depth > 3) {
                        let tag = if tag.starts_with("a ") { "span" } else { tag };
                        self.open(tag);
                        self.phrases();
                        self.close(tag);
                    }
                }
                5 => {
                    let tag = self.choices.pick(&[
                        "<br>",
                        "<br/>",
                        "<BR />",
                        "<img src=a.png alt='b'>",
                        "<img src=\"a.png\"/>",
                        "<wbr>",
                        "<input value='&lt;'/>",
                    ]);
                    self.write(tag);
                }
                6 => self.ruby(),
                7 => {
                    let raw = self.choices.pick(&[
                        "<script>if (a<b && c) '</p>' \r\n</script>",
                        "<STYLE>a > b { c: \"&amp;\" }</STYLE>",
                        "<textarea>\n\na &amp; b</textarea>",
                        "<textarea>\r\n</textarea>",
                        "<textarea name=a>b\n</textarea >",
                        "<svg viewBox='0 0 1 1'><path d=x /><g><circle r=1></g><desc>t<b>u</b></desc></svg>",
                        "<svg><![CDATA[a < b &amp;]]><a xlink:href=x>y</a></svg>",
                        "<math><mi>x</mi><mo/><mrow><mn>1</mn></math>",
                        "<a href=\"x\">link</a>",
                        "<iframe src=x>a<b</iframe>",
                    ]);
                    self.write(raw);
                }
                _ => self.select(),
            }
        }
        self.depth -= 1;
    }

    /// Blocks and phrases, in an element that any block can stand in.
    fn flow(&mut self, is_root: bool) {
        self.depth += 1;
        for _ in 0..self.choices.below(if is_root { 8 } else { 4 }) {
            self.between();
            match self.choices.below(14) {
                0 | 1 => self.phrases(),
                2..=4 => {
                    self.open("p");
                    self.phrases();
                    // Without its end tag, what follows up to the next block is in it too.
                    self.close_perhaps("p");
                    self.layout();
                    let block =
                        self.choices.pick(&["<hr>", "<p>x</p>", "<ul><li></ul>", "<h3>x</h3>", "<table></table>"]);
                    self.write(block);
                }
                5 | 6 if self.depth < 8 => {
                    let tag = self.choices.pick(&BLOCKS);
                    self.open(tag);
                    self.flow(false);
                    self.paragraph_perhaps();
                    self.close(tag);
                }
                7 if self.depth < 8 => self.list(),
                8 if self.depth < 8 => self.descriptions(),
                9 | 10 if self.depth < 8 => self.table(),
                11 => {
                    self.open("pre");
                    let start = self.choices.pick(&["", "\n", "\r\n", "\n\n", "&#10;x", "x"]);
                    self.write(start);
                    self.write("y");
                    self.phrases();
                    self.close("pre");
                }
                12 => {
                    self.open("h2");
                    self.phrases();
                    self.close("h2");
                }
                13 if !self.in_form && self.depth < 8 => {
                    self.in_form = true;
                    self.open("form");
                    self.flow(false);
                    self.close("form");
                    self.in_form = false;
                }
                _ => {
                    let tag = self.choices.pick(&["<hr>", "<HR/>", "<hr />"]);
                    self.write(tag);
                }
            }
        }
        self.depth -= 1;
    }

    /// A paragraph that its parent's end tag may end.
    fn paragraph_perhaps(&mut self) {
        if self.choices.once_in(3) {
            self.open("p");
            self.phrases();
            self.between();
        }
    }

    fn list(&mut self) {
        let tag = self.choices.pick(&["ul", "ol start=2"]);
        self.open(tag);
        self.layout();
        for _ in 0..self.choices.below(4) {
            self.open("li");
            self.flow(false);
            self.paragraph_perhaps();
            self.close_perhaps("li");
            self.layout();
        }
        self.close(tag);
    }

    fn descriptions(&mut self) {
        self.open("dl");
        for _ in 0..self.choices.below(4) {
            let tag = self.choices.pick(&["dt", "dd"]);
            self.open(tag);
            self.flow(false);
            self.paragraph_perhaps();
            self.close_perhaps(tag);
            self.layout();
        }
        self.close("dl");
    }

    fn select(&mut self) {
        self.open("select");
        for _ in 0..self.choices.below(4) {
            let tag = self.choices.pick(&["option", "option", "optgroup label=a"]);
            self.open(tag);
            let text = self.choices.pick(&["a", "b &amp; c", ""]);
            self.write(text);
            self.between();
            self.close_perhaps(tag);
            if tag == "option" {
                self.layout();
            }
        }
        self.close("select");
    }

    fn ruby(&mut self) {
        self.write("<ruby>");
        for _ in 0..self.choices.below(4) {
            self.write("漢");
            let tag = self.choices.pick(&["rt", "rp"]);
            self.open(tag);
            self.write("x");
            self.between();
            self.close_perhaps(tag);
        }
        self.write("</ruby>");
    }

    fn table(&mut self) {
        self.open("table");
        self.layout();
        if self.choices.once_in(4) {
            self.open("caption");
            self.flow(false);
            self.paragraph_perhaps();
            self.close_perhaps("caption");
            self.layout();
        }
        match self.choices.below(5) {
            3 => self.write("<col span=2>"),
            4 => {
                self.open("colgroup");
                self.write("<col><col/>");
                self.close_perhaps("colgroup");
            }
            _ => {}
        }
        self.layout();
        for _ in 0..self.choices.below(3) {
            let group = self.choices.pick(&["", "tbody", "thead", "tfoot"]);
            if !group.is_empty() {
                self.open(group);
                self.layout();
            }
            for _ in 0..self.choices.below(3) {
                self.row();
            }
            if !group.is_empty() {
                self.close_perhaps(group);
                self.layout();
            }
        }
        self.close("table");
    }

    fn row(&mut self) {
        // Cells may follow without a row around them only where a row is implied.
        self.open("tr");
        self.layout();
        for _ in 0..self.choices.below(4) {
            let tag = self.choices.pick(&["td", "th", "td align=left"]);
            self.open(tag);
            self.flow(false);
            self.paragraph_perhaps();
            self.close_perhaps(tag);
            self.layout();
        }
        self.close_perhaps("tr");
        self.layout();
    }
}
