//! The tokenizer reads HTML as a browser does (contract C10, C16).

use proptest::prelude::*;

use crate::laws::tokens::tokens_law;
use crate::support::soup;

proptest! {
    #![proptest_config(soup::cases(600))]

    #[test]
    fn tokens_of_soup_are_those_of_html5ever(source in soup::soup()) {
        tokens_law(&source);
    }

    #[test]
    fn tokens_of_raw_text_are_those_of_html5ever(source in soup::raw_text()) {
        tokens_law(&source);
    }

    #[test]
    fn tokens_of_foreign_content_are_those_of_html5ever(source in soup::foreign()) {
        tokens_law(&source);
    }

    #[test]
    fn comments_and_doctypes_are_those_of_html5ever(source in soup::declarations()) {
        tokens_law(&source);
    }

    #[test]
    fn attributes_are_those_of_html5ever(source in soup::attributes()) {
        tokens_law(&source);
    }
}
