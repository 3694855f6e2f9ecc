//! The second opinion: a browser's parser sees what we claim, or says that it was not asked to the end.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use blackbar::{Cap, Policy, Redactor, Unit, VerifyError, Whitespace};
use proptest::prelude::*;

use crate::laws::audit::any_text_law;
use crate::laws::planted::planted;
use crate::laws::verify::verify_law;
use crate::support::soup;

#[track_caller]
fn verified(marked: &str) -> Result<(), VerifyError> {
    Redactor::default().html(marked).expect("the marks are good").verify()
}

proptest! {
    #![proptest_config(soup::cases(512))]

    #[test]
    fn planted_bodies_pass(bytes in prop::collection::vec(any::<u8>(), 0..160)) {
        let marked = planted(&bytes).marked;
        prop_assert_eq!(verified(&marked), Ok(()), "{:?}", marked);
    }

    /// Markup of every ill form may be read in another order, or be dropped, but nothing comes to life.
    #[test]
    fn nothing_comes_to_life(
        parts in prop::collection::vec(
            prop_oneof![soup::soup(), soup::raw_text(), soup::foreign(), soup::attributes()],
            1..5,
        ),
        tags in prop::collection::vec(
            prop::sample::select(&["<redact>", "</redact>", "x", "<b redact>", "</b>", "<img redact>"][..]),
            1..6,
        ),
    ) {
        let pieces = parts.iter().zip(tags.iter().chain(std::iter::repeat(&"")));
        let marked: String = pieces.flat_map(|(part, tag)| [part.as_str(), *tag]).collect();
        for marked in [marked.clone(), format!("<redact>x</redact>{marked}"), format!("<redact>{marked}</redact>")] {
            any_text_law(&marked);
            verify_law(&marked);
        }
    }
}

#[test]
fn what_we_claim_is_seen() {
    for marked in [
        "<p>ID <redact>847564</p><p>Jane</redact> Doe",
        "<table><tr><td>a<redact>b</td><td>c</redact>d</table>",
        "<a href='http://example.com?a=b&amp;c' title=\"x\" TITLE=y redact><redact>some link</redact></a>",
        "<div CLASS='a &lt; b' id=x\0y>&notit;\r\n\0 <pre>\n\n<redact>x</redact></pre></div>",
        "<svg viewBox='0 0 1 1' xlink:href=\"#a\"><linearGradient/><text><redact>x</redact></text></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink=http://www.w3.org/1999/xlink XML:lang=en><g redact xmlns=x/></svg>",
        "<math xmlns=''><mi><redact>x</redact></mi><mtext><p xmlns=y xlink:href=z>w",
        "<math definitionurl=x><mi><redact>x</redact></mi></math><image src=a.png><redact>y</redact>",
        "<template><td><redact>x</redact></td></template></p></br><b><p>one</b> <redact>two</redact></p>",
        "<select><option>a<option><redact>b</redact></select><textarea>\n\nx</textarea>",
        "<pre></>\n<redact>x</redact></pre><pre></></>\r\ny</pre><pre></>&#10;z</pre><pre></b></>\nw</pre>",
        "<textarea>&#10a</textarea><listing>&#xA <redact>x</redact></listing><pre>&#10;\n</pre><pre></>",
        "<html lang=en dir=ltr><html dir=rtl id=a><body class=a id=b><redact>x</redact><!-- --><!doctype html><script>1 < 2</script>",
        "\u{FEFF}<li redact title=x><redact>y</redact><td redact x=y>z<input redact value=v>",
    ] {
        assert_eq!(verified(marked), Ok(()), "{marked:?}");
    }
}

#[test]
fn every_policy_passes() {
    let policy = Policy::default().whitespace(Whitespace::Keep).strip_attributes_in_marks(true);
    let redactor = Redactor::new(policy).expect("the policy is good");
    let redaction = redactor.html("<redact>a <b title=x>b</b></redact><img src=y redact>").expect("the marks are good");
    assert_eq!(redaction.verify(), Ok(()));
}

#[test]
fn what_a_stored_body_says_of_marks_is_content() {
    let redaction = Redactor::default().html_ranges("<redact>a</redact>b", &[18..19], Unit::Bytes);
    assert_eq!(redaction.expect("the range is good").verify(), Ok(()));
}

#[test]
fn plain_text_passes() {
    let redaction = Redactor::default().text_ranges("<redact>a", &[8..9], Unit::Bytes);
    assert_eq!(redaction.expect("the range is good").verify(), Ok(()));
}

