//! Redactions put together from several requests on one source (rule C43).

mod finish;
mod html;
mod text;

pub use html::HtmlSelection;
pub use text::TextSelection;
