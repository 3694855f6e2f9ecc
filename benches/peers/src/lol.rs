//! The obvious program on a stream: lol_html with a handler for `redact` elements and one for text.
//!
//! Text arrives undecoded, so each chunk that is masked or goes to the plain text is decoded by `html-escape`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html_escape::decode_html_entities;
use lol_html::html_content::{ContentType, TextType};
use lol_html::{RewriteStrSettings, doc_text, element, end_tag, rewrite_str, text};

use crate::text::{is_block, mask_into};

/// The redacted body and its plain text.
pub fn redact(html: &str) -> (String, String) {
    let depth = Rc::new(Cell::new(0usize));
    let plain = RefCell::new(String::new());
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("redact", |el| {
            depth.set(depth.get() + 1);
            let depth = Rc::clone(&depth);
            if let Some(handlers) = el.end_tag_handlers() {
                handlers.push(end_tag!(move |_| {
                    depth.set(depth.get() - 1);
                    Ok(())
                }));
            }
            el.remove_and_keep_content();
            Ok(())
        }))
        .append_element_content_handler(element!("[redact]", |el| {
            el.remove_and_keep_content();
            Ok(())
        }))
        .append_element_content_handler(element!("*", |el| {
            line_start(&plain, &el.tag_name());
            Ok(())
        }))
        .append_document_content_handler(doc_text!(|chunk| {
            if depth.get() > 0 {
                let mut masked = String::new();
                mask_into(&mut masked, &decode_html_entities(chunk.as_str()));
                plain.borrow_mut().push_str(&masked);
                chunk.replace(&masked, ContentType::Text);
            } else if chunk.text_type() == TextType::Data {
                plain.borrow_mut().push_str(&decode_html_entities(chunk.as_str()));
            }
            Ok(())
        }));
    let body = rewrite_str(html, settings).expect("the bodies are well-formed enough");
    (body, plain.into_inner())
}

/// The plain text alone; what is written is thrown away.
pub fn plain_text(html: &str) -> String {
    let plain = RefCell::new(String::new());
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("*", |el| {
            line_start(&plain, &el.tag_name());
            Ok(())
        }))
        .append_document_content_handler(doc_text!(|chunk| {
            if chunk.text_type() == TextType::Data {
                plain.borrow_mut().push_str(&decode_html_entities(chunk.as_str()));
            }
            Ok(())
        }));
    rewrite_str(html, settings).expect("the bodies are well-formed enough");
    plain.into_inner()
}

/// The body with every occurrence of `needle` within one chunk of text masked.
pub fn strings(html: &str, needle: &str, mask: &str) -> String {
    let settings = RewriteStrSettings::new().append_element_content_handler(text!("*", |chunk| {
        if chunk.as_str().contains(needle) {
            let masked = chunk.as_str().replace(needle, mask);
            chunk.replace(&masked, ContentType::Html);
        }
        Ok(())
    }));
    rewrite_str(html, settings).expect("the bodies are well-formed enough")
}

fn line_start(plain: &RefCell<String>, name: &str) {
    if name == "br" || is_block(name) {
        plain.borrow_mut().push('\n');
    }
}
