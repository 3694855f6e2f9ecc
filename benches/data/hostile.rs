//! Shapes that make a careless redactor quadratic, deep or huge, each as a function of its size in bytes.
//!
//! Every body begins with a mark, so that there is something to redact. Some are refused by the rules (an unclosed
//! `<style>` in SVG, say): then the refusal is what must be quick.

use super::Chat;

/// A named family of texts; `make(n)` is about `n` bytes long.
pub struct Shape<T> {
    pub name: &'static str,
    pub make: fn(usize) -> T,
}

/// HTML bodies.
pub const BODIES: &[Shape<String>] = &[
    // Depth and open elements.
    Shape { name: "div, nested and closed", make: |n| nested("<div>", "x", "</div>", n) },
    Shape { name: "div, open", make: |n| repeat("<div>", n) },
    Shape { name: "b, open", make: |n| repeat("<b>", n) },
    Shape { name: "b over p, open", make: |n| repeat("<b><p>", n) },
    Shape { name: "a with href, open", make: |n| repeat("<a href=1>", n) },
    Shape { name: "p, open", make: |n| repeat("<p>x", n) },
    Shape { name: "li, open", make: |n| repeat("<ul><li>x", n) },
    Shape { name: "table, open", make: |n| repeat("<table>", n) },
    Shape { name: "table in cell", make: |n| repeat("<table><tr><td>", n) },
    Shape { name: "rows", make: |n| around("<table>", "<tr><td>1<td>2", "</table>", n) },
    Shape { name: "options", make: |n| around("<select>", "<option>x", "</select>", n) },
    Shape { name: "svg, nested", make: |n| repeat("<svg><g>", n) },
    Shape { name: "svg and html by turns", make: |n| repeat("<svg><foreignObject><p>", n) },
    Shape { name: "math, nested", make: |n| repeat("<math><mi><b>", n) },
    Shape { name: "button, nested", make: |n| repeat("<button><p>", n) },
    Shape { name: "template, nested", make: |n| nested("<template>", "x", "</template>", n) },
    Shape { name: "noscript", make: |n| repeat("<noscript><i>x</i></noscript>", n) },
    // End tags that match nothing, or only far away.
    Shape { name: "stray end tags", make: |n| repeat("</b></p></table>", n) },
    Shape { name: "end tags of another name", make: |n| halves("<b>", "</i>", n) },
    Shape { name: "end tags crossed", make: |n| repeat("<b><i></b></i>", n) },
    Shape { name: "p under deep b", make: |n| halves("<b>", "<p>x</p>", n) },
    Shape { name: "br under deep b", make: |n| halves("<b>", "x<br>", n) },
    Shape { name: "unknown names", make: |n| numbered(|i| format!("<x{i}>"), n) },
    Shape { name: "unknown names, closed", make: |n| numbered(|i| format!("<x{i}></x{i}>"), n) },
    // Attributes.
    Shape { name: "many attributes", make: |n| around("<p ", "a=1 b c='2' ", ">", n) },
    Shape {
        name: "many distinct attributes",
        make: |n| format!("{MARK}<p {}>", numbered_bare(|i| format!("a{i}=1 "), n)),
    },
    Shape { name: "one long attribute", make: |n| around("<p title=\"", "&amp;<b>", "\">", n) },
    Shape { name: "attribute never closed", make: |n| around("<p title=\"", "<b>", "", n) },
    Shape { name: "redact in one tag", make: |n| around("<p ", "redact ", ">", n) },
    Shape { name: "redact on many", make: |n| repeat("<b redact>x</b>", n) },
    Shape { name: "redact nested", make: |n| nested("<b redact>", "x", "</b>", n) },
    Shape { name: "redact open", make: |n| repeat("<i redact>", n) },
    Shape { name: "redact on p, open", make: |n| repeat("<p redact>x", n) },
    Shape { name: "redact on a, open", make: |n| repeat("<a redact>x", n) },
    Shape { name: "redact on img", make: |n| repeat("<img redact>", n) },
    Shape { name: "redact on video, nested", make: |n| nested("<video redact>", "x", "</video>", n) },
    Shape { name: "redact on svg", make: |n| repeat("<svg redact><g></g></svg>", n) },
    // Starts that come to nothing.
    Shape { name: "less-than signs", make: |n| repeat("<", n) },
    Shape { name: "end tag openings", make: |n| repeat("</", n) },
    Shape { name: "tags cut off", make: |n| repeat("<a ", n) },
    Shape { name: "comment openings", make: |n| repeat("<!--", n) },
    Shape { name: "comments", make: |n| repeat("<!-->", n) },
    Shape { name: "comment dashes", make: |n| around("<!--", "--!-", "-->", n) },
    Shape { name: "bogus comments", make: |n| repeat("<!x><?y></ z>", n) },
    Shape { name: "doctypes", make: |n| repeat("<!doctype html>", n) },
    Shape { name: "empty end tags", make: |n| repeat("</>", n) },
    Shape { name: "one long name", make: |n| around("<a", "aaaaaaaa", ">", n) },
    Shape { name: "near-marks", make: |n| repeat("<redactx", n) },
    // Character references.
    Shape { name: "ampersands", make: |n| repeat("&", n) },
    Shape { name: "references", make: |n| repeat("&amp;&#65;&nbsp", n) },
    Shape { name: "marked references", make: |n| marked("&amp;&#x1F469;&zwj;&#x1F4BB;", n) },
    Shape { name: "marked ampersands", make: |n| marked("&", n) },
    Shape { name: "marked reference-like names", make: |n| marked("&CounterClockwiseContourIntegra ", n) },
    Shape { name: "one long reference-like name", make: |n| around("<redact>&", "aaaaaaaa", "</redact>", n) },
    Shape { name: "one long number", make: |n| around("<redact>&#", "66666666", ";</redact>", n) },
    // Marks.
    Shape { name: "marks", make: |n| repeat("<redact>x</redact>", n) },
    Shape { name: "marks between text", make: |n| repeat("a<redact>x</redact>", n) },
    Shape { name: "marks over inline tags", make: |n| repeat("<redact>x<b></redact>y</b>", n) },
    Shape { name: "marks over paragraphs", make: |n| repeat("<p>a<redact>b</p><p>c</redact>d</p>", n) },
    Shape { name: "marks, nested", make: |n| nested("<redact>", "x", "</redact>", n) },
    Shape { name: "marks, open", make: |n| repeat("<redact>x", n) },
    Shape { name: "one mark over tags", make: |n| marked("<b>x</b>", n) },
    Shape { name: "one mark over unknown tags", make: |n| marked("<x>y</x>", n) },
    Shape { name: "one mark over comments", make: |n| marked("<!--x-->y", n) },
    Shape { name: "one mark over rows", make: |n| marked("<table><tr> <td>x</td> </tr></table>", n) },
    Shape { name: "one mark over space", make: |n| marked(" \n", n) },
    Shape { name: "one mark over carriage returns", make: |n| marked("\r", n) },
    Shape { name: "one mark over letters", make: |n| marked("letters ", n) },
    Shape { name: "seams", make: |n| repeat("&<i redact>a</i>mp;<<b redact>x</b>", n) },
    // Copies of what goes, for the leak audit.
    Shape {
        name: "copies in one address",
        make: |n| around("<redact>secretword</redact><a href=\"/", "secretword/", "\">", n),
    },
    Shape {
        name: "copies in one attribute",
        make: |n| around("<redact>secretword</redact><p title=\"", "secretword ", "\">", n),
    },
    // Grapheme clusters.
    Shape { name: "one cluster, marked", make: |n| marked("\u{301}", n) },
    Shape { name: "one cluster, mark at its start", make: |n| around("<redact>a</redact>", "\u{301}", "", n) },
    Shape { name: "variation selectors", make: |n| around("<redact>a</redact>", "\u{FE0F}", "", n) },
    Shape { name: "one cluster over marks", make: |n| repeat("<redact>\u{301}</redact>\u{301}", n) },
    Shape { name: "flags, marked", make: |n| marked("\u{1F1E6}\u{1F1FF}", n) },
    Shape { name: "flags, every other marked", make: |n| repeat("\u{1F1E6}<redact>\u{1F1FF}</redact>", n) },
    Shape { name: "joined emoji, marked", make: |n| marked("\u{1F469}\u{200D}", n) },
    Shape { name: "conjuncts, marked", make: |n| marked("\u{915}\u{94D}", n) },
    // Raw text.
    Shape { name: "style, open", make: |n| around("<style>", "</styl", "", n) },
    Shape { name: "script, open", make: |n| around("<script>", "<!--<script>", "", n) },
    Shape { name: "scripts", make: |n| repeat("<script>x</script>", n) },
    Shape { name: "textarea, open", make: |n| around("<textarea>", "</texta&amp;", "", n) },
    Shape { name: "title, marked", make: |n| around("<redact><title>", "x&amp;", "</title></redact>", n) },
    Shape { name: "plaintext", make: |n| around("<plaintext>", "</plaintext><b>", "", n) },
    Shape { name: "style in svg", make: |n| repeat("<svg><style></style></svg>", n) },
    Shape { name: "style in svg, open", make: |n| repeat("<svg><style>", n) },
    Shape { name: "cdata", make: |n| around("<svg>", "<![CDATA[x]]>", "</svg>", n) },
    Shape { name: "cdata openings", make: |n| repeat("<![CDATA[", n) },
    Shape { name: "nul", make: |n| repeat("\0", n) },
    // Plain text.
    Shape { name: "line breaks", make: |n| repeat("<br>", n) },
    Shape { name: "spaces", make: |n| repeat(" ", n) },
    Shape { name: "spaces over tags", make: |n| repeat(" <b> </b>", n) },
    Shape { name: "pre", make: |n| repeat("<pre>\n x</pre>", n) },
    Shape { name: "hidden", make: |n| repeat("<p hidden>x</p>", n) },
];

