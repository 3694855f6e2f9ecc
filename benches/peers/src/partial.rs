//! Programs that do a part of the job only. They show what the part costs elsewhere.

use html5gum::{Token, Tokenizer};

/// `tl`: parses into its own tree and stops there.
pub fn tl_parse(html: &str) -> usize {
    tl::parse(html, tl::ParserOptions::default()).map_or(0, |dom| dom.nodes().len())
}

/// `tl`: parses and joins the text of the nodes; nothing is decoded, no line begins anywhere.
pub fn tl_text(html: &str) -> String {
    let Ok(dom) = tl::parse(html, tl::ParserOptions::default()) else { return String::new() };
    let parser = dom.parser();
    dom.children().iter().filter_map(|node| node.get(parser)).map(|node| node.inner_text(parser)).collect()
}

/// `html5gum`: counts the tokens of the standard's tokenizer, with attributes and decoded text.
pub fn html5gum_tokens(html: &str) -> usize {
    Tokenizer::new(html).flatten().filter(|token| !matches!(token, Token::Error(_))).count()
}

/// `ammonia`: parses, drops what its list does not allow, serializes.
pub fn ammonia_clean(html: &str) -> String {
    ammonia::clean(html)
}

/// `html2text`: parses and lays the text out in 80 columns.
pub fn html2text_render(html: &str) -> String {
    html2text::from_read(html.as_bytes(), 80).unwrap_or_default()
}
