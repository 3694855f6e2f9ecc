//! What people read as one word although a tag stands in it that parts words elsewhere.

use std::ops::Range;

use super::places::push_unmasked;
use super::view::{View, separates};
use crate::gallop::Forward;
use crate::html::{Fragment, Token};
use crate::plain::rendered_with_map;

/// The text that a result shows, if anything is joined in it that is apart in its source: by an image, a script or a
/// hidden word, all of which leave nothing in the rendered text. `masks` are the ranges that were put in by the
/// redaction.
pub(super) fn shown(result: &Fragment<'_>, masks: &[Range<usize>]) -> Option<View> {
    let (text, pieces) = rendered_with_map(result);
    let mut view = View::with_capacity(text.len());
    let (mut tokens, mut masks) = (Forward::new(result.tokens()), masks.iter());
    let (mut shown, mut end, mut is_joined) = (0, 0, false);
    for piece in pieces {
        if shown < piece.text.start {
            view.push('\n', piece.source.start);
        } else if end < piece.source.start {
            is_joined |= parts(&mut tokens, result.tokens(), end..piece.source.start);
        }
        let source = &result.source()[piece.source.clone()];
        if piece.text.len() == piece.source.len() || source.starts_with('&') {
            push_unmasked(&mut view, result.source(), piece.source.clone(), &mut masks);
        } else {
            view.push_str(&text[piece.text.clone()], piece.source.start);
        }
        (shown, end) = (piece.text.end, piece.source.end);
    }
    is_joined.then_some(view)
}

/// Whether in `between` a tag stands that parts words, or text.
fn parts(cursor: &mut Forward<'_, Token>, tokens: &[Token], between: Range<usize>) -> bool {
    let first = cursor.pass(|token| token.end() <= between.start);
    let mut inside = tokens[first..].iter().take_while(|token| token.start() < between.end);
    inside.any(|token| separates(token) || token.is_text())
}
