//! Which end tag closes which start tag (rule C25).

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::html::{Class, Fragment, Kind, Name, Token};

/// The pairs of a fragment's tags, by the indices of their tokens.
#[derive(PartialEq)]
pub(crate) enum Pairs<'f> {
    /// Each start tag that is asked for has its end tag right behind its text.
    Simple(&'f [Token]),
    /// Those of each token.
    Each(Vec<Paired>),
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Paired {
    partner: u32,
    /// Whether the element holds the end tag of an element that was open before, or stands in one of its name.
    is_flawed: bool,
}

const NONE: u32 = u32::MAX;

impl<'f> Pairs<'f> {
    /// Pairs all tags in one pass: a stack of open start tags, with the innermost one of each name at hand, so that an
    /// end tag with nothing open of its name costs nothing.
    pub(crate) fn of_all(fragment: &Fragment<'_>) -> Self {
        Self::up_to(fragment, &[usize::MAX])
    }

    /// The same, but no further than it takes to pair the start tags in `wanted`, which are in order.
    pub(crate) fn of(fragment: &'f Fragment<'_>, wanted: &[usize]) -> Self {
        let tokens = fragment.tokens();
        if are_simple(tokens, wanted) { Self::Simple(tokens) } else { Self::up_to(fragment, wanted) }
    }

    fn up_to(fragment: &Fragment<'_>, wanted: &[usize]) -> Self {
        let mut pairs = vec![Paired { partner: NONE, is_flawed: false }; fragment.tokens().len()];
        let mut stack = Stack {
            open: Vec::with_capacity(16),
            innermost: [NONE; NAMED_KEYS],
            innermost_other: Vec::new(),
            keys: BTreeMap::new(),
        };
        let mut wanted = wanted.iter().peekable();
        // Where the outermost wanted element stands on the stack that is open.
        let mut outermost = usize::MAX;
        for (index, token) in fragment.tokens().iter().enumerate() {
            if stack.open.len() <= outermost {
                if wanted.peek().is_none() {
                    break;
                }
                outermost = usize::MAX;
            }
            if wanted.next_if_eq(&&index).is_some() {
                outermost = outermost.min(stack.open.len());
            }
            if token.is_watched() {
                continue;
            }
            match token.kind() {
                Kind::StartTag if !is_empty(token) => {
                    let key = stack.key(fragment, token);
                    let nests = matches!(token.name(), Name::A | Name::Nobr) && *stack.innermost(key) != NONE;
                    pairs[index].is_flawed = nests;
                    stack.push(index, key, token.name().is(Class::BARRIER));
                }
                Kind::EndTag => {
                    let key = stack.key(fragment, token);
                    if let Some((start, holds_outer_end)) = stack.close(key) {
                        pairs[start].partner = index as u32;
                        pairs[start].is_flawed |= holds_outer_end;
                        pairs[index].partner = start as u32;
                    }
                }
                _ => {}
            }
        }
        Self::Each(pairs)
    }

    fn get(&self, index: usize) -> Option<Paired> {
        match self {
            Self::Simple(tokens) => Some(Paired { partner: end_after_text(tokens, index)? as u32, is_flawed: false }),
            Self::Each(pairs) => pairs.get(index).copied(),
        }
    }

    /// The token that closes the start tag, or opens what the end tag closes.
    pub(crate) fn partner(&self, index: usize) -> Option<usize> {
        self.get(index).filter(|paired| paired.partner != NONE).map(|paired| paired.partner as usize)
    }

    /// The end tag of a start tag whose element can be taken apart without touching others.
    pub(crate) fn clean_end(&self, start: usize) -> Option<usize> {
        let paired = self.get(start).filter(|paired| paired.partner != NONE && !paired.is_flawed)?;
        Some(paired.partner as usize)
    }
}

/// Whether each element of the start tags in `wanted`, which are in order, holds nothing but text and watched tags, and
/// none of its name that must not hold another may be open: that is how links are marked. (It saves an eighth of the
/// instructions where all links of a body are marked.)
fn are_simple(tokens: &[Token], wanted: &[usize]) -> bool {
    let nests_badly = |token: &Token| token.opens(Name::A) || token.opens(Name::Nobr);
    // None of those that nest badly is open here.
    let mut next = 0;
    wanted.iter().all(|&start| {
        while nests_badly(&tokens[start])
            && let Some(found) = tokens[next..start].iter().position(nests_badly)
        {
            match end_after_text(tokens, next + found) {
                Some(end) if end < start => next = end + 1,
                _ => return false,
            }
        }
        end_after_text(tokens, start).is_some()
    })
}

/// The end tag of an element that holds nothing but text and watched tags.
fn end_after_text(tokens: &[Token], start: usize) -> Option<usize> {
    let (opening, after) = (&tokens[start], &tokens[start + 1..]);
    let end = after.iter().position(|token| !token.is_watched() && !token.is_text())?;
    let is_pair = after[end].closes(opening.name()) && !opening.name().is_shared() && !is_empty(opening);
    is_pair.then_some(start + 1 + end)
}

/// Whether a start tag has no end tag: void in HTML, self-closed in SVG and MathML.
pub(crate) fn is_empty(token: &Token) -> bool {
    if token.is_foreign() { token.is_self_closing() } else { token.name().is(Class::VOID) }
}

struct Stack<'s> {
    open: Vec<Open>,
    /// By key: where in `open` the innermost start tag of that name stands.
    innermost: [u32; NAMED_KEYS],
    /// The same for the keys from [`NAMED_KEYS`] on.
    innermost_other: Vec<u32>,
    /// Keys of names that share a variant of [`Name`].
    keys: BTreeMap<Cow<'s, str>, usize>,
}

