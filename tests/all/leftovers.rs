//! Nothing that was removed is left in a record (rule C86): where it is found, and what is none of it.

use blackbar::records::*;
use blackbar::{Policy, Redactor, Whitespace};
use serde_json::{Value, json};

/// What becomes of a comment of which `html` is the body, with `removed` marked before it, and `more` the other fields.
fn redact(removed: &str, html: &str, more: Value) -> Result<(), RecordError> {
    redact_marked(format!("<p>{removed}</p>{html}"), format!("<p><redact>{removed}</redact></p>{html}"), more)
}

/// The same of a comment whose body is `stored`, with its links marked by the attribute.
fn redact_links(stored: &str, more: Value) -> Result<(), RecordError> {
    redact_marked(stored.to_owned(), stored.replace("<a ", "<a redact "), more)
}

pub fn redact_marked(stored: String, marked: String, more: Value) -> Result<(), RecordError> {
    let mut record = json!({"id": 1, "html_body": stored});
    let fields = record.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    let record = Comment::from_value(record).expect("a comment");
    RecordRedactor::default().comment(&record, &CommentRedaction::new(1).html_body(marked)).map(|_| ())
}

/// A field of its own that holds `value`.
pub fn note(value: impl Into<Value>) -> Value {
    json!({"note": value.into()})
}

#[track_caller]
pub fn left(removed: &str, html: &str, more: Value) {
    let Err(error) = redact(removed, html, more.clone()) else { panic!("not found: {removed} {html} {more}") };
    assert_eq!(error, RecordError::LeftInRecord { count: 1 }, "{removed} {html} {more}");
}

#[track_caller]
pub fn gone(removed: &str, html: &str, more: Value) {
    assert_eq!(redact(removed, html, more.clone()), Ok(()), "{removed} {html} {more}");
}

/// Read as attributes, each of these texts would go on to the end: every quote that it opens ends in the next tag.
#[test]
fn texts_full_of_quotes_take_no_time() {
    gone("847564", "", note("a\" z=\"<i b='\" y=\"'>".repeat(40_000)));
    left("847564", "", note("a\" z=\"<i b='\" y=\"'>".repeat(40_000) + "<!-- <a href=\"8475&#54;4\"> -->"));
    left("847564", "", note("<img alt=\"8475&#54;4\" src"));
}

/// Some mail programs show what others take for a comment.
#[test]
fn comments_in_other_fields_are_read_as_html_too() {
    for (start, end) in [("<!-- ", " -->"), ("<!--[if mso]><p>", "<![endif]-->"), ("<![CDATA[", "]]>"), ("<?o ", "?>")]
    {
        left("Jane Doe", "", note(format!("{start}Jane&nbsp;Doe{end}")));
    }
    left("Jane Doe", "", note("&lt;!-- Jane&amp;nbsp;Doe --&gt;<!-- Jane <b>D</b>oe -->"));
    gone("JaneDoe", "", note("<!-- Jane --> Doe<!--Jane<br>Doe--><!></><!--><!é></ é><!"));
}

/// White space that is kept parts what was removed, and the parts may be too short to be searched for.
#[test]
fn what_is_removed_in_parts_is_found_as_one() {
    let html = "<p>pin 411 122 233</p><pre>Jo\nDoe\nLu</pre>";
    for whitespace in [Whitespace::Keep, Whitespace::KeepLineEnds, Whitespace::Mask] {
        let redactor = Redactor::new(Policy::default().whitespace(whitespace)).expect("a good policy");
        let redactor = RecordRedactor::new(redactor);
        for (marked, copy) in [
            ("<p>pin <redact>411 122 233</redact></p><pre>Jo\nDoe\nLu</pre>", "call 411 122 233"),
            ("<p>pin 411 122 233</p><pre><redact>Jo\nDoe\nLu</redact></pre>", "by Jo Doe Lu"),
        ] {
            let record = json!({"id": 1, "html_body": html, "metadata": {"custom": copy}});
            let record = Comment::from_value(record).expect("a comment");
            let found = redactor.comment(&record, &CommentRedaction::new(1).html_body(marked));
            assert_eq!(found.expect_err("it is in the metadata"), RecordError::LeftInRecord { count: 1 }, "{copy}");
        }
    }
}