#[test]
fn text_that_a_browser_moves_is_told_where_tags_have_gone() {
    let moved = "<table><tr><td>a</td></tr>b <redact>c</redact></table>";
    assert_eq!(verified(moved), Ok(()));
    let with_tags = "<table><tr><td>a</td></tr>b <redact>c</redact><x-y redact></x-y></table>";
    assert_eq!(verified(with_tags), Err(VerifyError::TextOrder));
    let with_comment = "<table><tr><td>a</td></tr>b <redact>c<!--d--></redact></table>";
    assert_eq!(verified(with_comment), Err(VerifyError::TextOrder));
    let bared = "<table><tr><td redact>a</td></tr>b <redact>c</redact></table>";
    assert_eq!(verified(bared), Err(VerifyError::TextOrder));
    for moved in [
        "<table><td><redact>b</td/p>a<td></redact>c",
        "<nobr><table><redact>a</b> <t><b></redact>c",
        "<redact> <b><table>\n<p>a</redact>",
    ] {
        assert_eq!(verified(moved), Err(VerifyError::TextOrder), "{moved}");
    }
    for in_order in [
        "<template><g redact>a",
        "<i redact><table>a",
        "<a>b<a redact>c",
        "<b redact>a<b><li>b</b>c",
        "<table><redact>a<tr>\n<tr></redact>b",
        "<a </<><e/redact>",
        "<redact>\u{200D}\u{2067}\u{200D}<nobr></redact>",
    ] {
        assert_eq!(verified(in_order), Ok(()), "{in_order}");
    }
}

#[test]
fn text_that_a_browser_drops_is_told() {
    let dropped = "<redact>a</redact><template><col>text</template>";
    assert_eq!(verified(dropped), Err(VerifyError::Text { offset: 18 }));
}

#[test]
fn hostile_shapes_end_at_a_cap_in_bounded_time() {
    let formatting = |count: usize| (0..count).map(|n| format!("<b a={n}>")).collect::<String>();
    let attributes: String = (0..12_000).map(|n| format!("a{n} ")).collect();
    let closed: String = (0..4_000).map(|n| format!("<p><b a={n}></p>")).collect();
    let shapes = [
        ("nested blocks", "<div>".repeat(13_000), Some(Cap::Depth)),
        ("open formatting elements", formatting(6_000), Some(Cap::Depth)),
        ("formatting elements in paragraphs", "<p><b><i><u><s>".repeat(1_000), None),
        ("formatting elements opened again", closed, Some(Cap::Elements)),
        ("formatting elements in nested tables", formatting(400) + &"<table><tr><td>x".repeat(3_000), Some(Cap::Depth)),
        (
            "formatting elements in rows",
            format!("<p>{}</p><table>{}", formatting(400), "x<tr>".repeat(9_000)),
            Some(Cap::Elements),
        ),
        ("text out of tables", formatting(200) + &"<table>x</table><p>".repeat(500), None),
        ("links in tables", "<table><a>x".repeat(500), None),
        ("adoption", "<a><div>".repeat(8_000), Some(Cap::Depth)),
        ("misnested formatting", "<b><p></b></p>".repeat(1_000), None),
        ("attributes of one tag", format!("<p {attributes}>"), Some(Cap::Attributes)),
        ("end tags of nothing", "<i></i></x>".repeat(1_000), None),
        ("end tags deep in elements", format!("{}{}", "<div>".repeat(500), "</i>".repeat(80_000)), Some(Cap::Work)),
        ("tags that one edit takes", format!("<redact>{}</redact>", "<i redact>abcdefgh</i>".repeat(90_000)), None),
        ("large", "x".repeat((4 << 20) + 1), Some(Cap::Size)),
    ];
    for (name, shape, cap) in shapes {
        let source = format!("<redact>Jane</redact>{shape}");
        let redaction = Redactor::default().html(&source).expect("the marks are good");
        let start = Instant::now();
        let verdict = redaction.verify();
        let took = start.elapsed();
        match cap {
            Some(cap) => assert_eq!(verdict, Err(VerifyError::OverCap { cap }), "{name}"),
            None => assert!(!matches!(verdict, Err(VerifyError::OverCap { .. })), "{name}: {verdict:?}"),
        }
        // A second and less in an optimized build. Without the caps some take minutes.
        assert!(took < Duration::from_secs(20), "{name} took {took:?}");
    }
}

#[test]
fn no_secret_is_logged() {
    let secret = "Sentinel847564";
    let marked = format!("<p title=kept>before <redact>{secret}</redact><i redact title={secret}>x</i> after</p>");
    let logged = logs_of(|| verified(&marked).expect("the result is as we claim"));
    assert!(logged.contains("before"), "the parser's log is captured");
    assert!(!logged.contains(secret));
}

thread_local! {
    static LOG: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Everything that is logged at any level while `run` runs on this thread.
fn logs_of(run: impl FnOnce()) -> String {
    struct Capture;
    impl log::Log for Capture {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }
        fn log(&self, record: &log::Record<'_>) {
            LOG.with_borrow_mut(|log| {
                if let Some(log) = log {
                    log.push_str(&record.args().to_string());
                }
            });
        }
        fn flush(&self) {}
    }
    // Other tests of this binary never set one.
    log::set_logger(&Capture).expect("this is the only logger");
    log::set_max_level(log::LevelFilter::Trace);
    LOG.set(Some(String::new()));
    run();
    LOG.take().unwrap_or_default()
}