/// Chat messages with their marked copies.
pub const CHATS: &[Shape<Chat>] = &[
    Shape { name: "literal tags apart", make: |n| literal("a<redact>", n) },
    Shape { name: "literal pairs", make: |n| literal("a<redact>b</redact>", n) },
    Shape { name: "literal tags side by side", make: |n| literal("<redact>", n) },
    Shape { name: "literal end tags", make: |n| literal("</redact>a", n) },
    Shape {
        name: "marks",
        make: |n| Chat { stored: "ab".repeat(n / 19), marked: "a<redact>b</redact>".repeat(n / 19) },
    },
    Shape {
        name: "marks, nested",
        make: |n| {
            let depth = n / 17;
            let marked = format!("{}x{}", "<redact>".repeat(depth), "</redact>".repeat(depth));
            Chat { stored: "x".to_owned(), marked }
        },
    },
    Shape {
        name: "marks around literal tags",
        make: |n| Chat {
            stored: "a<redact>b</redact>c".repeat(n / 37),
            marked: "a<redact>b</redact><redact>c</redact>".repeat(n / 37),
        },
    },
    Shape {
        name: "another line end at the end",
        make: |n| Chat { stored: "a\r\n".repeat(n / 3), marked: format!("{}a\n{MARK}", "a\r\n".repeat(n / 3)) },
    },
    Shape {
        name: "nothing alike",
        make: |n| Chat { stored: "a\u{301} ".repeat(n / 4), marked: format!("{MARK}{}", "\u{e1}&amp;".repeat(n / 7)) },
    },
    Shape {
        name: "combining marks",
        make: |n| Chat {
            stored: format!("a{}", "\u{301}".repeat(n / 2)),
            marked: format!("<redact>a</redact>{}", "\u{301}".repeat(n / 2)),
        },
    },
];