/// Words of one mark are one text; those of marks of their own are searched by themselves.
#[test]
fn words_of_marks_of_their_own_are_found_alone() {
    let redactor = Redactor::new(Policy::default().whitespace(Whitespace::Keep)).expect("a good policy");
    let redactor = RecordRedactor::new(redactor);
    let record = json!({"id": 1, "html_body": "<p>meet with Jonesey</p>", "note": "with"});
    let record = Comment::from_value(record).expect("a comment");
    let one = CommentRedaction::new(1).html_body("<p><redact>meet with Jonesey</redact></p>");
    let outcome = redactor.comment(&record, &one).expect("the note tells nothing");
    assert_eq!(outcome.record().html_body(), Some("<p>▇▇▇▇ ▇▇▇▇ ▇▇▇▇▇▇▇</p>"));
    let two = CommentRedaction::new(1).html_body("<p>meet <redact>with</redact> <redact>Jonesey</redact></p>");
    let error = redactor.comment(&record, &two).expect_err("it is in the note");
    assert_eq!(error, RecordError::LeftInRecord { count: 1 });
}

/// An address is one wherever a tag holds it.
#[test]
fn removed_addresses_are_found_whatever_attribute_held_them() {
    let url = "https://d.example.com/attachments/token/abcdef/?name=p.jpg";
    for tag in [
        "<object redact data=\"URL\">x</object>",
        "<video redact poster=\"URL\">x</video>",
        "<picture redact><source srcset=\"small.png 1x, URL 2x\"></picture>",
        "<svg redact><image xlink:href=\"URL\"/></svg>",
        "<blockquote redact cite=\"URL\">x</blockquote>",
        "<div redact style=\"background: url('URL')\">x</div>",
        "<a redact href=\"URL\">x</a>",
    ] {
        let marked = format!("<p>a</p>{}", tag.replace("URL", url));
        let html = marked.replace(" redact", "");
        let attachments = json!({"attachments": [{"id": 7, "file_name": "p.jpg", "content_url": url}]});
        let found = redact_marked(html, marked, attachments);
        assert!(matches!(found, Err(RecordError::LeftInRecord { .. })), "{tag}: {found:?}");
    }
}

/// What is left unmarked in the body itself is found in whatever a tag carries.
#[test]
fn what_is_left_in_the_body_is_found_wherever_it_stands() {
    for left in [
        "847564",
        "84<b>75</b>64",
        "84\0<!-- x -->7564",
        "&#56;47564",
        "<i title=\"847564\">x</i>",
        "<i title=\"84756&#52;\">x</i>",
        "<i class=\"no847564\">x</i>",
        "<i data-x='847564'>x</i>",
        "<i title=no 847564>x</i>",
        "<i x847564>x</i>",
        "<x-847564>x</x-847564>",
        "<a href=\"/?a=1&amp;id=84756%34\">x</a>",
        "<i style=\"background:url(/847564.png)\">x</i>",
        "<i style=\"background:url&#40;/847564.png)\">x</i>",
        "<i>x</i title=847564>",
        "<img alt=\"847564\">",
        "<a href=\"mailto:847564@example.com\">x</a>",
        "<!-- 847564 -->",
        "<!DOCTYPE 847564>",
        "<?x 847564 ?>",
        "</ 847564>",
        "<svg><![CDATA[847564]]></svg>",
        "<svg><title>847564</title></svg>",
        "<!--[if mso]><i>84<b>7564</b></i><![endif]-->",
        "<script>847564</script>",
        "<style>.a847564{}</style>",
        "<textarea>847564</textarea>",
        "<title>847564</title>",
        "<template>847564</template>",
        "<noscript>847564</noscript>",
        "<iframe>847564</iframe>",
        "<iframe srcdoc=\"&lt;b&gt;847564\"></iframe>",
        "<select><option>847564</option></select>",
        "<b hidden>847564</b>",
        "<a title=\"847564",
    ] {
        self::left("847564", left, json!({}));
    }
}

