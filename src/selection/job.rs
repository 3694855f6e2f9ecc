//! From a draft to a redaction, on one of two ways.

use super::finish::{Finished, in_copy};
use crate::check::check;
use crate::error::Error;
use crate::html::{Fragment, Options, carry, flag_again, retokenize, tokenize_with};
use crate::mask::{Direct, mask_html};
use crate::policy::Policy;
use crate::redaction::Redaction;
use crate::report::Report;
use crate::select::{Decided, Draft, MARK, Marks, marks, refuse_empty, unmarked_len};

/// Redacts what the marks in the body itself say.
pub(crate) fn redact_marked<'s>(policy: &Policy, marked: &'s str) -> Result<Redaction<'s>, Error> {
    policy.limits.check_input(marked.len())?;
    let fragment = tokenize_with(marked, &Options::default().watch(MARK));
    let Marks { ranges: covered, attributes, .. } = marks(&fragment, policy)?;
    if policy.limits.check_unmarked(marked.len()).is_err() {
        policy.limits.check_unmarked(unmarked_len(&fragment))?;
    }
    let draft = Draft { covered, attributes, ..Draft::default() };
    Job { policy, watch: MARK, openings: &[] }.redact(fragment, draft, Report::default())
}

/// What is left to do where masks alone stand in place of what was selected. The result need not be read (C7).
fn directly<'s>(fragment: Fragment<'s>, decided: Decided, direct: Direct, mut report: Report) -> Finished<'s> {
    let Direct { edits, cuts_references, clusters, counts } = direct;
    let source = fragment.source();
    let text = edits.splice(source);
    let mut tokens = carry(fragment.into_tokens(), edits.replaced());
    if cuts_references {
        flag_again(&mut tokens, &text, edits.result_ranges());
    }
    let chosen = decided.chosen;
    // Only one of the two is there if it was masked directly.
    report.ranges = chosen.covered.as_slice().len() + chosen.hits.as_slice().len();
    report.clusters = clusters;
    report.count(counts);
    Finished { source, text, edits, report, tokens: Some(tokens), chosen }
}

/// What does not change from the draft to the redaction.
pub(super) struct Job<'j> {
    pub(super) policy: &'j Policy,
    /// The word whose tags and attributes the tokens of source and result tell of.
    pub(super) watch: &'static str,
    /// For each mark of a marked copy, where it begins in the source and where it opens in the copy.
    pub(super) openings: &'j [(usize, usize)],
}

impl Job<'_> {
    /// Redacts what is in `draft`: directly if that can be, in general if not.
    pub(super) fn redact<'s>(
        &self,
        fragment: Fragment<'s>,
        draft: Draft,
        report: Report,
    ) -> Result<Redaction<'s>, Error> {
        if draft.is_empty() {
            return Err(Error::NothingToRedact);
        }
        // A copy can mark a tag that has nothing to lose.
        let nothing = if draft.hits.is_empty() { Error::NothingToRedact } else { Error::NoMatch };
        let (actions, counts) = draft.decide(&fragment)?;
        let decided = Decided { chosen: draft.into_chosen(), actions, counts };
        let finished = match decided.mask_directly(&fragment, self.policy) {
            Some(direct) => {
                let twin = cfg!(debug_assertions).then(|| self.in_general(&fragment, decided.clone(), report.clone()));
                let finished = directly(fragment, decided, direct, report);
                debug_assert!(
                    twin.is_none_or(|twin| twin.as_ref() == Ok(&finished)),
                    "the direct way must lead to where the general way leads"
                );
                finished
            }
            None => self.in_general(&fragment, decided, report)?,
        };
        finished.finish(self.watch, self.policy, nothing)
    }

    /// Redacts whatever was selected, and reads the result again.
    fn in_general<'s>(
        &self,
        fragment: &Fragment<'s>,
        decided: Decided,
        mut report: Report,
    ) -> Result<Finished<'s>, Error> {
        let Self { policy, watch, openings } = *self;
        let (selection, chosen, counts) = decided.resolve(fragment, policy)?;
        let masked = mask_html(fragment, &selection, policy)?;
        refuse_empty(fragment, &chosen.covered, &selection, &masked.text).map_err(|error| in_copy(error, openings))?;
        let source = fragment.source();
        let text = masked.edits.apply(source)?;
        let result = retokenize(fragment, &text, masked.edits.replaced(), &Options::default().watch(watch));
        check(fragment, &selection, &masked.edits, &result)?;
        let tokens = Some(result.into_tokens());
        report.count(counts);
        report.ranges = selection.text.as_slice().len();
        Ok(Finished::new(source, text, masked, report, tokens, chosen))
    }
}
