//! The tags of a chat message that may be marks, and the text between them.

use std::ops::Range;

use crate::until::until_end;

/// A tag of the marked text: a mark, or words of the message that look like one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Open,
    Close,
}

impl Tag {
    const BOTH: [Self; 2] = [Self::Open, Self::Close];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Open => "<redact>",
            Self::Close => "</redact>",
        }
    }

    /// What the tag adds to the depth if it is a mark.
    pub(super) const fn depth(self) -> i64 {
        match self {
            Self::Open => 1,
            Self::Close => -1,
        }
    }
}

/// The tags of `text` with their offsets. A tag has `<` in front and nowhere else, so no two overlap.
pub(super) fn tags(text: &[u8]) -> impl Iterator<Item = (usize, Tag)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = until_end(text, from, |byte, next| byte.is(b'<') & (next.is(b'r') | next.is(b'/')));
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let Some(tag) = leading_tag(rest) else {
                from = at + 1;
                continue;
            };
            from = at + tag.text().len();
            return Some((at, tag));
        }
    })
}

/// The tag that `text` begins with.
#[inline]
pub(super) fn leading_tag(text: &[u8]) -> Option<Tag> {
    if text.starts_with(Tag::Open.text().as_bytes()) {
        Some(Tag::Open)
    } else if text.starts_with(Tag::Close.text().as_bytes()) {
        Some(Tag::Close)
    } else {
        None
    }
}

/// Whether byte offset `at` lies inside a tag, not at either of its ends.
pub(super) fn inside_tag(text: &str, at: usize) -> bool {
    let start = at.saturating_sub(Tag::Close.text().len() - 1);
    let text = text.as_bytes();
    let open = memchr::memrchr(b'<', text.get(start..at).unwrap_or_default()).map(|found| start + found);
    open.is_some_and(|open| leading_tag(&text[open..]).is_some_and(|tag| at < open + tag.text().len()))
}

/// A marked text taken apart: text, then runs of side-by-side tags, each with the text after it.
pub(super) struct Marked<'m> {
    pub(super) text: &'m str,
    /// The text before the first tag.
    pub(super) head: &'m str,
    pub(super) runs: Vec<Run>,
    tags: Vec<Tag>,
}

/// Side-by-side tags and the text after them, which is empty at the end of the message only.
pub(super) struct Run {
    /// Where the first tag stands.
    pub(super) offset: usize,
    tags: Range<usize>,
    text: Range<usize>,
}

impl<'m> Marked<'m> {
    pub(super) fn new(text: &'m str) -> Self {
        let mut marked = Self { text, head: text, runs: Vec::new(), tags: Vec::new() };
        for (offset, tag) in tags(text.as_bytes()) {
            let (index, end) = (marked.tags.len(), offset + tag.text().len());
            marked.tags.push(tag);
            match marked.runs.last_mut() {
                Some(run) if run.text.start == offset => {
                    run.tags.end = index + 1;
                    run.text.start = end;
                }
                last => {
                    match last {
                        Some(run) => run.text.end = offset,
                        None => marked.head = &text[..offset],
                    }
                    marked.runs.push(Run { offset, tags: index..index + 1, text: end..text.len() });
                }
            }
        }
        marked
    }

    /// The tags of a run.
    pub(super) fn tags(&self, run: &Run) -> &[Tag] {
        &self.tags[run.tags.clone()]
    }

    /// The text after a run.
    pub(super) fn text_after(&self, run: &Run) -> &'m str {
        &self.text[run.text.clone()]
    }

    /// Where the tag number `index` of a run stands.
    pub(super) fn offset(&self, run: &Run, index: usize) -> usize {
        let before: usize = self.tags(run).iter().take(index).map(|tag| tag.text().len()).sum();
        run.offset + before
    }

    /// The tag that the text from run number `first` on spells if every tag is taken out.
    pub(super) fn spelled(&self, first: usize) -> Option<Tag> {
        let mut word = [0; Tag::Close.text().len()];
        let mut len = 0;
        for run in self.runs.iter().skip(first) {
            let text = self.text_after(run).as_bytes();
            let taken = text.len().min(word.len() - len);
            word[len..len + taken].copy_from_slice(&text[..taken]);
            len += taken;
            // A tag can only be spelled across runs, so a longer text decides nothing more.
            if len == word.len() {
                break;
            }
        }
        leading_tag(&word[..len])
    }

    /// Whether a tag could come about where tags are taken out, as in `<red<redact>act>`.
    pub(super) fn may_form_tags(&self) -> bool {
        let ends_in_part = |text: &str| {
            let bytes = text.as_bytes();
            let tail = &bytes[bytes.len().saturating_sub(Tag::Close.text().len() - 1)..];
            let open = tail.iter().rposition(|byte| *byte == b'<');
            open.is_some_and(|open| Tag::BOTH.iter().any(|tag| tag.text().as_bytes().starts_with(&tail[open..])))
        };
        if !ends_in_part(self.head) && !self.runs.iter().any(|run| ends_in_part(self.text_after(run))) {
            return false;
        }
        let texts = self.runs.iter().map(|run| self.text_after(run));
        let joined: String = std::iter::once(self.head).chain(texts).collect();
        tags(joined.as_bytes()).next().is_some()
    }
}