/// A colour, a width or a direction is no content; a name, an address or a long number is, also there.
#[test]
fn of_what_lays_out_only_words_in_a_row_and_long_numbers_count() {
    let none = || json!({});
    for (removed, html) in [
        ("0000", "<b style=\"color:#000000\">x</b>"),
        ("1234", "<td width=1234>x"),
        ("auto", "<b dir=auto>x</b>"),
        ("Arial", "<font face=Arial>x</font>"),
    ] {
        gone(removed, html, none());
    }
    for (removed, html) in [
        ("Jane Doe", "<b style=\"font-family:'Jane Doe'\">x</b>"),
        ("Jane Doe", "<font face=\"jane&#32;doe Jane Doe\">x</font>"),
        ("jane@example.com", "<b lang=\"jane&#64;example.com\">x</b>"),
        ("555-010-0199", "<b style=\"--x:5550100199\">x</b>"),
        ("8475640", "<td width=8475640>x"),
    ] {
        left(removed, html, none());
    }
}

/// Whom a removed address names, and the address among removed words, is found without the rest.
#[test]
fn persons_are_found_without_what_stands_around_them() {
    left("Jo <jo.doe@example.com>", "", note("by jo.doe@example.com"));
    left("mail to Jo (jo.doe@example.com)", "", note("Jo.Doe@Example.com"));
    for removed in [
        "Write to jo@example.com!",
        "Is it jo@example.com?",
        "„jo@example.com“",
        "*jo@example.com*",
        "Email:jo@example.com",
        "メール:jo@example.com。",
        "MAILTO:jo@example.com?subject=x",
        "a=jo@example.com&b",
    ] {
        left(removed, "", note("by jo@example.com, who"));
    }
    for removed in ["visit https://d.example.com/secret/abc now", "It is https://d.example.com/secret/abc."] {
        left(removed, "", note("https://d.example.com/secret/abc"));
    }
    gone("https://d.example.com", "<a href=\"https://d.example.com/page\">x</a>", note(""));
    for (href, text) in [
        ("mailto:jo.doe@example.com?subject=x", "jo.doe@example.com"),
        ("MAILTO:jo%2edoe@example.com", "jo.doe@example.com"),
        ("tel:+15550100199", "+1 555-010-0199"),
        ("mailto:jo@example.com,jane@example.com", "jane@example.com"),
        ("mailto:?to=jo@example.com", "jo@example.com"),
        ("mailto:jo@example.com?cc=jane%40example.com", "jane@example.com"),
        ("sip:jo@example.com:5060", "jo@example.com"),
        ("xmpp:jo@example.com/home", "jo@example.com"),
    ] {
        let error =
            redact_links(&format!("<p><a href=\"{href}\">x</a></p>"), note(text)).expect_err("it is in the note");
        assert_eq!(error, RecordError::LeftInRecord { count: 1 }, "{href}");
    }
}

/// An address of an address of an address is taken apart once.
#[test]
fn addresses_in_addresses_take_no_time() {
    let address = "tel:".repeat(7_000) + "//x";
    let stored = format!("<p><a href=\"{address}\">x</a> {address}</p>");
    let error = redact_links(&stored, json!({})).expect_err("it is in the text");
    assert_eq!(error, RecordError::LeftInRecord { count: 1 });
}

