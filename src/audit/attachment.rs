//! The token in the URL of an attachment (rule C85).

use std::borrow::Cow;

use super::decode::percent_decoded;

/// What stands before the token in the path of an attachment's URL.
const MARKER: &str = "/attachments/token/";

/// The token of an attachment in a URL, absolute or relative: it alone says which file is meant, the name behind it and
/// the domain before it do not (rule C85).
pub(crate) fn attachment_token(url: &str) -> Option<Cow<'_, str>> {
    let path = url.split(['?', '#']).next()?;
    match token_in(path) {
        Some(token) if !path.contains(['%', '\\', '\t', '\n', '\r']) && !path.contains("/.") => {
            Some(Cow::Borrowed(token))
        }
        _ => {
            // Browsers drop tabs and line ends, and read `\` as `/`.
            let path = path.replace(['\t', '\n', '\r'], "").replace('\\', "/");
            // No URL has `%u0061`, which this would decode too.
            let path = path.replace("%u", "%25u");
            let path = without_dots(&percent_decoded(&path).unwrap_or(path));
            token_in(&path).map(|token| Cow::Owned(token.to_owned()))
        }
    }
}

/// A path without its segments `.` and `..` (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

fn token_in(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once(MARKER)?;
    rest.split('/').next().filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_what_follows_the_marker_in_the_path() {
        let cases = [
            ("https://desk.example.com/attachments/token/abc123/?name=a.png", Some("abc123")),
            ("/attachments/token/abc123", Some("abc123")),
            ("/attachments/token/abc123#x", Some("abc123")),
            ("https://desk.example.com/x?u=/attachments/token/abc123/", None),
            ("/attachments/token//?name=a", None),
            ("https://desk.example.com/attachments/tokens/abc", None),
            ("\\attachments\\token\\ab%63123\\x", Some("abc123")),
            ("/attachments/to\nken/abc\t123/", Some("abc123")),
            ("/attachments/token/abc123/../def456/?name=a", Some("def456")),
            ("/attachments/token/abc123/%2E%2e\\def456/", Some("def456")),
            ("/attachments/./x/../token/abc123/.hidden/a.png", Some("abc123")),
            ("/attachments/token/../abc123/", None),
            ("/attachments/token/%u0061bc123/", Some("%u0061bc123")),
            ("", None),
        ];
        for (url, expected) in cases {
            assert_eq!(attachment_token(url).as_deref(), expected, "{url}");
        }
    }
}
