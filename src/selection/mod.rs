//! Redactions put together from several requests on one source (rule C43).

mod finish;
mod html;
mod job;
mod joined;
mod text;

pub use html::HtmlSelection;
pub(crate) use job::redact_marked;
pub use text::TextSelection;
