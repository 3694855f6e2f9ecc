//! Nothing that is printed, logged or sent holds content: every public type and every error, by sentinels (rule C2).

use std::fmt::{Debug, Display};

use blackbar::html::{self, Options, tokenize, tokenize_with};
#[cfg(feature = "verify")]
use blackbar::{Cap, VerifyError};
use blackbar::{
    ClusterEdge, Detector, DetectorRule, EmbeddedInMarks, Encoding, Error, Label, Leak, LeakKind, Limits, Mask,
    MismatchKind, Patterns, PlainStyle, Policy, RedactedCopy, Redaction, Redactor, Unit, Whitespace,
};

use crate::support::sources::sources_in;

/// Stands for content. No number, name or kind of this crate looks like it.
const SENTINEL: &str = "SentineL";

/// What a type shows of itself, under the type's name.
#[derive(Default)]
struct Shown(Vec<(&'static str, String)>);

impl Shown {
    fn debug(&mut self, name: &'static str, value: &impl Debug) {
        self.0.push((name, format!("{value:?} {value:#?}")));
    }

    fn error(&mut self, name: &'static str, value: &(impl Debug + Display)) {
        self.debug(name, value);
        self.0.push((name, value.to_string()));
    }

    #[cfg(feature = "serde")]
    fn json(&mut self, name: &'static str, value: &impl serde::Serialize) {
        self.0.push((name, serde_json::to_string(value).expect("it can be written")));
    }

    /// Nobody sees the sentinel in any of it, not as numbers either: that is how bytes are printed.
    #[track_caller]
    fn check(&self) {
        let bytes: Vec<String> = SENTINEL.bytes().map(|byte| byte.to_string()).collect();
        let hidden = [SENTINEL.to_lowercase(), bytes[..4].join(","), format!("{:02x?}", &SENTINEL.as_bytes()[..4])];
        for (name, text) in &self.0 {
            let plain: String = text.to_lowercase().split_whitespace().collect();
            for form in &hidden {
                assert!(!plain.contains(&form.replace(['[', ']', ' '], "")), "`{name}` shows content: {text}");
            }
        }
    }
}

/// A type of which this compiles borrows nothing and owns no memory: it has no place for content.
fn has_no_place_for_content<T: Copy + Debug + 'static>() {}

#[test]
fn most_types_have_no_place_for_content() {
    has_no_place_for_content::<(Error, MismatchKind, Leak, LeakKind, Encoding, Unit, PlainStyle)>();
    has_no_place_for_content::<(html::Token, html::Kind, html::TextKind, html::Name, html::Class, html::State)>();
    has_no_place_for_content::<(ClusterEdge, EmbeddedInMarks, Whitespace, Limits, Detector, DetectorRule)>();
    #[cfg(feature = "verify")]
    has_no_place_for_content::<(VerifyError, Cap)>();
    #[cfg(feature = "serde")]
    has_no_place_for_content::<(records::RecordError, records::OtherCopy, records::BodyCopy, records::Leftovers)>();
    // The words of a label are the caller's choice and meant to be seen.
    has_no_place_for_content::<(Policy, Mask, Label, Redactor)>();
}

fn body() -> String {
    format!(
        "<!doctype {SENTINEL}><p title={SENTINEL}>{SENTINEL} <redact>{SENTINEL}</redact><!-- {SENTINEL} --></p>\
         <img src='/{SENTINEL}.png' redact><{SENTINEL} {SENTINEL}='{SENTINEL}'>"
    )
}

#[test]
fn redactions_show_no_content() {
    let mut shown = Shown::default();
    let body = body();
    let redactor = Redactor::default();
    let redaction: Redaction<'_> = redactor.html(&body).expect("the marks are good");
    assert!(redaction.text().contains(SENTINEL) && !redaction.leaks().is_empty());
    shown.debug("Redactor", &redactor);
    shown.debug("Redaction", &redaction);
    shown.debug("Edits", redaction.edits());
    redaction.edits().iter().for_each(|edit| shown.debug("Edit", &edit));
    redaction.edits().pieces(&body).expect("it is their source").for_each(|piece| shown.debug("Piece", &piece));
    shown.debug("Report", redaction.report());
    redaction.leaks().iter().for_each(|leak| shown.debug("Leak", leak));
    #[cfg(feature = "verify")]
    shown.debug("VerifyError", &redaction.verify());
    // `Removed` has no `Debug` to show: see `what_was_removed_cannot_be_printed`.
    let copied: RedactedCopy<'_> = redactor.html_copy(&body, &redaction.removed()).expect("the copy is good");
    assert_eq!(copied.hits(), 1);
    shown.debug("RedactedCopy", &copied);
    shown.debug("HtmlSelection", &redactor.select_html(&body).expect("the body is good"));
    shown.debug("TextSelection", &redactor.select_text(&body).expect("the text is good"));
    #[cfg(feature = "serde")]
    {
        shown.json("Report", redaction.report());
        shown.json("Leak", &redaction.leaks());
    }
    let mut patterns = Patterns::new().detector(Detector::Email);
    #[cfg(feature = "patterns")]
    {
        patterns = patterns.regex("name", regex::Regex::new(SENTINEL).expect("it is an expression"));
        let redaction = redactor.html_patterns(&body, &patterns).expect("there are hits");
        shown.debug("Report", redaction.report());
    }
    shown.debug("Patterns", &patterns);
    patterns = Patterns::new();
    shown.debug("Patterns", &patterns);
    shown.check();
}

#[test]
fn html_shows_no_content() {
    let mut shown = Shown::default();
    let body = body();
    let fragment = tokenize(&body);
    shown.debug("Fragment", &fragment);
    for token in fragment.tokens() {
        shown.debug("Token", token);
        if token.is_tag() {
            shown.debug("Attributes", &fragment.attributes(token));
            fragment.attributes(token).for_each(|attribute| shown.debug("Attribute", &attribute));
        }
        shown.debug("Doctype", &fragment.doctype(token));
    }
    let options = Options::default().watch("redact").start_in(html::State::Rcdata, SENTINEL);
    shown.debug("Options", &options);
    shown.debug("Fragment", &tokenize_with(&body, &options));
    shown.check();
}

#[test]
fn errors_show_no_content() {
    let s = SENTINEL;
    let strict = Redactor::new(Policy::default().deny_leaks(true).cluster_edge(ClusterEdge::Reject));
    let (redactor, strict) = (Redactor::default(), strict.expect("the policy is good"));
    let small = Redactor::new(Policy::default().limits(Limits::default().input_bytes(4))).expect("the policy is good");
    let tight = Redactor::new(Policy::default().limits(Limits::default().output_bytes(4).marks(1)));
    let tight = tight.expect("the policy is good");
    let html = |redactor: &Redactor, marked: &str| redactor.html(marked).map(drop);
    let pair = |text: &str| format!("<redact>{text}</redact>");
    let outcomes = [
        html(&redactor, &format!("<redact>{s}")),
        html(&redactor, &format!("{s}</redact>")),
        html(&redactor, &format!("<!-- {s} <redact> -->")),
        html(&redactor, &format!("{}<{s} data-redact>", pair(s))),
        html(&redactor, s),
        html(&redactor, &format!("{s}{}", pair(""))),
        html(&redactor, &format!("<svg><title>{}&amp;<b></title>", pair(s))),
        html(&redactor, &format!("<object redact>{s}")),
        html(&redactor, &pair(&format!("<img alt={s}>"))),
        html(&redactor, &format!("<svg><b redact><style><img onerror={s}></style></b></svg>")),
        html(&strict, &format!("{s}<redact>\u{301}</redact>")),
        html(&strict, &format!("{s}{}", pair(s))),
        html(&small, &pair(s)),
        html(&tight, &pair(s)),
        redactor.html_stored(s, &pair("other")).map(drop),
        redactor.html_stored(&pair(s), &pair(s)).map(drop),
        redactor.html_ranges(s, &[7..99], Unit::Bytes).map(drop),
        redactor.html_ranges(&format!("<p title={s}>"), &[0..5], Unit::Bytes).map(drop),
        redactor.html_strings(s, &["other"]).map(drop),
        redactor.html_strings(s, &[" "]).map(drop),
        redactor.chat(s, &format!("<redact>other</redact>{s}")).map(drop),
        redactor.chat(&format!("<redact>{s}"), &format!("<redact><redact>{s}</redact>")).map(drop),
        redactor.text_ranges(s, &[0..1, 3..4], Unit::Bytes).and_then(|r| r.edits().apply("other").map(drop)),
        tight.text_ranges(s, &[0..1, 3..4], Unit::Bytes).map(drop),
        Redactor::new(Policy::default().mask(Mask::PerGrapheme('<'))).map(drop),
        Mask::label(&format!("<{s}>")).map(drop),
    ];
    let mut shown = Shown::default();
    let mut codes: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.err()).map(|error| error.code()).collect();
    for (index, outcome) in outcomes.iter().enumerate() {
        let error = outcome.expect_err(&format!("request {index} is refused"));
        shown.error("Error", &error);
    }
    shown.check();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 25, "all but `too_much_work`, which takes patterns of the caller: {codes:?}");
}

