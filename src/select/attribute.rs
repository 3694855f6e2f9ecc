//! The `redact` attribute: what becomes of the element that has it (contract C20–C24).

use crate::edit::Action;
use crate::error::Error;
use crate::html::{Class, Fragment, Name};
use crate::select::draft::Counts;
use crate::select::pairs::{Pairs, is_empty};

/// Decides on the element whose start tag is the token at `index`.
pub(crate) fn redact_element(
    fragment: &Fragment<'_>,
    pairs: &Pairs,
    index: usize,
    actions: &mut [Action],
    counts: &mut Counts,
) -> Result<(), Error> {
    let token = &fragment.tokens()[index];
    let name = token.name();
    if name.is(Class::EMBEDDED) || (name.is(Class::REPLACED) && !is_empty(token)) {
        return remove_whole(fragment, pairs, index, actions, counts);
    }
    if name.is(Class::REPLACED) {
        counts.tags_removed += 1;
        actions[index] = Action::Remove;
        return Ok(());
    }
    let wraps = name.is(Class::PHRASING) || name.is_unknown();
    match pairs.clean_end(index) {
        Some(end) if wraps => {
            counts.tags_removed += 2;
            actions[index] = Action::Remove;
            actions[end] = Action::Remove;
        }
        _ if wraps && is_empty(token) => {
            counts.tags_removed += 1;
            actions[index] = Action::Remove;
        }
        _ => {
            counts.tags_bared += 1;
            bare(actions, index);
            if let Some(end) = pairs.partner(index) {
                bare(actions, end);
            }
        }
    }
    Ok(())
}

fn bare(actions: &mut [Action], index: usize) {
    if actions[index] == Action::Keep {
        actions[index] = Action::Bare;
    }
}

/// Takes an element out with all its content (C23).
pub(crate) fn remove_whole(
    fragment: &Fragment<'_>,
    pairs: &Pairs,
    index: usize,
    actions: &mut [Action],
    counts: &mut Counts,
) -> Result<(), Error> {
    let tokens = fragment.tokens();
    let token = &tokens[index];
    let end = if is_empty(token) {
        index
    } else {
        // An end tag of another namespace closes something else: a start tag in between broke out of svg or math.
        let end = pairs.clean_end(index).filter(|&end| tokens[end].is_foreign() == token.is_foreign());
        end.ok_or(Error::CannotRemove { offset: token.start() })?
    };
    if fragment.is_uncertain() && (token.is_foreign() || token.name() == Name::Template) {
        return Err(Error::CannotRemove { offset: token.start() });
    }
    counts.embedded_removed += 1;
    actions[index..=end].fill(Action::Remove);
    Ok(())
}
