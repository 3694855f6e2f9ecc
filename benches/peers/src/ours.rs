//! The calls of this crate, as a host would write them.

use blackbar::{Detector, Patterns, PlainStyle, Redaction, Redactor};

pub type Detectors = Patterns;

/// The redacted body and its plain text.
pub fn redact(html: &str) -> (String, String) {
    let redaction = redaction(html);
    let plain = redaction.plain_body(PlainStyle::Rendered);
    (redaction.into_text(), plain)
}

pub fn redaction(html: &str) -> Redaction<'_> {
    Redactor::default().html(html).expect("the bodies are marked")
}

pub fn plain_body(redaction: &Redaction) -> String {
    redaction.plain_body(PlainStyle::Rendered)
}

pub fn tokens(html: &str) -> usize {
    blackbar::html::tokenize(html).tokens().len()
}

/// Both texts with the strings masked; as they were if none of them is there.
pub fn strings(stored: &str, needles: &[&str]) -> (String, String) {
    match Redactor::default().html_strings(stored, needles) {
        Ok(redaction) => (redaction.text().to_owned(), redaction.plain_body(PlainStyle::Rendered)),
        Err(_) => (stored.to_owned(), String::new()),
    }
}

pub fn card_and_email() -> Detectors {
    Patterns::new().detector(Detector::PaymentCard).detector(Detector::Email)
}

/// Both texts with what the detectors find masked; as they were if they find nothing.
pub fn patterns(stored: &str, detectors: &Detectors) -> (String, String) {
    match Redactor::default().html_patterns(stored, detectors) {
        Ok(redaction) => (redaction.text().to_owned(), redaction.plain_body(PlainStyle::Rendered)),
        Err(_) => (stored.to_owned(), String::new()),
    }
}

pub fn chat(stored: &str, marked: &str) -> usize {
    Redactor::default().chat(stored, marked).expect("the marked copy is the stored one").text().len()
}
