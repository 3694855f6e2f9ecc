//! The fast search against a slow, obvious one.

use std::ops::Range;

use proptest::prelude::*;

use super::Needles;
use crate::edit::Ranges;
use crate::error::Error;
use crate::policy::Policy;
use crate::select::case;
use crate::select::chars::{is_ignorable, is_word};

fn search(haystack: &str, needles: &[&str], policy: &Policy) -> Vec<Range<usize>> {
    let mut hits = Vec::new();
    Needles::new(needles, policy)
        .map(|needles| needles.find(haystack, &mut hits))
        .map_or_else(|_| Vec::new(), |()| hits)
}

/// The haystack with `|` around each hit.
#[track_caller]
fn finds(haystack: &str, needles: &[&str], policy: &Policy, expected: &str) {
    let mut shown = haystack.to_owned();
    for hit in search(haystack, needles, policy).into_iter().rev() {
        shown.insert(hit.end, '|');
        shown.insert(hit.start, '|');
    }
    assert_eq!(shown, expected);
}

#[test]
fn every_occurrence_is_found_and_overlapping_ones_are_one() {
    let policy = Policy::default();
    finds("aaaaa", &["aa"], &policy, "|aaaaa|");
    finds("abcab", &["ab"], &policy, "|ab|c|ab|");
    finds("xabcx", &["ab", "bc"], &policy, "x|abc|x");
    finds("she sells", &["he", "she", "hers"], &policy, "|she| sells");
    finds("none", &["x"], &policy, "none");
}

#[test]
fn white_space_and_invisible_characters_make_no_difference() {
    let policy = Policy::default();
    finds("id 4111\u{a0}1111", &["4111 1111"], &policy, "id |4111\u{a0}1111|");
    finds("id 4111 \n\t 1111.", &["4111 1111"], &policy, "id |4111 \n\t 1111|.");
    finds("4111\u{ad} \u{200b} 1111\u{200d}", &["4111 1111"], &policy, "|4111\u{ad} \u{200b} 1111|\u{200d}");
    finds("\u{feff}84\u{ad}75\u{2060}64\u{ad}", &["847564"], &policy, "\u{feff}|84\u{ad}75\u{2060}64|\u{ad}");
    finds("847564", &["84\u{ad}75\u{200c}64\u{feff}"], &policy, "|847564|");
    finds("a b", &["ab"], &policy, "a b");
    finds("ab", &["a b"], &policy, "ab");
}

#[test]
fn white_space_at_the_ends_of_a_needle_matches_the_ends_of_the_text() {
    let policy = Policy::default();
    finds("847564", &["\n847564 "], &policy, "|847564|");
    finds("x847564 y", &[" 847564"], &policy, "x847564 y");
    finds("x  847564 y", &[" 847564 "], &policy, "x|  847564 |y");
    finds("4 14 4", &[" 4"], &policy, "|4| 14| 4|");
}

#[test]
fn a_needle_is_also_tried_with_the_references_of_a_plain_body_decoded() {
    let policy = Policy::default();
    finds("AT&T <jo>", &["AT&amp;T&nbsp;&lt;jo&gt;"], &policy, "|AT&T <jo>|");
    finds("say &amp; here", &["&amp;"], &policy, "say |&amp;| here");
    finds("&amp;lt;", &["&amp;amp;lt;"], &policy, "|&amp;lt;|");
    finds("a&b &x", &["&b"], &policy, "a|&b| &x");
}

#[test]
fn case_is_folded_on_request_only() {
    let fold = Policy::default().ignore_case(true);
    finds("Weiß WEIẞ weiss", &["weiß"], &fold, "|Weiß| |WEIẞ| weiss");
    finds("Weiß WEIẞ weiss", &["weiß"], &Policy::default(), "Weiß WEIẞ weiss");
    finds("ΟΔΟΣ οδος", &["οδοσ"], &fold, "|ΟΔΟΣ| |οδος|");
    finds("3 \u{212a}elvin", &["KELVIN"], &fold, "3 |\u{212a}elvin|");
    finds("JO jo Jo", &["jO"], &fold, "|JO| |jo| |Jo|");
}

#[test]
fn whole_words_stand_alone() {
    let whole = Policy::default().whole_words(true);
    finds("Ann Anna (Ann) Ann_ Ann\u{301}", &["Ann"], &whole, "|Ann| Anna (|Ann|) Ann_ Ann\u{301}");
    finds("Jo Ann, JoAnn", &["Jo Ann"], &whole, "|Jo Ann|, JoAnn");
    finds("a-b a-bc", &["-b"], &whole, "a|-b| a-bc");
    finds("xa b", &["a b", "b"], &whole, "xa |b|");
    finds("王先生", &["王"], &whole, "|王|先生");
    finds("\u{ad}Ann\u{ad}", &[" Ann "], &whole, "\u{ad}|Ann|\u{ad}");
}

#[test]
fn blank_and_short_needles_are_refused_with_their_index() {
    let refused = |needles: &[&str], policy: &Policy| Needles::new(needles, policy).err();
    let policy = Policy::default();
    assert_eq!(refused(&["x", ""], &policy), Some(Error::BadNeedle { index: 1 }));
    assert_eq!(refused(&[" \u{a0}\u{ad}\n"], &policy), Some(Error::BadNeedle { index: 0 }));
    let policy = policy.min_needle_clusters(3);
    assert_eq!(refused(&["e\u{301}\u{ad}e "], &policy), Some(Error::BadNeedle { index: 0 }));
    assert_eq!(refused(&["&lt;&gt;"], &policy), Some(Error::BadNeedle { index: 0 }));
    assert_eq!(refused(&["eee", "👩‍💻👩‍💻👩‍💻"], &policy), None);
    let limits = crate::limits::Limits::default().marks(1).input_bytes(3);
    assert_eq!(refused(&["a", "b"], &policy.limits(limits)), Some(Error::TooManyMarks { limit: 1 }));
    assert_eq!(refused(&["abcd"], &policy.limits(limits)), Some(Error::InputTooLarge { limit: 3, actual: 4 }));
}

