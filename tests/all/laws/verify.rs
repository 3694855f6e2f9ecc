//! A browser's parser sees no element and no attribute in a result that the source has not.

use blackbar::{Redactor, VerifyError};

/// Text may be read in another order, or be dropped; but nothing comes to life.
#[track_caller]
pub fn verify_law(marked: &str) {
    let Ok(redaction) = Redactor::default().html(marked) else { return };
    let verdict = redaction.verify();
    let comes_to_life = [VerifyError::MarkLeft, VerifyError::Element, VerifyError::Attribute].map(Err);
    assert!(!comes_to_life.contains(&verdict), "{verdict:?}: {marked:?} gives {:?}", redaction.text());
}
