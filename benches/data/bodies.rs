//! Comments, mails, chat messages and plain text of a given size.

use std::fmt::Write;

use super::Random;
use super::words::{EMAIL, NEEDLE, plain_sentence, secret, sentence};

/// Bytes of body for each mark: an agent takes out a name here and a number there, not every other word.
const BYTES_A_MARK: usize = 1_500;

const MEGABYTE: usize = 1_000_000;

/// A help-desk comment of about `size` bytes as its editor writes it, with marks; from 1 kB on also a marked link.
pub fn comment(size: usize) -> String {
    comment_from(1, size)
}

/// A megabyte of comments of about `size` bytes, no two alike; the first is [`comment`].
pub fn comments(size: usize) -> Vec<String> {
    (1..).map(|seed| comment_from(seed, size)).take(MEGABYTE.div_ceil(size)).collect()
}

fn comment_from(seed: u64, size: usize) -> String {
    let random = &mut Random::new(seed);
    let mut out = String::with_capacity(size + 600);
    if size < 150 {
        out.push_str("<div class=\"zd-comment\" dir=\"auto\">My ID is <redact>847564</redact>, ok?</div>");
        return out;
    }
    out.push_str("<div class=\"zd-comment\" dir=\"auto\">");
    if size >= 1_000 {
        out.push_str(
            "<p dir=\"auto\">See <a href=\"https://shop.example.com/orders/10294?view=all&amp;tab=2\" \
            target=\"_blank\" rel=\"noopener noreferrer\" redact><redact>order 10294</redact></a> please.</p>",
        );
    }
    let mut marks = Marks::default();
    let mut signature_at = 500;
    while out.len() + 60 < size {
        let left = size - out.len();
        let paragraph = (40 + random.below(160)).min(left - 30);
        match random.below(12) {
            0 => {
                out.push_str("<ul>\n");
                for _ in 0..1 + paragraph / 60 {
                    out.push_str("<li dir=\"auto\">");
                    sentence(&mut out, 36, random);
                    marks.place(&mut out, random);
                    out.push_str("</li>\n");
                }
                out.push_str("</ul>");
            }
            1 => {
                out.push_str("<blockquote><p dir=\"auto\">");
                sentence(&mut out, paragraph, random);
                marks.place(&mut out, random);
                out.push_str("</p></blockquote>");
            }
            2 if out.len() > signature_at => {
                out.push_str(SIGNATURE);
                signature_at = out.len() + 2_000;
            }
            _ => {
                out.push_str("<p dir=\"auto\">");
                sentence(&mut out, paragraph / 2, random);
                marks.place(&mut out, random);
                inline(&mut out, random);
                sentence(&mut out, paragraph / 2, random);
                out.push_str("</p>\n");
            }
        }
    }
    if marks.placed == 0 {
        out.push_str("<redact>847564</redact>");
    }
    out.push_str("</div>");
    out
}

/// A mail of about `size` bytes as a desktop client writes it: style sheet, conditional comments, nested tables with
/// inline styles, `o:p`, an image, and below it the quoted replies; with marks.
pub fn mail(size: usize) -> String {
    mail_from(2, size)
}

/// A megabyte of mails of about `size` bytes, no two alike; the first is [`mail`].
pub fn mails(size: usize) -> Vec<String> {
    (2..).map(|seed| mail_from(seed, size)).take(MEGABYTE.div_ceil(size)).collect()
}

fn mail_from(seed: u64, size: usize) -> String {
    let random = &mut Random::new(seed);
    let mut out = String::with_capacity(size + 2_000);
    out.push_str(MAIL_HEAD);
    let mut marks = Marks::default();
    let mut depth = 0;
    while out.len() + 600 < size {
        match random.below(8) {
            0..3 => mail_paragraph(&mut out, random, &mut marks),
            3..6 => mail_table(&mut out, random, &mut marks),
            6 => out.push_str(BUTTON),
            _ if depth < 4 => {
                out.push_str(QUOTE);
                depth += 1;
            }
            _ => mail_paragraph(&mut out, random, &mut marks),
        }
    }
    mail_paragraph(&mut out, random, &mut marks);
    out.push_str("<p class=MsoNormal><redact>Maja Brandt</redact><o:p></o:p></p>\n");
    (0..depth).for_each(|_| out.push_str("</div></blockquote>\n"));
    out.push_str("</div>\n");
    out
}

/// A stored chat message and the copy of it that came back with marks.
pub struct Chat {
    pub stored: String,
    pub marked: String,
}

/// A chat message of about `size` bytes. It talks of markup, so it holds literal tags, also a literal `<redact>`.
pub fn chat(size: usize) -> Chat {
    let random = &mut Random::new(3);
    let mut marked = String::with_capacity(size + 200);
    let mut stored = String::with_capacity(size + 200);
    let mut literal_at = 1_500;
    loop {
        let start = marked.len();
        plain_sentence(&mut marked, 180.min(size / 3), random);
        stored.push_str(&marked[start..]);
        let secret = secret(random);
        write!(marked, "<redact>{secret}</redact>").expect("a string takes it");
        stored.push_str(secret);
        if stored.len() > literal_at {
            literal_at *= 2;
            for text in [&mut marked, &mut stored] {
                text.push_str(" and the tag <b>redact</b> or <redact> does nothing\n");
            }
        }
        for text in [&mut marked, &mut stored] {
            text.push_str(" ok");
        }
        if stored.len() + 200 > size {
            return Chat { stored, marked };
        }
    }
}

