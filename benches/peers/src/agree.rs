//! Programs are only worth comparing if they do the same: their plain texts are compared, white space aside, and
//! their bodies are counted for masks.

use crate::text::without_space;
use crate::{data, lol, ours, rcdom};

/// A sentence for every difference; none if the programs agree on every body.
pub fn check() -> Vec<String> {
    let comments = data::COMMENT_SIZES.map(|size| (format!("comment of {size} bytes"), data::comment(size)));
    let mails = data::MAIL_SIZES.map(|size| (format!("mail of {size} bytes"), data::mail(size)));
    let kinds = data::kinds(4_000).map(|(name, html)| (format!("body \"{name}\""), html));
    let mut found = Vec::new();
    for (label, html) in comments.into_iter().chain(mails).chain(kinds) {
        let (our_body, our_plain) = ours::redact(&html);
        for (name, (body, plain)) in [("html5ever + rcdom", rcdom::redact(&html)), ("lol_html", lol::redact(&html))] {
            if masks(&body) != masks(&our_body) {
                found.push(format!("{name} masks {}, we {} clusters in the {label}", masks(&body), masks(&our_body)));
            }
            if without_space(&plain) != without_space(&our_plain) {
                found.push(format!("{name} has another plain text of the {label}"));
            }
        }
    }
    found
}

fn masks(text: &str) -> usize {
    text.matches('▇').count()
}
