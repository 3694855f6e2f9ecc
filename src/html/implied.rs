//! Start tags of HTML that do more than open an element: they may close others first, or be ignored.
//!
//! Only HTML inside of SVG or MathML is asked about. To tell too often that a tag may do more costs nothing but a
//! refusal of raw text that no honest mail has there.

use super::elements::{Class, Name};
use super::rules::is_heading;

const P: u16 = 1;
const OPTION: u16 = 1 << 1;
const BUTTON: u16 = 1 << 2;
const A: u16 = 1 << 3;
const NOBR: u16 = 1 << 4;
const HEADING: u16 = 1 << 5;
const RUBY: u16 = 1 << 6;
const SELECT: u16 = 1 << 7;
const LI: u16 = 1 << 8;

/// What is closed from inside of SVG or MathML that stands in it: `a` is taken off the stack wherever it stands.
pub(super) const THROUGH_FOREIGN: u16 = A;

/// The bit of an open element that some start tag closes.
pub(super) const fn closable(name: Name) -> u16 {
    match name {
        Name::P => P,
        Name::Option | Name::Optgroup => OPTION,
        Name::Button => BUTTON,
        Name::A => A,
        Name::Nobr => NOBR,
        Name::Rb | Name::Rp | Name::Rt | Name::Rtc => RUBY,
        Name::Select => SELECT,
        Name::Li | Name::Dd | Name::Dt => LI,
        name if is_heading(name) => HEADING,
        _ => 0,
    }
}

/// Whether the start tag `name` in the element `parent` may do other than open an element in it (13.2.6.4.7).
/// `closable` tells what is open around it.
pub(super) const fn may_not_just_nest(name: Name, parent: Name, closable: u16) -> bool {
    let closes = match name {
        // Ignored, popped at once, or taken to end what stands around the SVG.
        Name::Html | Name::Head | Name::Body | Name::Frameset | Name::Form | Name::Col => return true,
        name if name.is(Class::TABLE) => return true,
        // These close the item before, and html5ever looks for it past an integration point, where the standard stops.
        Name::Li | Name::Dd | Name::Dt
            if !matches!(parent, Name::Ul | Name::Ol | Name::Menu | Name::Dir | Name::Dl) =>
        {
            return true;
        }
        Name::Option | Name::Optgroup => OPTION | P | LI | RUBY,
        Name::Hr => OPTION | P | SELECT,
        Name::Button => BUTTON,
        Name::A => A,
        Name::Nobr => NOBR,
        Name::Rb | Name::Rp | Name::Rt | Name::Rtc => OPTION | P | LI | RUBY,
        Name::Select | Name::Input | Name::Keygen | Name::Textarea => SELECT,
        name if is_heading(name) => HEADING | P,
        name if name.is(Class::STRUCTURE) => P,
        _ => 0,
    };
    closes & closable != 0
}

/// Whether the start tag `name` opens an element whatever is open, and nothing closes that element but an end tag.
pub(super) const fn just_nests(name: Name) -> bool {
    closable(name) == 0 && !may_not_just_nest(name, Name::Unknown, u16::MAX)
}
