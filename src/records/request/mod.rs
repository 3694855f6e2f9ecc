//! What the endpoints are asked: one type each, with its own reader.

mod chat;
mod comment;
mod fields;

pub use chat::{ChatFileRedaction, ChatRedaction};
pub use comment::{CommentRedaction, StringRedaction};
