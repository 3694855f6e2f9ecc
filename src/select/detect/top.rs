//! Domain names: the top-level domains (IANA, Root Zone Database), and how long a label may be.

use super::context::is_one_of;

/// The longest label of a domain name, in bytes (RFC 1035, section 2.3.4).
pub(super) const MAX_LABEL: usize = 63;

/// Those of countries and the like: two letters.
const COUNTRIES: &str = "\
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd \
    cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge \
    gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh \
    ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw \
    mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb \
    sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk \
    us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// For each first letter of a country, a bit for each second one. To look through the list for each host took 105 ns a
/// byte of hosts, a hundred times what ordinary text takes.
const SECOND_LETTERS: [u32; 26] = {
    let (mut letters, list, mut at) = ([0; 26], COUNTRIES.as_bytes(), 0);
    while at < list.len() {
        letters[(list[at] - b'a') as usize] |= 1 << (list[at + 1] - b'a');
        at += 3;
    }
    letters
};

/// Those that say so little of what they name, and are so common, that a host alone is known by them.
const GENERIC: [&str; 6] = ["com", "net", "org", "edu", "gov", "mil"];

/// Others in wide use.
const OTHERS: [&str; 54] = [
    "academy", "agency", "app", "art", "asia", "bank", "biz", "blog", "cat", "center", "chat", "click", "cloud",
    "club", "company", "design", "dev", "digital", "email", "finance", "fun", "global", "group", "health", "help",
    "info", "int", "jobs", "life", "link", "live", "media", "mobi", "museum", "name", "network", "news", "online",
    "page", "pro", "shop", "site", "social", "solutions", "space", "store", "studio", "support", "tech", "top",
    "website", "work", "world", "xyz",
];

/// What stands before the top-level domain of a country where names are given out below it, as in `co.uk`.
const SECOND: [&str; 9] = ["ac", "co", "com", "edu", "gob", "gov", "net", "or", "org"];

/// Whether `label` is `com` or the like.
pub(super) fn is_generic(label: &str) -> bool {
    is_one_of(label.as_bytes(), &GENERIC)
}

/// Whether `label` is a top-level domain that is in wide use.
pub(super) fn is_known(label: &str) -> bool {
    is_country(label) || is_generic(label) || is_one_of(label.as_bytes(), &OTHERS)
}

/// Whether `label` is an international one as it is encoded (RFC 5890, section 2.3.2.1).
pub(super) fn is_encoded(label: &str) -> bool {
    label.len() > 4 && label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// Whether `second` and `top` are such as `co` and `uk`.
pub(super) fn is_second(second: &str, top: &str) -> bool {
    is_one_of(second.as_bytes(), &SECOND) && is_country(top)
}

fn is_country(label: &str) -> bool {
    let [first, second] = label.as_bytes() else { return false };
    let letter = |b: &u8| b.to_ascii_lowercase().wrapping_sub(b'a');
    SECOND_LETTERS.get(usize::from(letter(first))).is_some_and(|seconds| {
        let second = letter(second);
        second < 26 && seconds >> second & 1 == 1
    })
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, is_country};

    /// The slow twin looks through the list.
    #[test]
    fn countries_are_those_of_the_list() {
        for pair in 0..=u16::MAX {
            let Ok(label) = String::from_utf8(pair.to_be_bytes().to_vec()) else { continue };
            let listed = COUNTRIES.split(' ').any(|country| country.eq_ignore_ascii_case(&label));
            assert_eq!(is_country(&label), listed, "{label:?}");
        }
        assert!(["", "d", "dee", "de "].iter().all(|label| !is_country(label)));
    }
}
