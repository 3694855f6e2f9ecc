//! What a redaction did, in numbers.

use crate::edit::Counts;

/// Counts of what a redaction did. It holds no text; the only words are names that the caller gave to patterns.
///
/// ```
/// let redaction = blackbar::Redactor::default().html("<p><redact>Jo 👩‍💻</redact> <img redact src='a.png'></p>")?;
/// let report = redaction.report();
/// assert_eq!((report.ranges(), report.clusters(), report.tags_removed()), (1, 4, 1));
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Report {
    pub(crate) ranges: usize,
    pub(crate) clusters: usize,
    pub(crate) clusters_expanded: usize,
    pub(crate) tags_removed: usize,
    pub(crate) tags_bared: usize,
    pub(crate) embedded_removed: usize,
    pub(crate) comments_removed: usize,
    pub(crate) seams: usize,
    pub(crate) patterns: Vec<(String, usize)>,
}

impl Report {
    /// Takes in what became of tags, elements and comments.
    pub(crate) fn count(&mut self, counts: Counts) {
        self.tags_removed = counts.tags_removed;
        self.tags_bared = counts.tags_bared;
        self.embedded_removed = counts.embedded_removed;
        self.comments_removed = counts.comments_removed;
    }

    /// Ranges whose text was masked, after those that overlap or touch became one.
    #[must_use]
    pub fn ranges(&self) -> usize {
        self.ranges
    }

    /// Masked grapheme clusters.
    #[must_use]
    pub fn clusters(&self) -> usize {
        self.clusters
    }

    /// Clusters that a range's edge cut, and that were masked as a whole.
    #[must_use]
    pub fn clusters_expanded(&self) -> usize {
        self.clusters_expanded
    }

    /// Tags taken out, mark tags not counted.
    #[must_use]
    pub fn tags_removed(&self) -> usize {
        self.tags_removed
    }

    /// Tags left with nothing but their name.
    #[must_use]
    pub fn tags_bared(&self) -> usize {
        self.tags_bared
    }

    /// Elements taken out with all their content.
    #[must_use]
    pub fn embedded_removed(&self) -> usize {
        self.embedded_removed
    }

    /// Comments and doctypes taken out.
    #[must_use]
    pub fn comments_removed(&self) -> usize {
        self.comments_removed
    }

    /// Places at which kept text had to be kept apart by a reference or an empty comment.
    #[must_use]
    pub fn seams(&self) -> usize {
        self.seams
    }

    /// The number of hits of each pattern that had one, by name.
    pub fn patterns(&self) -> impl Iterator<Item = (&str, usize)> {
        self.patterns.iter().map(|(name, hits)| (name.as_str(), *hits))
    }
}