struct Open {
    token: u32,
    key: usize,
    /// The next outer one of the same name.
    outer_alike: u32,
    /// The innermost barrier here or further out.
    barrier: u32,
    /// The outermost place on the stack whose end tag came while this was open, and did not match past a barrier.
    blocked: u32,
}

/// Variants below this are keys of their own.
const NAMED_KEYS: usize = Name::COUNT;

impl<'s> Stack<'s> {
    fn key(&mut self, fragment: &Fragment<'s>, token: &Token) -> usize {
        if !token.name().is_shared() {
            return token.name() as usize;
        }
        let name = fragment.raw_name(token);
        let upper = name.bytes().any(|byte| byte.is_ascii_uppercase());
        let name = if upper { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
        let next = NAMED_KEYS + self.keys.len();
        *self.keys.entry(name).or_insert(next)
    }

    fn innermost(&mut self, key: usize) -> &mut u32 {
        let Some(other) = key.checked_sub(NAMED_KEYS) else { return &mut self.innermost[key] };
        if self.innermost_other.len() <= other {
            self.innermost_other.resize(other + 1, NONE);
        }
        &mut self.innermost_other[other]
    }

    fn push(&mut self, token: usize, key: usize, is_barrier: bool) {
        let place = self.open.len() as u32;
        let barrier = if is_barrier { place } else { self.open.last().map_or(NONE, |open| open.barrier) };
        let outer_alike = std::mem::replace(self.innermost(key), place);
        self.open.push(Open { token: token as u32, key, outer_alike, barrier, blocked: NONE });
    }

    /// Closes the innermost start tag of this name, and drops those above. Gives its token,
    /// and whether its element holds the end tag of an outer one.
    fn close(&mut self, key: usize) -> Option<(usize, bool)> {
        let place = *self.innermost(key);
        let top = self.open.last_mut().filter(|_| place != NONE)?;
        if top.barrier != NONE && place < top.barrier {
            top.blocked = top.blocked.min(place);
            return None;
        }
        let mut blocked = NONE;
        while let Some(open) = self.open.pop() {
            *self.innermost(open.key) = open.outer_alike;
            blocked = blocked.min(open.blocked);
            if self.open.len() == place as usize {
                if let Some(outer) = self.open.last_mut() {
                    outer.blocked = outer.blocked.min(blocked);
                }
                return Some((open.token as usize, blocked < place));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tokenize;
    use crate::random::Random;

    /// The slow twin pairs all tags.
    #[test]
    fn stopping_early_changes_no_pair() {
        let units = [
            "<a>", "</a>", "<b>", "</b>", "<br>", "<p>", "</p>", "<x>", "</x>", "<table>", "</table>", "<td>", "</td>",
            "<svg>", "<g/>", "</svg>", "t",
        ];
        let mut random = Random::new(1);
        let (mut stopped, mut at_once) = (0, 0);
        for _ in 0..20_000 {
            let html = random.text(12, &units);
            let fragment = tokenize(&html);
            let tokens = fragment.tokens();
            let wanted: Vec<usize> =
                (0..tokens.len()).filter(|&at| tokens[at].kind() == Kind::StartTag && random.below(3) == 0).collect();
            let (some, all) = (Pairs::of(&fragment, &wanted), Pairs::of_all(&fragment));
            match some {
                Pairs::Simple(_) => at_once += 1,
                Pairs::Each(_) => stopped += usize::from(some != all),
            }
            for index in wanted {
                assert_eq!(some.partner(index), all.partner(index), "{html}");
                assert_eq!(some.clean_end(index), all.clean_end(index), "{html}");
            }
        }
        assert!(stopped > 500 && at_once > 2_000, "{stopped} {at_once}");
    }
}