/// Programs write a text in many ways, also one in another: as JSON in a string,
/// in links that filters of mails have wrapped.
#[test]
fn texts_are_found_however_they_are_written() {
    for (removed, text) in [
        ("Jürgen Müller", r#"{"by":"J\u00fcrgen M\u00fcller"}"#),
        ("Jürgen Müller", "Ju\u{308}rgen Mu\u{308}ller.pdf"),
        ("Ju\u{308}rgen Mu\u{308}ller", "Jürgen Müller"),
        ("Jürgen Müller", "J%25C3%25BCrgen%2520M%25C3%25BCller"),
        ("Jürgen Müller", "J&amp;uuml;rgen M&amp;uuml;ller"),
        ("Jürgen Müller", "Ｊürgen　Müller"),
        ("Jane O’Brien", "Jane O'Brien"),
        ("Jane O'Brien", r"Jane O\'Brien"),
        ("Jane Doe‑Smith", "Jane Doe-Smith"),
        ("Jane O\u{2bc}Brien", "Jane O'Brien"),
        ("he is “Jo” here", "he is \"Jo\" here"),
        ("minus \u{2212}847 564", "minus -847 564"),
        ("4111 1111 1111 1111", "４１１１１１１１１１１１１１１１"),
        ("he is \"Jo\" here", r#"{"x":"he is \"Jo\" here"}"#),
        ("C:\\Users\\jane", r#"{"x":"C:\\Users\\jane"}"#),
        ("https://d.example.com/a/b", r#"{"x":"https:\/\/d.example.com\/a\/b"}"#),
        ("jo@example.com", "https://x.example.net/?u=https%3A%2F%2Fd.example.com%2F%3Fe%3Djo%2540example.com"),
        ("jo@example.com", r"jo\u0040example.com"),
    ] {
        left(removed, "", note(text));
    }
}

/// A NUL is shown by hardly a program, and is no part of what was removed from HTML.
#[test]
fn a_nul_hides_nothing() {
    for removed in ["847564", "84\u{0}7564", "8\u{0}\u{0}47564"] {
        for copy in ["847564", "id 84\u{0}7564", "\u{0}847564", r"84\u00007564", "84%007564", "<b>84\u{0}</b>7564"] {
            left(removed, "", note(copy));
            left(removed, copy, json!({}));
        }
    }
    let message =
        |text: &str| json!({"chat_index": 0, "type": "ChatMessage", "message": text, "actor_name": "Jo\u{0} Doe"});
    let record = json!({"id": 1, "value": {"chat_id": "c", "history": [message("by Jo\u{0} Doe")]}});
    let record = ChatEvent::from_value(record).expect("an event");
    let request = ChatRedaction::new("c", "by <redact>Jo\u{0} Doe</redact>").chat_index(0);
    let error = RecordRedactor::default().chat(&record, &request, ChatState::Ended).expect_err("it is the name");
    assert_eq!(error, RecordError::LeftInRecord { count: 1 });
    let name = "ja\u{0}ne doe.pdf";
    let record = json!({"id": 1, "html_body": "x", "note": name, "attachments": [
        {"id": 7, "file_name": name, "content_url": "https://d.example.com/attachments/token/abcdef/"}]});
    let record = Comment::from_value(record).expect("a comment");
    let request = CommentRedaction::new(1).external_attachment_url("https://d.example.com/attachments/token/abcdef/");
    let error = RecordRedactor::default().comment(&record, &request).expect_err("the name is in the note");
    assert_eq!(error, RecordError::LeftInRecord { count: 1 });
}

/// Any of these in any other is found, wherever it stands.
#[test]
fn writings_within_writings_are_found() {
    let writings: [fn(&str) -> String; 5] = [
        str::to_owned,
        |text| text.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        |text| text.bytes().map(in_a_query).collect(),
        |text| text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
        |text| text.chars().map(|c| format!("&#{};", u32::from(c))).collect(),
    ];
    for removed in
        ["Jane Doe", "Jürgen \"Jo\" Müller", "山田 太郎", "4111 1111 1111 1111", "jo+tag@example.com", "847564"]
    {
        for inner in writings {
            for outer in writings {
                let text = outer(&inner(removed));
                left(removed, "", note(json!([1, {"x": format!("see {text} there")}])));
                left(removed, "", json!({"data": {text.as_str(): 1}}));
                left(removed, "", json!({"type": text}));
            }
        }
    }
}

/// A byte as a form sends it in the query of an URL.
fn in_a_query(byte: u8) -> String {
    match byte {
        b' ' => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    }
}

/// Lines part texts in every mail, and the number of an apostrophe stands in every other.
#[test]
fn lines_and_references_are_no_content() {
    for line in ["________________", "- - - - -", "****", "…………"] {
        gone(line, &format!("<p>{line}</p>"), note(line));
    }
    left("0000", "<p>0000</p>", json!({}));
    gone("8217", "<p title='it&#8217;s'>it&#8217;s</p><!-- it&#8217;s -->", json!({}));
    gone("nbsp", "<p>it&nbsp;s</p>", json!({}));
    left("8217", "<p>it&#8217;s 8217</p>", json!({}));
    left("847564", "<!-- &#847564; -->", json!({}));
}

/// A field that holds a time by its name holds content if it holds anything more than a time.
#[test]
fn more_than_a_time_is_content() {
    let at = |text: &str| json!({"created_at": text});
    gone("2024-01-15", "", at("2024-01-15T10:30:00.123456789Z"));
    for text in ["2024-01-15T10:30:00.4111111111111111Z", "2024-01-15T10:30:00 4111111111111111"] {
        left("4111111111111111", "", at(text));
    }
    left("2024-01-15", "", json!({"born_on": "2024-01-15"}));
    left("1-15", "", at("2024-01-15T"));
    left("0:00", "", at("0:00"));
    left("0:00", "", note("30:00"));
}

/// What stands before the slash is the help desk's word; what stands behind it may be anything.
#[test]
fn the_kind_of_a_file_is_no_content() {
    let files = |kind: &str| json!({"attachments": [{"id": 7, "file_name": "x.bin", "content_type": kind}]});
    gone("image", "", files("image/png"));
    gone("image", "", files("image/x-jane"));
    left("x-jane", "", files("image/x-jane"));
    left("jane", "", files("jane/png"));
}

/// In a text that is read as HTML, a block ends a run, and the value of an attribute is a run of its own.
#[test]
fn words_on_two_lines_are_no_word() {
    left("magenta", "", note("mag<i>en</i>ta"));
    gone("magenta", "", note("mag<i>en</i><p>ta"));
    gone("magenta", "", note("mag<i title=enta>"));
    left("magenta", "", note("<i title=mag&#101;nta>"));
}

/// Only the end of a very long text is searched for, wherever its characters are cut.
#[test]
fn the_end_of_a_very_long_text_is_found_alone() {
    // Some of these are cut within a character.
    for count in 60..66 {
        let text = "Äpfel €5, ".repeat(count);
        left(&text, "", note(format!("and 5, {}", "Äpfel €5, ".repeat(21))));
        gone(&text, "", note("Äpfel €5, ".repeat(9)));
        let other = format!("{}{}", "é".repeat(count), "€".repeat(200));
        left(&other, "", note("€".repeat(86)));
    }
}

/// An address is searched for if it is more than the name of a page.
#[test]
fn addresses_of_any_scheme_are_found() {
    for (href, is_left) in
        [("//d.example.com/jane", true), ("skypeid:jane.doe", true), ("janedoe", false), ("#janedoe", false)]
    {
        let found = redact_links(&format!("<p><a href=\"{href}\">x</a></p>"), note(href));
        assert_eq!(found.is_err(), is_left, "{href}: {found:?}");
    }
    let cell = |attribute: &str| format!("<table><td{attribute} background=https://d.example.com/jane.png>x");
    let found = redact_marked(cell(""), cell(" redact"), note("https://d.example.com/jane.png"));
    assert_eq!(found, Err(RecordError::LeftInRecord { count: 1 }));
}

/// The address of a site says nothing of its pages, unless there is more to it than the site.
#[test]
fn an_address_with_a_password_is_found_in_longer_ones() {
    for (removed, other, is_left) in [
        ("https://desk.example.com/", "https://desk.example.com/x", false),
        ("https://jo:pass@desk.example.com/", "https://jo:pass@desk.example.com/x", true),
        ("tel://+15550100199", "tel://+15550100199/x", true),
    ] {
        let stored = format!("<p><a href=\"{removed}\">x</a></p>");
        let found = redact_links(&stored, note(other));
        assert_eq!(found.is_err(), is_left, "{removed}: {found:?}");
    }
}
