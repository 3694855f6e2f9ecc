//! The stack of open elements (WHATWG 13.2.4.2).
//!
//! Each element knows the innermost element of each kind of scope around it, and the innermost of each name is at hand,
//! so that no question about the stack walks over it.

use std::collections::BTreeMap;

use super::rules::Traits;
use crate::html::Name;

/// A place on the stack, counted from 1; 0 is none.
pub(super) type Place = u32;

pub(super) struct Stack<'t, S> {
    open: Vec<Open<S>>,
    /// Seen from the innermost element.
    nearest: Nearest,
    /// The innermost open element of each name of HTML.
    innermost: [Place; NAMES],
    /// The same for those of SVG and MathML, and then for names that have no number of their own, by those that
    /// `others` gives them. As long as it had to be so far.
    innermost_other: Vec<Place>,
    others: BTreeMap<(bool, AnyCase<'t>), usize>,
    /// The last that was asked for: a name seldom comes alone.
    last_other: Option<((bool, AnyCase<'t>), usize)>,
}

/// An element on the stack.
pub(super) struct Open<S> {
    pub(super) name: Name,
    pub(super) traits: Traits,
    /// Its number among all names.
    id: u32,
    /// The next open element of the same name outwards.
    next: Place,
    /// Whether it has been taken out of the stack while elements in it are open. It ends with those.
    is_detached: bool,
    /// Seen from around it.
    outer: Nearest,
    pub(super) state: S,
}

/// The innermost element of each kind, seen from an open element, itself included.
#[derive(Clone, Copy, Default)]
pub(super) struct Nearest([Place; KINDS.len()]);

/// The elements that count as of a kind. A place is looked up by index, in this order.
const KINDS: [Traits; 8] = [
    Traits::SPECIAL,
    Traits::ITEM,
    Traits::SCOPE,
    Traits::SCOPE.or(Traits::BUTTON_SCOPE),
    Traits::SCOPE.or(Traits::LIST_SCOPE),
    Traits::TABLE_SCOPE,
    Traits::PART,
    Traits::HTML,
];

const NAMES: usize = Name::COUNT;

impl<'t, S> Stack<'t, S> {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self {
            open: Vec::new(),
            nearest: Nearest::default(),
            innermost: [0; NAMES],
            innermost_other: Vec::new(),
            others: BTreeMap::new(),
            last_other: None,
        }
    }

    /// Where the innermost element stands.
    pub(super) fn top(&self) -> Place {
        self.open.len() as Place
    }

    pub(super) fn last(&self) -> Option<&Open<S>> {
        self.open.last()
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut Open<S>> {
        self.open.last_mut()
    }

    pub(super) fn nearest(&self) -> &Nearest {
        &self.nearest
    }

    pub(super) fn name_at(&self, place: Place) -> Option<Name> {
        self.open.get((place as usize).checked_sub(1)?).map(|open| open.name)
    }

    /// The innermost open element of HTML called `name`, which must have a name of its own.
    pub(super) fn innermost(&self, name: Name) -> Place {
        self.innermost_id(name as usize)
    }

    pub(super) fn innermost_id(&self, id: usize) -> Place {
        match id.checked_sub(NAMES) {
            None => self.innermost.get(id).copied().unwrap_or(0),
            Some(other) => self.innermost_other.get(other).copied().unwrap_or(0),
        }
    }

    fn set_innermost(&mut self, id: usize, place: Place) {
        match self.innermost.get_mut(id) {
            Some(slot) => *slot = place,
            None => self.set_innermost_other(id - NAMES, place),
        }
    }

    fn set_innermost_other(&mut self, other: usize, place: Place) {
        match self.innermost_other.get_mut(other) {
            Some(slot) => *slot = place,
            None => self.add_innermost_other(other, place),
        }
    }

    #[cold]
    fn add_innermost_other(&mut self, other: usize, place: Place) {
        self.innermost_other.resize(other, 0);
        self.innermost_other.push(place);
    }

    /// The number of an element's name. `raw_name` is asked for if the name has none of its own.
    pub(super) fn id(&mut self, name: Name, is_foreign: bool, raw_name: impl FnOnce() -> &'t str) -> usize {
        if !name.is_shared() {
            return name as usize + if is_foreign { NAMES } else { 0 };
        }
        let name = (is_foreign, AnyCase(raw_name().as_bytes()));
        if let Some((last, other)) = self.last_other
            && last == name
        {
            return 2 * NAMES + other;
        }
        let next = self.others.len();
        let other = *self.others.entry(name).or_insert(next);
        self.last_other = Some((name, other));
        2 * NAMES + other
    }

    #[inline(always)]
    pub(super) fn push(&mut self, name: Name, traits: Traits, id: usize, state: S) {
        let (place, next) = (self.top() + 1, self.innermost_id(id));
        self.set_innermost(id, place);
        let nearest = if traits.has(Traits::BLOCK) {
            self.nearest.with_block(traits, place)
        } else {
            self.nearest.with(traits, place)
        };
        let outer = std::mem::replace(&mut self.nearest, nearest);
        self.open.push(Open { name, traits, id: id as u32, next, is_detached: false, outer, state });
    }

    pub(super) fn pop(&mut self) -> Option<S> {
        let open = self.open.pop()?;
        self.nearest = open.outer;
        if !open.is_detached {
            self.set_innermost(open.id as usize, open.next);
        }
        Some(open.state)
    }

    /// Pops the innermost element, after which nothing may be asked of the stack. (It takes a fifth of what
    /// [`Stack::pop`] takes, and what is hostile leaves one element in three bytes open.)
    pub(super) fn pop_last(&mut self) -> Option<S> {
        self.open.pop().map(|open| open.state)
    }

    /// Pops the innermost element if it has been taken out of the stack.
    pub(super) fn pop_detached(&mut self) -> Option<S> {
        if self.open.last().is_some_and(|open| open.is_detached) { self.pop() } else { None }
    }

    /// Takes the innermost element of its name out of the stack without ending those inside of it.
    pub(super) fn detach(&mut self, place: Place) {
        let index = (place as usize).wrapping_sub(1);
        let Some(open) = self.open.get_mut(index) else { return };
        open.is_detached = true;
        let (id, next) = (open.id as usize, open.next);
        self.set_innermost(id, next);
    }

    /// Lets the elements inside of a detached one see past it. The work is in the number of elements inside.
    pub(super) fn look_past(&mut self, place: Place) {
        let Some((detached, inside)) =
            self.open.get_mut((place as usize).wrapping_sub(1)..).and_then(<[_]>::split_first_mut)
        else {
            return;
        };
        let beyond = detached.outer;
        // What the first one inside sees around it is the detached element, which sees itself.
        let seen = inside.iter_mut().skip(1).map(|open| &mut open.outer);
        for nearest in seen.chain([&mut self.nearest]) {
            for (nearest, beyond) in nearest.0.iter_mut().zip(beyond.0).take(2) {
                *nearest = if *nearest == place { beyond } else { *nearest };
            }
        }
    }
}

impl Nearest {
    pub(super) fn special(&self) -> Place {
        self.0[0]
    }

    pub(super) fn item(&self) -> Place {
        self.0[1]
    }

    pub(super) fn scope(&self) -> Place {
        self.0[2]
    }

    pub(super) fn button_scope(&self) -> Place {
        self.0[3]
    }

    pub(super) fn list_scope(&self) -> Place {
        self.0[4]
    }

    pub(super) fn table_scope(&self) -> Place {
        self.0[5]
    }

    pub(super) fn part(&self) -> Place {
        self.0[6]
    }

    pub(super) fn html(&self) -> Place {
        self.0[7]
    }

    /// The same after an element of these traits has been pushed at `place`.
    // All at once, by vector instructions: a question for each made this a third of the cost of an element.
    fn with(self, traits: Traits, place: Place) -> Self {
        let mut places = self.0;
        for (nearest, kind) in places.iter_mut().zip(KINDS) {
            *nearest = if traits.has(kind) { place } else { *nearest };
        }
        Self(places)
    }

    /// The same for a [`Traits::BLOCK`].
    #[inline(always)]
    fn with_block(self, traits: Traits, place: Place) -> Self {
        let [_, item, scope, button_scope, list_scope, table_scope, part, _] = self.0;
        let item = if traits.has(Traits::ITEM) { place } else { item };
        let list_scope = if traits.has(Traits::LIST_SCOPE) { place } else { list_scope };
        let block = Self([place, item, scope, button_scope, list_scope, table_scope, part, place]);
        debug_assert_eq!(block.0, self.with(traits, place).0, "a block must be of no other kind");
        block
    }
}

/// A name to be compared in any case.
#[derive(Clone, Copy)]
struct AnyCase<'n>(&'n [u8]);

impl AnyCase<'_> {
    fn lower(&self) -> impl Iterator<Item = u8> {
        self.0.iter().map(u8::to_ascii_lowercase)
    }
}

impl Ord for AnyCase<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.lower().cmp(other.lower())
    }
}

impl PartialOrd for AnyCase<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for AnyCase<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for AnyCase<'_> {}