/// Plain text without marks, for strings and patterns; [`PREFIX_NEEDLES`] find it hard.
pub const TEXTS: &[Shape<String>] = &[
    Shape { name: "a", make: |n| bare("a", n) },
    Shape { name: "ab", make: |n| bare("ab", n) },
    Shape { name: "digits", make: |n| bare("4111111111111111", n) },
    Shape { name: "digits and spaces", make: |n| bare("4111 ", n) },
    Shape { name: "digits and dashes", make: |n| bare("4-", n) },
    Shape { name: "at signs", make: |n| bare("@", n) },
    Shape { name: "a@", make: |n| bare("a@", n) },
    Shape { name: "dots", make: |n| bare(".", n) },
    Shape { name: "a.", make: |n| bare("a.", n) },
    Shape { name: "1.", make: |n| bare("1.", n) },
    Shape { name: "colons", make: |n| bare(":", n) },
    Shape { name: "f:", make: |n| bare("f:", n) },
    Shape { name: "plus signs", make: |n| bare("+1 (", n) },
    Shape { name: "http", make: |n| bare("http://", n) },
    Shape { name: "iban", make: |n| bare("DE89 3704 ", n) },
    Shape { name: "soft hyphens", make: |n| bare("a\u{ad}", n) },
    Shape { name: "zero-width spaces", make: |n| bare("\u{200b}", n) },
    Shape { name: "spaces", make: |n| bare(" ", n) },
    Shape { name: "references", make: |n| bare("&#52;&shy;", n) },
    Shape { name: "inline tags", make: |n| bare("4<b>1</b>", n) },
];

/// Needles whose beginnings the [`TEXTS`] are full of.
pub const PREFIX_NEEDLES: &[&str] = &["aaaaaaaaaaaaaaab", "abababababababac", "4111 4111 4111 4112", "a a a b", "aa"];

const MARK: &str = "<redact>x</redact>";

fn bare(unit: &str, n: usize) -> String {
    unit.repeat((n / unit.len()).max(1))
}

fn repeat(unit: &str, n: usize) -> String {
    around("", unit, "", n)
}

fn around(before: &str, unit: &str, after: &str, n: usize) -> String {
    format!("{MARK}{before}{}{after}", bare(unit, n))
}

fn marked(unit: &str, n: usize) -> String {
    around("<redact>", unit, "</redact>", n)
}

fn nested(open: &str, inner: &str, close: &str, n: usize) -> String {
    let depth = n / (open.len() + close.len());
    format!("{MARK}{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

fn halves(first: &str, second: &str, n: usize) -> String {
    format!("{MARK}{}{}", bare(first, n / 2), bare(second, n / 2))
}

fn numbered(unit: impl Fn(usize) -> String, n: usize) -> String {
    format!("{MARK}{}", numbered_bare(unit, n))
}

fn numbered_bare(unit: impl Fn(usize) -> String, n: usize) -> String {
    let mut out = String::with_capacity(n + 16);
    for i in 0.. {
        if out.len() >= n {
            break;
        }
        out.push_str(&unit(i));
    }
    out
}

fn literal(unit: &str, n: usize) -> Chat {
    let text = bare(unit, n);
    Chat { stored: format!("{text}x"), marked: format!("{text}{MARK}") }
}