/// Plain text of about `size` bytes without any mark; [`NEEDLE`] and [`EMAIL`] stand in it about once in 2 kB.
pub fn text(size: usize) -> String {
    let random = &mut Random::new(4);
    let mut out = String::with_capacity(size + 200);
    while out.len() + 120 < size {
        plain_sentence(&mut out, 60 + random.below(120), random);
        if random.one_in(16) {
            write!(out, "{NEEDLE} or {EMAIL}").expect("a string takes it");
        }
        out.push('\n');
    }
    out.push_str(NEEDLE);
    out
}

/// Places a mark whenever [`BYTES_A_MARK`] bytes have gone by, and the needle whenever 2 kB have.
#[derive(Default)]
struct Marks {
    placed: usize,
    needles: usize,
}

impl Marks {
    fn place(&mut self, out: &mut String, random: &mut Random) {
        if out.len() >= self.placed * BYTES_A_MARK {
            let secret = secret(random);
            write!(out, "<redact>{secret}</redact> ").expect("a string takes it");
            self.placed += 1;
        }
        if out.len() >= (self.needles + 1) * 2_000 {
            write!(out, "{NEEDLE} ").expect("a string takes it");
            self.needles += 1;
        }
    }
}

fn inline(out: &mut String, random: &mut Random) {
    match random.below(8) {
        0 => out.push_str("<strong>very important</strong> "),
        1 => out.push_str("<a href=\"https://help.example.com/articles/1001\">this article</a> "),
        2 | 5 => out.push_str("<br>"),
        3 => out.push_str("<em>today</em>,<br />"),
        4 => write!(out, "<a href=\"mailto:{EMAIL}\">{EMAIL}</a> ").expect("a string takes it"),
        _ => {}
    }
}

fn mail_paragraph(out: &mut String, random: &mut Random, marks: &mut Marks) {
    out.push_str(
        "<p class=MsoNormal style='margin:0cm 0cm 8.0pt 0cm;line-height:115%'>\
        <span lang=EN-US style=\"font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif;color:#1F497D\">",
    );
    sentence(out, 80 + random.below(260), random);
    marks.place(out, random);
    out.push_str("</span><span style=\"font-size:11.0pt;color:black\">");
    sentence(out, 20 + random.below(80), random);
    out.push_str("<o:p></o:p></span></p>\n");
}

fn mail_table(out: &mut String, random: &mut Random, marks: &mut Marks) {
    out.push_str(
        "<table class=\"content\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
        align=\"center\" style=\"width:450.0pt;border-collapse:collapse\">\n  <tbody>\n",
    );
    for _ in 0..1 + random.below(3) {
        out.push_str("    <tr style=\"mso-yfti-irow:0;height:22.5pt\">\n");
        for _ in 0..2 + random.below(2) {
            out.push_str(
                "      <td width=\"200\" valign=\"top\" style=\"padding:6px 12px;\
                border-bottom:1px solid #e1e1e1;font-family:Arial,Helvetica,sans-serif;font-size:13px\"><b>",
            );
            sentence(out, 12, random);
            out.push_str("</b>&nbsp;");
            sentence(out, 24, random);
            marks.place(out, random);
            out.push_str("</td>\n");
        }
        out.push_str("    </tr>\n");
    }
    out.push_str("  </tbody>\n</table>\n");
}

const SIGNATURE: &str = "<p dir=\"auto\">Best regards,<br>Sam<br><strong>Example Shop</strong> &amp; Co<br>\n\
    <a href=\"https://shop.example.com\" rel=\"noopener noreferrer\">shop.example.com</a>&nbsp;|&nbsp;+1 555 0199</p>";

const MAIL_HEAD: &str = "<div class=\"zd-comment\"><style><!--\n/* Style Definitions */\n\
    p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:\"Calibri\",sans-serif;}\n\
    a:link {color:#0563C1; text-decoration:underline;}\n@page WordSection1 {size:612.0pt 792.0pt; \
    margin:70.85pt 70.85pt 2.0cm 70.85pt;}\n--></style><!--[if gte mso 9]><xml>\n<o:shapedefaults v:ext=\"edit\" \
    spidmax=\"1026\" />\n</xml><![endif]-->\n<p class=MsoNormal>Dear <redact>Tomás Ibáñez</redact>,<o:p></o:p></p>\n";

const BUTTON: &str = "<!--[if mso]><table role=\"presentation\"><tr><td style=\"padding:0 20px\"><![endif]-->\
    <div style=\"text-align:center;padding:16px 0\"><a href=\"https://shop.example.com/track?id=10294&amp;\
    utm_source=mail&amp;utm_medium=button\" style=\"background:#2f6fde;color:#ffffff;display:inline-block;\
    border-radius:4px;padding:10px 24px;text-decoration:none\">Track your parcel</a>\
    <img src=\"https://img.example.com/pixel.gif?u=77&amp;v=1\" width=\"1\" height=\"1\" alt=\"\" \
    style=\"display:block\"></div><!--[if mso]></td></tr></table><![endif]-->\n";

const QUOTE: &str = "<blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;\
    padding-left:1ex\"><div dir=\"ltr\"><p class=MsoNormal><b>From:</b> Support &lt;support@example.com&gt;<br>\
    <b>Sent:</b> Monday 09:14<br><b>To:</b> <redact>Maja Brandt</redact><br><b>Subject:</b> RE: your order\
    <o:p></o:p></p>\n";
