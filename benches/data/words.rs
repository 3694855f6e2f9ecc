//! The words of the made-up texts.

use super::Random;

/// A string that stands in every text, once in about 2 kB: what the string benchmarks look for.
pub const NEEDLE: &str = "987-65-4320";

/// The address that the made-up texts name.
pub const EMAIL: &str = "jo.doe@example.com";

const WORDS: &[&str] = &[
    "the", "order", "has", "not", "arrived", "yet", "and", "I", "would", "like", "to", "change", "my", "account",
    "number", "because", "card", "was", "declined", "please", "help", "with", "this", "invoice", "from", "last",
    "month", "we", "sent", "a", "replacement", "on", "Monday", "but", "tracking", "page", "shows", "nothing", "could",
    "you", "check", "whether", "payment", "went", "through", "it", "is", "in", "of", "for", "billing", "address",
    "old", "one", "thank", "screen", "after", "update", "error", "appears", "when", "signing", "again", "refund",
    "still", "pending", "at", "bank", "customer", "said", "that", "delivery", "were", "left", "by", "door",
];

/// Now and then a word that is not ASCII, as in any real mailbox.
const RARE: &[&str] = &["café", "Zürich", "naïve", "– sorry –", "“urgent”", "résumé", "€ 40", "Łódź", "👍", "日本"];

const SECRETS: &[&str] = &[
    "Maja Brandt",
    "847564",
    "4111 1111 1111 1111",
    "Tomás Ibáñez",
    "+1 555 0100",
    "12 Elm Street",
    "Ana O'Neil",
    "DE89 3704 0044 0532 0130 00",
    "J. Doe",
    "pass&amp;word",
    "Zoë 👩‍💻",
    "1984-02-29",
];

/// Appends about `bytes` bytes of text as HTML: words, commas, a reference now and then.
pub fn sentence(out: &mut String, bytes: usize, random: &mut Random) {
    let end = out.len() + bytes;
    while out.len() < end {
        if random.one_in(90) {
            out.push_str(random.pick(RARE));
        } else {
            out.push_str(random.pick(WORDS));
        }
        match random.below(60) {
            0 => out.push_str("&nbsp;"),
            1 => out.push_str(" &amp; "),
            2..6 => out.push_str(", "),
            6..10 => out.push_str(". "),
            _ => out.push(' '),
        }
    }
}

/// Appends about `bytes` bytes of text as it is, nothing escaped.
pub fn plain_sentence(out: &mut String, bytes: usize, random: &mut Random) {
    let mut html = String::new();
    sentence(&mut html, bytes, random);
    out.push_str(&html.replace("&nbsp;", "\u{a0}").replace("&amp;", "&"));
}

/// What an agent takes out of a comment.
pub fn secret(random: &mut Random) -> &'static str {
    random.pick(SECRETS)
}
