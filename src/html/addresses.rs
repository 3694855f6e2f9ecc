//! The attributes that hold addresses, and the addresses in them.

/// The attributes whose value is an address.
const ADDRESSES: &[&str] =
    &["action", "background", "cite", "data", "formaction", "href", "longdesc", "poster", "src", "xlink:href"];

/// Whether the value of an attribute called `name` is an address.
pub(crate) fn holds_address(name: &str) -> bool {
    ADDRESSES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether the value of an attribute called `name` is a list of addresses: a `srcset`.
pub(crate) fn holds_addresses(name: &str) -> bool {
    name.eq_ignore_ascii_case("srcset")
}

/// The addresses in the value of the attribute called `name`: the value itself,
/// those of a `srcset`, those in a `style`.
pub(crate) fn addresses<'v>(name: &str, value: &'v str) -> impl Iterator<Item = &'v str> {
    let of = |is_asked: bool| if is_asked { value } else { "" };
    let (whole, list, style) =
        (of(holds_address(name)), of(holds_addresses(name)), of(name.eq_ignore_ascii_case("style")));
    // CSS: `url(address)`, perhaps in quotes.
    let in_style = style.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    let in_style = in_style.map(|url| url.trim().trim_matches(['"', '\'']));
    [whole.trim()].into_iter().chain(candidates(list)).chain(in_style).filter(|url| !url.is_empty())
}

/// The URLs in the value of a `srcset` (WHATWG 4.8.4, parsing a srcset attribute). What stands behind one, such as its
/// width, ends at a comma outside of parentheses, whether or not white space follows.
fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    let is_space = |c: char| c.is_ascii_whitespace();
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| is_space(c) || c == ',');
        let (candidate, behind) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
        let url = candidate.trim_end_matches(',');
        let mut in_parentheses = false;
        let ends = |c: char| {
            in_parentheses = if in_parentheses { c != ')' } else { c == '(' };
            c == ',' && !in_parentheses
        };
        let has_ended = url.len() < candidate.len();
        rest = if has_ended { behind } else { behind.split_once(ends).map_or("", |(_, next)| next) };
        Some(url).filter(|url| !url.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_of_a_srcset_end_at_commas() {
        let cases: [(&str, &[&str]); 7] = [
            ("", &[]),
            (" , ", &[]),
            ("a.png", &["a.png"]),
            (",a.png, b.png 2x", &["a.png", "b.png"]),
            ("a.png 1x,b.png 2x\n,\tc.png", &["a.png", "b.png", "c.png"]),
            ("a,b.png 1x, c.png,,", &["a,b.png", "c.png"]),
            ("a.png (x, y) 1x, b.png (x, c.png", &["a.png", "b.png"]),
        ];
        for (srcset, expected) in cases {
            assert_eq!(candidates(srcset).collect::<Vec<_>>(), expected, "{srcset}");
        }
    }

    #[test]
    fn addresses_are_found_by_the_name_of_the_attribute() {
        let cases: [(&str, &str, &[&str]); 6] = [
            ("HREF", " /a b ", &["/a b"]),
            ("src", "", &[]),
            ("srcset", "a.png 1x,b.png", &["a.png", "b.png"]),
            ("style", "x: url( 'a.png' ); y: url(b.png) url(", &["a.png", "b.png"]),
            ("title", "url(a.png)", &[]),
            ("data-src", "a.png", &[]),
        ];
        for (name, value, expected) in cases {
            assert_eq!(addresses(name, value).collect::<Vec<_>>(), expected, "{name}");
        }
    }
}
