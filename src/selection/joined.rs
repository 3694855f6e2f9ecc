//! What is found only where a removal joins text.
//!
//! Of `sec<img alt="secret">ret` the image goes, and what was to go stands in the result if nobody looks again.

use std::convert::Infallible;
use std::sync::Arc;

use crate::edit::{Action, Selection};
use crate::error::Error;
use crate::html::Fragment;
use crate::policy::Policy;
use crate::select::{Decided, Draft, Haystack, Needles, Part, Patterns, Search, Space, Work};

/// What a body was searched for.
#[derive(Clone)]
pub(super) enum Searched {
    Needles(Arc<Needles>),
    Patterns(Patterns),
}

/// Adds what is found in the text that the tags that go would join. Nothing of it is counted for a pattern.
///
/// # Errors
/// Those of deciding which tags go, and [`Error::TooMuchWork`].
pub(super) fn add_joined(
    fragment: &Fragment<'_>,
    draft: &mut Draft,
    searched: &[Searched],
    policy: &Policy,
    work: &mut Work,
) -> Result<(), Error> {
    if searched.is_empty() || draft.attributes.is_empty() && draft.covered.is_empty() {
        return Ok(());
    }
    let (actions, counts) = draft.decide(fragment)?;
    let decided = Decided { chosen: draft.clone().into_chosen(), actions, counts };
    let (Selection { actions, .. }, ..) = decided.resolve(fragment, policy)?;
    for searched in searched {
        match searched {
            Searched::Needles(needles) => find(fragment, &actions, needles, draft),
            Searched::Patterns(patterns) => {
                let mut search = Search::new(patterns, work);
                let Draft { hits, wholes, .. } = &mut *draft;
                Haystack::each_joined(fragment, &actions, |haystack| {
                    search.find(haystack.text(), Space::Collapsed, |part, hit| {
                        haystack.source_ranges(&hit, if part == Part::Masked { &mut *hits } else { &mut *wholes });
                    })
                })?;
            }
        }
    }
    Ok(())
}

fn find(fragment: &Fragment<'_>, actions: &[Action], needles: &Needles, draft: &mut Draft) {
    let mut found = Vec::new();
    let mut search = |haystack: &Haystack| {
        needles.find(haystack.text(), &mut found);
        found.drain(..).for_each(|hit| haystack.source_ranges(&hit, &mut draft.hits));
    };
    if needles.crosses_lines() {
        return search(&Haystack::whole(fragment, actions));
    }
    let never: Result<(), Infallible> = Haystack::each_joined(fragment, actions, |haystack| {
        search(haystack);
        Ok(())
    });
    let Ok(()) = never;
}
