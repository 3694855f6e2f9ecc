//! Secrets planted in random documents are nowhere in the output.

use proptest::prelude::*;

use crate::laws::html::html_law;
use crate::laws::planted::{planted, planted_law};
use crate::support::soup::cases;
use blackbar::Policy;

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn no_secret_is_left(bytes in proptest::collection::vec(any::<u8>(), 0..160)) {
        planted_law(&planted(&bytes));
    }

    #[test]
    fn the_laws_hold_for_any_text(marked in nasty_html()) {
        html_law(&marked, Policy::default());
    }
}

/// Pieces of HTML that like to join into something else, with marks strewn in.
fn nasty_html() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<redact>", "</redact>", "<redact>", "</redact>", "<b redact>", "</b>", "<a href=x redact>", "</a>", "<svg>",
        "</svg>", "<svg redact>", "<math>", "<mi>", "</mi>", "</math>", "<style>", "</style>", "<title>", "</title>",
        "<p>", "</p>", "<table>", "<tr>", "<td redact>", "</td>", "</table>", "<pre>", "<pre redact>", "</pre>", "\n",
        "\r", " ", "&", "am", "p;", "&#", "6", "5;", "<", ">", "/", "{", "}", "<!--", "-->", "<br redact>",
        "<img redact src=a>", "<x-y redact>", "</x-y>", "e", "\u{301}", "\u{200D}", "👩", "🇩", "🇪", "\0", "<template>",
        "</template>", "<select>", "</select>", "<noscript>", "</noscript>", "<textarea>", "</textarea>", "<![CDATA[",
        "]]>", "<foreignObject>", "</foreignObject>", "a", "word", "&nbsp;", "&fjlig;", "\u{202E}", "<div>", "</div>",
        "<font color=x redact>", "</font>", "<li redact>", "<ul>", "</ul>",
    ]);
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}
