//! Other copies: what was removed from one text is removed from them, and what is missed is told.

use blackbar::{Encoding, Error, LeakKind, Policy, Redactor, Removed};

fn removed(marked: &str) -> Removed {
    Redactor::default().html(marked).expect("the marks are good").removed()
}

#[track_caller]
fn check(removed: &Removed, copy: &str, text: &str, misses: &[usize]) {
    let copied = Redactor::default().text_copy(copy, removed).expect("the copy is good");
    assert_eq!(copied.text(), text);
    assert_eq!(copied.misses().collect::<Vec<_>>(), misses);
    assert_eq!(copied.hits() + misses.len(), removed.len());
    let in_html = Redactor::default().html_copy(copy, removed).expect("the copy is good");
    assert_eq!(in_html.text(), text);
    assert_eq!(in_html.hits(), copied.hits());
    assert_eq!(in_html.into_text(), text);
}

#[test]
fn the_plain_text_of_a_mail_loses_the_same_words() {
    let removed =
        removed("<p>I am <redact><b>Jane</b> Doe</redact>,<br>ID <redact>847564</redact>, a<redact>t</redact></p>");
    check(&removed, "I am Jane\n> Doe, ID 847564, at", "I am Jane\n> Doe, ID ▇▇▇▇▇▇, at", &[0, 2]);
    check(&removed, "I am Jane\n  Doe, ID 847564, a t", "I am ▇▇▇▇▇▇▇▇▇▇, ID ▇▇▇▇▇▇, a ▇", &[]);
    check(&removed, "nothing here", "nothing here", &[0, 1, 2]);
}

#[test]
fn a_text_in_another_is_found_with_it() {
    let removed =
        removed("<redact>Jane Doe</redact><p><redact>Jane</redact><p><redact>Doe</redact><p><redact>ane D</redact>");
    check(&removed, "Jane Doe", "▇▇▇▇▇▇▇▇", &[]);
    check(&removed, "Jane", "▇▇▇▇", &[0, 2, 3]);
}

#[test]
fn a_short_text_is_only_found_as_a_word() {
    let removed = removed("<redact>Bo</redact><p><redact>!</redact>");
    check(&removed, "Bo, Bob and Abo!", "▇▇, Bob and Abo!", &[1]);
    let removed = self::removed("<redact>Jane</redact><p><redact>e\u{301}o\u{301}a\u{301}</redact>");
    check(&removed, "Janet and xJane1, e\u{301}o\u{301}a\u{301}n", "▇▇▇▇t and x▇▇▇▇1, e\u{301}o\u{301}a\u{301}n", &[1]);
}

/// The kept `<` must be written `&lt;` in the result, and is no part of the text.
#[test]
fn a_less_than_before_a_mark_is_no_part_of_the_text() {
    let removed = removed("<p>a < b <<redact>Jane Doe</redact></p>");
    check(&removed, "Jane Doe < Jane Doe", "▇▇▇▇▇▇▇▇ < ▇▇▇▇▇▇▇▇", &[]);
}

#[test]
fn one_mark_can_hold_more_texts_than_marks_are_allowed() {
    let removed = removed(&format!("<redact>{}</redact>", "<p>ab777".repeat(100_001)));
    let copied = Redactor::default().html_copy("<p>ab777</p>", &removed).expect("the copy is good");
    assert_eq!(copied.text(), "<p>▇▇▇▇▇</p>");
}

/// HTML takes the address for a tag. In a plain copy it is text, and in HTML it may be written with references.
#[test]
fn an_address_in_angle_brackets_is_a_text_of_its_own() {
    let removed = removed("<p>From <redact>Jo <jo.doe@example.com></redact>, <redact>Anna Bo</redact></p>");
    check(&removed, "From Jo and Anna Bo, jo.doe@example.com", "From ▇▇ and ▇▇▇▇▇▇▇, ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇", &[]);
    let copied = Redactor::default().html_copy("Jo &lt;jo.doe@example.com&gt;", &removed).expect("the copy is good");
    assert_eq!(copied.text(), "▇▇ &lt;▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇&gt;");
    let copied = Redactor::default().html_copy("<jo.doe@example.com>", &removed).expect("the copy is good");
    assert_eq!(copied.leaks().len(), 1);
}

/// Outlook writes such tags. Whom they name is removed, not how to reach them.
#[test]
fn whom_a_tag_names_is_a_text_of_its_own() {
    let names = [("<mailto:jo@example.com>", "jo@example.com"), ("<tel:+491711234567>", "+491711234567")];
    for (tag, copy) in names {
        let removed = removed(&format!("a <redact>{tag}</redact> b"));
        check(&removed, copy, &"▇".repeat(copy.len()), &[]);
    }
    let redaction = Redactor::default().html("<redact>mailto:jo@example.com</redact> or jo@example.com");
    assert_eq!(redaction.expect("the marks are good").leaks().len(), 1);
}

/// HTML drops NULs, in the copy too.
#[test]
fn a_nul_is_no_part_of_a_text() {
    let removed = removed("<redact>ab\0cdef</redact>");
    check(&removed, "abcdef", "▇▇▇▇▇▇", &[]);
}

#[test]
fn what_attributes_held_is_no_text() {
    let removed = removed("<img src=a.png redact><v:image redact src=\"cid:image001.png@01D\"></v:image>x");
    assert!(removed.is_empty());
    check(&removed, "a.png", "a.png", &[]);
}

#[test]
fn a_plain_text_gives_its_texts_too() {
    let redaction = Redactor::default().chat("ID 847564", "ID <redact>847564</redact>").expect("the marks are good");
    check(&redaction.removed(), "(847564)", "(▇▇▇▇▇▇)", &[]);
}

#[test]
fn what_is_left_in_a_copy_is_told() {
    let removed = removed("<redact>jo@x.com</redact>");
    let redactor = Redactor::default();
    let copied = redactor.html_copy("<a href='mailto:jo@x.com'>jo@x.com</a>", &removed).expect("the copy is good");
    assert_eq!(copied.text(), "<a href='mailto:jo@x.com'>▇▇▇▇▇▇▇▇</a>");
    assert_eq!(copied.leaks().len(), 1);
    assert_eq!((copied.leaks()[0].kind, copied.leaks()[0].offset), (LeakKind::Attribute, 16));

    let copied = redactor.text_copy("Subject: =?utf-8?B?am9AeC5jb20=?=", &removed).expect("the copy is good");
    assert_eq!((copied.hits(), copied.leaks()[0].encoding), (0, Encoding::Base64));

    let strict = Redactor::new(Policy::default().deny_leaks(true)).expect("the policy is good");
    assert_eq!(strict.html_copy("<!-- jo@x.com -->", &removed).err(), Some(Error::Leak { count: 1 }));
    assert!(strict.text_copy("jo@x.com", &removed).is_ok());
}

/// What begins with an invisible character and a space once made all the others count as misses.
#[test]
fn invisible_characters_at_the_ends_of_a_text_are_no_miss() {
    let redactor = Redactor::default();
    let marked =
        "<p>Tel:<redact>&shy; 555-0100</redact> and <redact>847564</redact>, <redact>x1y2&amp;nbsp;</redact></p>";
    let removed = redactor.html(marked).expect("the marks are good").removed();
    let copied = redactor.text_copy("Tel: 555-0100, 847564", &removed).expect("a copy");
    assert_eq!(copied.misses().collect::<Vec<_>>(), [2]);
    assert_eq!(copied.hits(), 2);
}
