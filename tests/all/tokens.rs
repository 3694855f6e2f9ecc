//! The tokenizer reads HTML as a browser does (contract C10, C16).

use crate::laws::tokens::tokens_law;

#[test]
fn tokens_are_those_of_html5ever() {
    for source in ["", "a<b>c</b>", "<svg><style><!--</style>", "<p>a<p>b</p>"] {
        tokens_law(source);
    }
}