/// A type without `Debug` takes the method of the trait; one with `Debug` would take its own.
#[test]
fn what_was_removed_cannot_be_printed() {
    struct Probe<T>(std::marker::PhantomData<T>);
    trait Hidden {
        fn is_shown(&self) -> bool {
            false
        }
    }
    impl<T> Hidden for Probe<T> {}
    macro_rules! is_shown {
        ($type:ty, $bound:path) => {{
            impl<T: $bound> Probe<T> {
                #[allow(dead_code, reason = "called only if the type has the trait")]
                fn is_shown(&self) -> bool {
                    true
                }
            }
            Probe::<$type>(std::marker::PhantomData).is_shown()
        }};
    }
    assert!(!is_shown!(blackbar::Removed, Debug));
}

#[cfg(feature = "serde")]
use blackbar::records;

#[cfg(feature = "serde")]
#[test]
fn records_show_no_content() {
    use records::{
        Attachment, ChatEntry, ChatEvent, ChatFileRedaction, ChatRedaction, ChatState, Comment, CommentRedaction,
        DryRun, RecordPolicy, RecordRedactor, StringRedaction,
    };
    let s = SENTINEL;
    let mut shown = Shown::default();
    let attachment =
        format!(r#"{{"id": 8, "file_name": "{s}.png", "content_url": "https://x.example/{s}", "{s}": "{s}"}}"#);
    let comment = format!(
        r#"{{"id": 7, "html_body": "<p>{s} 847564</p>", "plain_body": "{s} 847564", "{s}": "{s}", "attachments": [{attachment}]}}"#
    );
    let chat = format!(
        r#"{{"id": 9, "value": {{"chat_id": "1", "history": [{{"chat_index": 0, "type": "ChatMessage", "message": "{s} 847564"}},
            {{"chat_index": 1, "type": "ChatFileAttachment", "filename": "{s}", "url": "https://x.example/{s}"}}]}}}}"#
    );
    shown.debug("Attachment", &Attachment::from_json(&attachment).expect("it is an attachment"));
    let comment = Comment::from_json(&comment).expect("it is a comment");
    shown.debug("Comment", &comment);
    let chat = ChatEvent::from_json(&chat).expect("it is a chat");
    shown.debug("ChatEvent", &chat);
    chat.history().for_each(|entry: ChatEntry| shown.debug("ChatEntry", &entry));
    shown.debug("Id", &comment.id());

    let redactor = RecordRedactor::default().policy(RecordPolicy::default());
    let dry_run: DryRun<'_> = redactor.dry_run();
    shown.debug("RecordRedactor", &redactor);
    shown.debug("DryRun", &dry_run);
    let request = CommentRedaction::new(1)
        .html_body(format!("<p>{s} <redact>847564</redact></p>"))
        .external_attachment_url(format!("https://x.example/{s}"));
    shown.debug("CommentRedaction", &request);
    let outcome = redactor.comment(&comment, &request).expect("the request is good");
    shown.debug("Outcome", &outcome);
    shown.debug("RecordReport", outcome.report());
    shown.json("RecordReport", outcome.report());
    shown.debug("FollowUp", outcome.follow_up());
    outcome.events().iter().for_each(|event| shown.debug("AuditEvent", event));
    outcome.events().iter().for_each(|event| shown.json("AuditEvent", event));
    shown.debug("CommentResponse", &outcome.response());

    let request = StringRedaction::new(s);
    shown.debug("StringRedaction", &request);
    shown.error("RecordError", &redactor.string(&comment, &request).expect_err("it is in unknown fields"));
    let request = ChatRedaction::new("1", format!("{s} <redact>847564</redact>")).chat_index(0);
    shown.debug("ChatRedaction", &request);
    let outcome = redactor.chat(&chat, &request, ChatState::Ended).expect("the request is good");
    shown.debug("Outcome", &outcome);
    shown.debug("ChatEventResponse", &outcome.response());
    let request = ChatFileRedaction::new("1").chat_indexes([1]);
    shown.debug("ChatFileRedaction", &request);
    shown.debug("Outcome", &redactor.chat_files(&chat, &request, ChatState::Ended).map(drop));

    for bad in [
        format!(r#"{{"{s}": 1}}"#),
        format!(r#"{{"text": "{s}", "text": "{s}"}}"#),
        format!(r#"{{"text": ["{s}"]}}"#),
        format!(r#"{{"text": "{s}"#),
        s.to_owned(),
        format!("{{\"text\": \"{s}\n\"}}"),
        format!(r#"{{"text": "\u{s}"}}"#),
    ] {
        shown.error("RecordError", &StringRedaction::from_json(&bad).expect_err("it is no request"));
        shown.error("RecordError", &Comment::from_json(&format!("[{bad}]")).expect_err("it is no comment"));
    }
    shown.check();
}

#[test]
fn every_public_type_is_looked_at() {
    // Neither comments nor imports look at anything.
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let lines = include_str!("no_content.rs").lines().skip_while(|line| !line.starts_with("const "));
    let test = lines.filter(is_code).collect::<Vec<_>>().join("\n");
    let mut count = 0;
    for (path, code) in sources_in("src") {
        for line in code.lines().map(str::trim_start) {
            let Some(item) = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")) else {
                continue;
            };
            let name: String = item.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let named = test.match_indices(&name).any(|(at, _)| {
                let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !joins(test[..at].chars().next_back()) && !joins(test[at + name.len()..].chars().next())
            });
            assert!(named, "`{name}` of {} is not looked at by this test", path.display());
            count += 1;
        }
    }
    assert!(count > 40, "the source was not found");
}
