//! What the caller may choose. Every relaxation of the rules is here, by name, and off by default (C3).

use crate::error::Error;
use crate::limits::Limits;

/// What stands for removed text (rule C34).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Mask {
    /// This character once per extended grapheme cluster. The default is `▇` U+2587. [`crate::Redactor::new`] refuses a
    /// character that could join letters or be taken for text: white space, controls, characters that combine with
    /// others, ASCII letters and digits, and any of `` <>&"'/!?#;{} ``.
    PerGrapheme(char),
    /// `▇` this many times, 1 to 64, once per range and inline run, whatever the length of the text; `Fixed(4)` gives
    /// `▇▇▇▇`. Two ranges of a run with nothing left between them have one mask.
    Fixed(usize),
    /// A word, once per range and inline run; see [`Mask::label`].
    Label(Label),
}

/// The character that stands for one removed grapheme cluster.
pub(crate) const BAR: char = '▇';

/// The most masks that [`Mask::Fixed`] may ask for.
const MAX_FIXED: usize = 64;

/// The longest label, in bytes.
const MAX_LABEL: usize = 48;

/// The text of [`Mask::Label`], at most 48 bytes; made by [`Mask::label`].
///
/// ```
/// use blackbar::Mask;
///
/// assert!(matches!(Mask::label("[removed]")?, Mask::Label(label) if label.as_str() == "[removed]"));
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Label {
    bytes: [u8; MAX_LABEL],
    len: u8,
}

impl Label {
    fn new(text: &str) -> Result<Self, Error> {
        let edges_blank = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        let bad = |c: char| c != ' ' && (!standalone(c) || MARKUP.contains(c));
        if text.is_empty() || text.len() > MAX_LABEL || edges_blank || text.contains(bad) {
            return Err(Error::BadMask);
        }
        let mut bytes = [0; MAX_LABEL];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self { bytes, len: text.len() as u8 })
    }

    /// The label as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl std::fmt::Debug for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl TryFrom<String> for Label {
    type Error = Error;
    fn try_from(text: String) -> Result<Self, Error> {
        Self::new(&text)
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.as_str().to_owned()
    }
}

impl Mask {
    /// A word that stands for each range, such as `[removed]`.
    ///
    /// # Errors
    /// [`Error::BadMask`] if the text is blank, longer than 48 bytes, begins or ends with white space, or holds white
    /// space other than U+0020, a control or combining character, or any of `` <>&"'/!?#;{} ``: such a label could join
    /// what stands beside it.
    ///
    /// ```
    /// use blackbar::{Mask, Policy, Redactor};
    ///
    /// let policy = Policy::default().mask(Mask::label("[removed]")?);
    /// let redaction = Redactor::new(policy)?.html("call <redact>555-0100</redact>")?;
    /// assert_eq!(redaction.text(), "call [removed]");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn label(text: &str) -> Result<Self, Error> {
        Label::new(text).map(Self::Label)
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let good = match self {
            Self::PerGrapheme(c) => standalone(*c) && !c.is_ascii_alphanumeric() && !MARKUP.contains(*c),
            Self::Fixed(n) => (1..=MAX_FIXED).contains(n),
            // It was checked when it was made.
            Self::Label(_) => true,
        };
        if good { Ok(()) } else { Err(Error::BadMask) }
    }
}

impl Default for Mask {
    fn default() -> Self {
        Self::PerGrapheme(BAR)
    }
}

/// Characters that a mask must not contain: they could begin, end or join markup or a template expression.
const MARKUP: &str = "<>&\"'/!?#;{}";

/// Characters that are neither white space nor controls, and yet blank: two Hangul fillers,
/// and the Braille pattern without dots.
const BLANK: &str = "\u{3164}\u{FFA0}\u{2800}";

/// Whether a character is always a grapheme cluster of its own that people can see, whatever stands beside it.
fn standalone(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !BLANK.contains(c) && crate::grapheme::stands_alone(c)
}

