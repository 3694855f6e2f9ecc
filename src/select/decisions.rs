//! What becomes of each token, as far as it is decided.

use crate::edit::{Action, Counts};
use crate::html::Fragment;

/// The decisions on the tokens of a fragment. The attribute's come first, then those of marks and ranges.
pub(super) struct Decisions<'d, 's> {
    pub(super) fragment: &'d Fragment<'s>,
    /// One for each token.
    pub(super) actions: Vec<Action>,
    pub(super) counts: Counts,
}

impl<'d, 's> Decisions<'d, 's> {
    /// Nothing is decided yet.
    pub(super) fn new(fragment: &'d Fragment<'s>) -> Self {
        let actions = vec![Action::Keep; fragment.tokens().len()];
        Self { fragment, actions, counts: Counts::default() }
    }
}