#[test]
fn only_inner_white_space_crosses_lines() {
    let crosses =
        |needle: &str| Needles::new(&[needle], &Policy::default()).is_ok_and(|needles| needles.crosses_lines());
    assert!(crosses("a b"));
    assert!(crosses("a&nbsp;b"));
    assert!(!crosses(" ab\n"));
}

#[test]
fn nested_needles_in_a_long_run_cost_no_more_than_one() {
    let needles: Vec<String> = (1..1500).map(|len| "a".repeat(len)).collect();
    let haystack = "a".repeat(1 << 16);
    let mut hits = Vec::new();
    Needles::new(&needles, &Policy::default()).map(|needles| needles.find(&haystack, &mut hits)).ok();
    assert_eq!(hits, [0..1 << 16]);
}

/// The characters that matter, each with its range: what is passed over is gone, white space is one space, and the
/// ends of a haystack are white space of no length.
fn atoms(text: &str, policy: &Policy, padded: bool) -> Vec<(char, Range<usize>)> {
    let mut atoms = Vec::new();
    if padded {
        atoms.push((' ', 0..0));
    }
    for (at, c) in text.char_indices().filter(|&(_, c)| !is_ignorable(c)) {
        let range = at..at + c.len_utf8();
        match atoms.last_mut() {
            Some((' ', last)) if c.is_whitespace() && *last != (0..0) => last.end = range.end,
            _ if c.is_whitespace() => atoms.push((' ', range)),
            _ if policy.ignore_case => atoms.push((case::fold(c), range)),
            _ => atoms.push((c, range)),
        }
    }
    if padded {
        atoms.push((' ', text.len()..text.len()));
    }
    atoms
}

fn naive(haystack: &str, needles: &[&str], policy: &Policy) -> Vec<Range<usize>> {
    let text = atoms(haystack, policy, true);
    let mut hits = Vec::new();
    for needle in needles {
        let decoded =
            needle.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&amp;", "&");
        for spelling in [*needle, &decoded] {
            let spelling: Vec<char> = atoms(spelling, policy, false).into_iter().map(|(c, _)| c).collect();
            if spelling.iter().all(|c| *c == ' ') {
                continue;
            }
            for start in 0..text.len() {
                let end = start + spelling.len();
                let Some(part) = text.get(start..end) else { break };
                let word = |at: usize| text.get(at).is_some_and(|(c, _)| is_word(*c));
                let inside = start > 0 && word(start - 1) && word(start) || word(end - 1) && word(end);
                let equal = part.iter().map(|(c, _)| c).eq(&spelling);
                if equal && !(policy.whole_words && inside) {
                    hits.push(start..end);
                }
            }
        }
    }
    let source = |hit: &Range<usize>| {
        let parts: Vec<_> =
            text[hit.clone()].iter().map(|(_, range)| range).filter(|range| !range.is_empty()).collect();
        parts[0].start..parts[parts.len() - 1].end
    };
    Ranges::from_unsorted(hits).as_slice().iter().map(source).collect()
}

/// Texts in which the needles are likely to hit, with all that the search passes over.
fn noisy() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        8 => prop::sample::select(vec!["a", "b", "A", "1", "é", "ſ", "ß", "ẞ", "\u{212a}", "k", "-", "_", "王", "\u{301}"]),
        3 => prop::sample::select(vec![" ", "\n", "\u{a0}", "\u{3000}", "  "]),
        2 => prop::sample::select(vec!["\u{ad}", "\u{200b}", "\u{200d}", "\u{feff}", "\u{2060}", "\u{e0020}"]),
        1 => prop::sample::select(vec!["&amp;", "&", "&lt;", "<", "&nbsp;", "amp;"]),
    ];
    prop::collection::vec(atom, 0..24).prop_map(|atoms| atoms.concat())
}

proptest! {
    #[test]
    fn the_fast_search_finds_what_the_slow_one_finds(
        haystack in noisy(),
        needles in prop::collection::vec(noisy(), 1..5),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 1_usize..6), 0..4),
        ignore_case: bool,
        whole_words: bool,
    ) {
        let policy = Policy::default().ignore_case(ignore_case).whole_words(whole_words);
        // Some needles are parts of the haystack, so that there are hits.
        let chars: Vec<char> = haystack.chars().collect();
        let cut = |(at, len): &(prop::sample::Index, usize)| {
            let at = at.index(chars.len() + 1);
            chars[at..(at + len).min(chars.len())].iter().collect()
        };
        let needles = needles.into_iter().map(|needle| needle.chars().take(4).collect());
        let needles: Vec<String> = needles.chain(cuts.iter().map(cut)).collect();
        let is_good = |needle: &&str| Needles::new(&[needle], &policy).is_ok();
        let needles: Vec<&str> = needles.iter().map(String::as_str).filter(is_good).collect();
        prop_assert_eq!(search(&haystack, &needles, &policy), naive(&haystack, &needles, &policy));
    }
}