/// What happens when a range begins or ends inside a grapheme cluster (rule C32).
///
/// ```
/// use blackbar::{ClusterEdge, Error, Policy, Redactor, Unit};
///
/// let redact = |edge| {
///     let redactor = Redactor::new(Policy::default().cluster_edge(edge))?;
///     // The range ends between a letter and its accent.
///     redactor.text_ranges("Jose\u{301}", &[0..4], Unit::Bytes).map(|redaction| redaction.into_text())
/// };
/// assert_eq!(redact(ClusterEdge::Expand)?, "▇▇▇▇");
/// assert_eq!(redact(ClusterEdge::Reject), Err(Error::ClusterCut { offset: 3 }));
/// assert_eq!(redact(ClusterEdge::Exact)?, "▇▇▇▇\u{301}");
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ClusterEdge {
    /// The whole cluster is masked: half a cluster is still readable. This is the default.
    #[default]
    Expand,
    /// The call is refused with [`Error::ClusterCut`].
    Reject,
    /// Only the part in the range is masked, but a character reference never in part.
    Exact,
}

/// What happens to white space in a range (rule C33). White space that is only layout in HTML stays in any case.
///
/// ```
/// use blackbar::{Policy, Redactor, Whitespace};
///
/// let redact = |whitespace| {
///     let redactor = Redactor::new(Policy::default().whitespace(whitespace))?;
///     redactor.chat("a b\nc", "<redact>a b\nc</redact>").map(|redaction| redaction.into_text())
/// };
/// assert_eq!(redact(Whitespace::Mask)?, "▇▇▇▇▇");
/// assert_eq!(redact(Whitespace::KeepLineEnds)?, "▇▇▇\n▇");
/// assert_eq!(redact(Whitespace::Keep)?, "▇ ▇\n▇");
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Whitespace {
    /// It is masked like any other text. This is the default.
    #[default]
    Mask,
    /// Line ends stay, the rest is masked. How many lines there were can be seen, whatever the mask.
    KeepLineEnds,
    /// It stays. How many words there were can be seen, also with [`Mask::Fixed`] and [`Mask::Label`].
    Keep,
}

/// What happens to images and other embedded elements in a mark that have no `redact` attribute (rule C15).
///
/// ```
/// use blackbar::{EmbeddedInMarks, Error, Policy, Redactor};
///
/// let redact = |embedded| {
///     let redactor = Redactor::new(Policy::default().embedded_in_marks(embedded))?;
///     redactor.html("<redact>Jo<img src='id.png'></redact>").map(|redaction| redaction.into_text())
/// };
/// assert_eq!(redact(EmbeddedInMarks::Reject), Err(Error::EmbeddedInMark { offset: 10 }));
/// assert_eq!(redact(EmbeddedInMarks::Keep)?, "▇▇<img src='id.png'>");
/// assert_eq!(redact(EmbeddedInMarks::Remove)?, "▇▇");
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EmbeddedInMarks {
    /// The call is refused with [`Error::EmbeddedInMark`], so that nobody overlooks an image. This is the default.
    #[default]
    Reject,
    /// They stay, as in the help desk itself, which redacts tags by the attribute only.
    Keep,
    /// They are removed as if they had the attribute: with all of their content, also if the mark ends inside of them.
    Remove,
}

/// What the caller chooses. In the default, every relaxation is off.
///
/// ```
/// use blackbar::{Mask, Policy, Redactor};
///
/// let policy = Policy::default().mask(Mask::Fixed(4));
/// let redaction = Redactor::new(policy)?.html("ID <redact>847564</redact>!")?;
/// assert_eq!(redaction.text(), "ID ▇▇▇▇!");
/// # Ok::<(), blackbar::Error>(())
/// ```
///
/// With the feature `serde` it can be read from JSON, TOML and the like. Fields have the names of the setters, variants
/// are written in snake case, what is missing has its default, and an unknown field is an error. The mask is checked by
/// [`crate::Redactor::new`]:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use blackbar::{Limits, Mask, Policy, Whitespace};
///
/// let text = r#"{"mask": {"fixed": 4}, "whitespace": "keep_line_ends", "limits": {"unmarked_bytes": 65536}}"#;
/// let policy: Policy = serde_json::from_str(text)?;
/// let same = Policy::default().mask(Mask::Fixed(4)).whitespace(Whitespace::KeepLineEnds).limits(Limits::zendesk());
/// assert_eq!(policy, same);
///
/// let policy: Policy = serde_json::from_str(r#"{"mask": {"label": "[removed]"}}"#)?;
/// assert_eq!(policy, Policy::default().mask(Mask::label("[removed]")?));
/// let policy: Policy = serde_json::from_str(r#"{"mask": {"per_grapheme": "█"}}"#)?;
/// assert_eq!(policy.chosen_mask(), Mask::PerGrapheme('█'));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Policy {
    pub(crate) mask: Mask,
    pub(crate) cluster_edge: ClusterEdge,
    pub(crate) whitespace: Whitespace,
    pub(crate) embedded_in_marks: EmbeddedInMarks,
    pub(crate) strip_attributes_in_marks: bool,
    pub(crate) redact_tags_with_hits: bool,
    pub(crate) allow_suspicious: bool,
    pub(crate) ignore_case: bool,
    pub(crate) whole_words: bool,
    pub(crate) min_needle_clusters: usize,
    pub(crate) deny_leaks: bool,
    pub(crate) limits: Limits,
}

