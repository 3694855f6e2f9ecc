//! Telephone numbers without their country code.

/// What is shorter stands in other numbers by chance.
const SHORTEST: usize = 7;

/// What `number`, the digits of a text, may be without its country code, if it has one: it stands after a plus, or
/// after the `00` that most countries dial instead.
///
/// The codes of +1 and +7 have one digit, all others two or three (ITU-T E.164, 6.2.1). Where a zero in brackets
/// follows, as in `+353 (0)86 …`, most numbers have nine or ten digits after it.
pub(crate) fn national(number: &str, follows_plus: bool) -> impl Iterator<Item = &str> {
    let dialled = || number.strip_prefix("00").filter(|rest| rest.len() > 9 && !rest.starts_with('0'));
    let number = if follows_plus { Some(number) } else { dialled() };
    number.into_iter().flat_map(|number| {
        let codes = if number.starts_with(['1', '7']) { 1..=1 } else { 2..=3 };
        let usual =
            [10, 9].into_iter().filter_map(|length| number.len().checked_sub(length)).filter(|&start| start > 0);
        let rests = codes.chain(usual).filter_map(|start| number.get(start..));
        rests.filter(|rest| rest.len() >= SHORTEST)
    })
}