impl Policy {
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.mask.check()
    }

    /// What stands for removed text. Default: `▇` per grapheme cluster.
    #[must_use]
    pub const fn mask(mut self, mask: Mask) -> Self {
        self.mask = mask;
        self
    }

    /// The mask that was chosen.
    #[must_use]
    pub const fn chosen_mask(&self) -> Mask {
        self.mask
    }

    /// What happens when a range begins or ends inside a grapheme cluster. Default: the whole cluster is masked.
    #[must_use]
    pub const fn cluster_edge(mut self, edge: ClusterEdge) -> Self {
        self.cluster_edge = edge;
        self
    }

    /// What happens to white space in a range. Default: it is masked.
    #[must_use]
    pub const fn whitespace(mut self, whitespace: Whitespace) -> Self {
        self.whitespace = whitespace;
        self
    }

    /// What happens to images and other embedded elements in a mark. Default: the call is refused.
    #[must_use]
    pub const fn embedded_in_marks(mut self, embedded: EmbeddedInMarks) -> Self {
        self.embedded_in_marks = embedded;
        self
    }

    /// Whether start tags in a mark lose their attributes. Default: no,
    /// and [`crate::Redaction::leaks`] reports what stayed.
    #[must_use]
    pub const fn strip_attributes_in_marks(mut self, strip: bool) -> Self {
        self.strip_attributes_in_marks = strip;
        self
    }

    /// Whether a tag is redacted, as if it had the `redact` attribute, if the value of one of its attributes holds one
    /// of the strings that are searched for, or a hit of a pattern (rules C20 to C25). Default: no, and
    /// [`crate::Redaction::leaks`] reports what stayed.
    ///
    /// A link loses its tags, an image goes, a paragraph or cell loses its attributes, and an `iframe` or `video` goes
    /// with all that is in it. Text that this joins is searched as one. Values are searched with their references
    /// decoded, but not in other encodings; those of attributes that only affect the layout, such as `width` and
    /// `class`, are not.
    ///
    /// ```
    /// use blackbar::{Policy, Redactor};
    ///
    /// let redactor = Redactor::new(Policy::default().redact_tags_with_hits(true))?;
    /// let stored = r#"<p>Mail <a href="mailto:jo@example.com">jo@example.com</a></p>"#;
    /// let redaction = redactor.html_strings(stored, &["jo@example.com"])?;
    /// assert_eq!(redaction.text(), "<p>Mail ▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    #[must_use]
    pub const fn redact_tags_with_hits(mut self, redact: bool) -> Self {
        self.redact_tags_with_hits = redact;
        self
    }

    /// Whether a near-mark such as `<redacted>` may stand beside a real one. Default: no.
    #[must_use]
    pub const fn allow_suspicious(mut self, allow: bool) -> Self {
        self.allow_suspicious = allow;
        self
    }

    /// Whether strings are found in any case, by Unicode simple case folding. Default: no.
    #[must_use]
    pub const fn ignore_case(mut self, ignore: bool) -> Self {
        self.ignore_case = ignore;
        self
    }

    /// Whether a string matches only as a whole word. Default: no.
    #[must_use]
    pub const fn whole_words(mut self, whole: bool) -> Self {
        self.whole_words = whole;
        self
    }

    /// The shortest string that may be searched for, in grapheme clusters. Default: 0, so any that is not blank.
    #[must_use]
    pub const fn min_needle_clusters(mut self, clusters: usize) -> Self {
        self.min_needle_clusters = clusters;
        self
    }

    /// Whether a redaction is refused with [`Error::Leak`] if what it removed is left elsewhere. Default: no.
    #[must_use]
    pub const fn deny_leaks(mut self, deny: bool) -> Self {
        self.deny_leaks = deny;
        self
    }

    /// How large the texts of a call may be, and how much work it may take. Default: [`Limits::default`].
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}
