//! Whether a string of a record holds something that was removed, in any of the ways that records write text.

use std::ops::Range;

use super::forms::{any_form, digit, normal, plain_number, values_of};
use super::words::{code, is_divider, is_short_number, is_telling, phrase, without_nuls, words};
use crate::audit::{
    attachment_token, content_texts, folded, is_generic_file, layout_values, mail_addresses, national, page_addresses,
    persons_of, stands_as_host,
};
use crate::error::Error;
use crate::html::tokenize;
use crate::limits::Limits;
use crate::policy::Policy;
use crate::records::attachment::REDACTED_NAME;
use crate::select::{Needles, numbers};

/// The shortest number that is searched without what stands between its digits: a phone number without its area code.
pub(crate) const MIN_DIGITS: usize = 7;
/// The same for one with words beside it: longer than a date.
const MIN_DIGITS_OF_WORDS: usize = 9;

/// A telephone number without its country code that is shorter could be part of another number.
pub(crate) const NATIONAL_NUMBER: usize = 9;
/// The longest country code (ITU-T E.164).
pub(crate) const COUNTRY_CODE: usize = 3;

/// What must not be found again. It holds removed text, so it has no `Debug` (C2).
#[derive(Default)]
pub(crate) struct Search {
    texts: Vec<String>,
    digits: Vec<String>,
    /// What the texts are worth that are a number and nothing else.
    values: Vec<String>,
    /// URLs of pages and files.
    urls: Vec<String>,
    /// Those of the web without their scheme.
    pages: Vec<String>,
    /// URLs of sites, without a page: those of other pages begin alike.
    hosts: Vec<String>,
    /// Names of files that are too short to be searched as parts of texts.
    names: Vec<String>,
    /// Names that programs give to files by themselves: the same name elsewhere is often that of another file.
    generic_names: Vec<String>,
}

impl Search {
    /// Adds a removed text; those under 4 clusters and lines that part others are left out.
    pub(crate) fn add_text(&mut self, text: &str) {
        if !is_telling(text) || is_divider(text) {
            return;
        }
        let text = &*normal(text);
        if is_host(text.trim()) {
            return self.add_url(text.trim());
        }
        let is_url = text.contains("://") && page_addresses(text).next() == Some(text.trim());
        if !is_url {
            self.add_words(text);
        }
        mail_addresses(text).for_each(|address| self.add_words(address));
        page_addresses(text).for_each(|address| self.add_url(address));
        self.add_numbers(text);
        self.values.extend(values_of(text));
        // Those in a sentence, which are often written elsewhere without the words around them.
        for number in numbers_in(text) {
            self.add_words(number);
            self.add_numbers(number);
        }
    }

    /// Adds the numbers of a text, to be searched by their digits alone.
    fn add_numbers(&mut self, text: &str) {
        // The number in `tel. 555 01 00 99` or an IBAN, but neither those in a sentence nor a date.
        let letters = text.chars().filter(|&c| parts_numbers(c)).count();
        let least = if letters == 0 { MIN_DIGITS } else { MIN_DIGITS_OF_WORDS };
        if letters >= digits_of(text).len() {
            return;
        }
        for part in text.split(parts_numbers) {
            let number = digits_of(part);
            if number.len() < least {
                continue;
            }
            // A number of JSON has no zeros before it.
            let number_of_json = number.trim_start_matches('0');
            if number_of_json.len() >= least && number_of_json.len() < number.len() {
                self.digits.push(number_of_json.to_owned());
            }
            let follows_plus = part.split(|c| digit(c).is_some()).next().is_some_and(|before| before.contains('+'));
            self.digits.extend(national(&number, follows_plus).map(str::to_owned));
            self.digits.push(number);
        }
    }

    /// Adds a text that is searched as it stands.
    fn add_words(&mut self, text: &str) {
        self.texts.extend(words(text));
    }

    /// Adds a removed URL. A fragment or the name of a page says nothing by itself.
    pub(crate) fn add_url(&mut self, url: &str) {
        if is_host(url) {
            self.hosts.push(url.trim_end_matches('/').to_owned());
        } else if url.contains(':') || url.contains("//") || attachment_token(url).is_some() {
            self.urls.extend(words(url));
            self.pages.extend(page_of(url).and_then(words));
        }
        if let Some(token) = attachment_token(url) {
            self.add_words(&token);
        }
        for person in persons_of(url) {
            // A person may be written as an address of a person, and so on: that one is not taken apart.
            self.add_words(&person);
            self.add_numbers(&person);
        }
    }

    /// Adds the name of a removed file, however short.
    pub(crate) fn add_name(&mut self, name: &str) {
        if name == REDACTED_NAME || name.trim().is_empty() {
            return;
        }
        if !is_telling(name) {
            self.names.push(name.to_owned());
        } else if is_generic_file(name) {
            self.generic_names.extend(words(name));
        } else {
            self.add_words(name);
        }
    }

    /// Makes the search ready.
    pub(crate) fn build(mut self, policy: &Policy) -> Result<Ready, Error> {
        for list in [
            &mut self.texts, &mut self.digits, &mut self.values, &mut self.urls, &mut self.pages, &mut self.hosts,
            &mut self.names, &mut self.generic_names,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        // Spaces are folded and invisible characters passed over.
        let limits = Limits::default().input_bytes(usize::MAX).marks(usize::MAX);
        let any = Policy::default().limits(limits);
        let needles = |list: &[String], policy: &Policy| match list {
            [] => Ok(None),
            list => Needles::new(list, policy).map(Some),
        };
        // An address or a number with letters is the same in lower case and in a longer word. `Mark` is a name, `mark`
        // a word, and whether `Marks` tells of it is the caller's choice.
        let (marked, words): (Vec<String>, Vec<String>) =
            self.texts.into_iter().partition(|text| text.contains(|c: char| c == '@' || c.is_numeric()));
        let codes: Vec<String> = marked.iter().filter_map(|text| code(text)).collect();
        let phrases: Vec<String> = marked.iter().chain(&words).filter_map(|text| phrase(text)).collect();
        let (numbers, marked): (Vec<String>, Vec<String>) = marked.into_iter().partition(|text| is_short_number(text));
        let lists = [
            &phrases, &words, &marked, &numbers, &self.digits, &self.urls, &self.pages, &codes, &self.hosts,
            &self.generic_names,
        ];
        let letters = |text: &String| text.chars().filter(|c| c.is_alphanumeric()).count();
        Ok(Ready {
            shortest: lists.into_iter().flatten().map(letters).min().unwrap_or(NO_NEEDLE),
            phrases: needles(&phrases, &any.whole_words(true))?,
            texts: needles(&words, &any.ignore_case(policy.ignore_case).whole_words(policy.whole_words))?,
            folded: needles(&marked, &any.ignore_case(true))?,
            numbers: needles(&numbers, &any)?,
            digits: needles(&self.digits, &any)?,
            values: self.values,
            urls: needles(&self.urls, &any.ignore_case(true))?,
            pages: needles(&self.pages, &any.ignore_case(true))?,
            codes: needles(&codes, &any)?,
            hosts: needles(&self.hosts, &any.ignore_case(true))?,
            names: self.names,
            generic_names: needles(&self.generic_names, &any)?,
        })
    }
}

/// Longer than any.
const NO_NEEDLE: usize = usize::MAX;

/// A search ready to be used on many strings.
pub(crate) struct Ready {
    /// The fewest letters and digits of a needle: it has no fewer bytes, in whatever form it stands.
    shortest: usize,
    texts: Option<Needles>,
    /// The texts that are searched in any case.
    folded: Option<Needles>,
    /// The texts of several words, folded.
    phrases: Option<Needles>,
    /// The texts of letters and digits, folded and without spaces.
    codes: Option<Needles>,
    /// Numbers that longer ones hold by chance.
    numbers: Option<Needles>,
    digits: Option<Needles>,
    /// Sorted.
    values: Vec<String>,
    urls: Option<Needles>,
    pages: Option<Needles>,
    hosts: Option<Needles>,
    /// Sorted.
    names: Vec<String>,
    generic_names: Option<Needles>,
}

impl Ready {
    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.shortest == NO_NEEDLE && self.values.is_empty() && self.names.is_empty()
    }

    /// Whether `text` holds something that was removed, in any of its forms.
    pub(crate) fn finds(&self, text: &str) -> bool {
        let is_in = |text: &str| self.has_phrase(text) || any(&self.generic_names, text, |_| true);
        self.is_name(text) || self.any_form(text, |text| self.finds_in(text) || is_in(text))
    }

    /// The same for a text, or what is known of a file, which may well have the generic name of another.
    pub(crate) fn finds_in_file(&self, text: &str) -> bool {
        self.is_name(text) || self.finds_any_form(text)
    }

    /// Whether the name of a file holds something that was removed.
    pub(crate) fn finds_in_name(&self, name: &str) -> bool {
        self.is_name(name) || self.any_form(name, |name| self.finds_in(name) || self.has_phrase(name))
    }

    /// Whether a text holds several words that were removed in another case, or with other signs between them, as in
    /// `jane_doe.pdf`. In a body that is the caller's choice.
    fn has_phrase(&self, text: &str) -> bool {
        self.phrases.is_some() && any(&self.phrases, &folded(text), |_| true)
    }

    fn is_name(&self, text: &str) -> bool {
        self.names.binary_search_by(|name| name.as_str().cmp(text)).is_ok()
    }

    /// Whether a number was removed: all of it, since other numbers hold its digits by chance. One as long as a
    /// telephone number may have its country code before it.
    pub(crate) fn finds_number(&self, number: &str) -> bool {
        let whole = |number: &str| {
            let is_whole = |hit: &Range<usize>| *hit == (0..number.len());
            let has_code = |hit: &Range<usize>| {
                let code = &number[..hit.start];
                let is_code = code.len() <= COUNTRY_CODE && code.bytes().all(|byte| byte.is_ascii_digit());
                is_code && hit.end == number.len() && hit.len() >= NATIONAL_NUMBER
            };
            [&self.folded, &self.numbers].into_iter().any(|needles| any(needles, number, is_whole))
                || any(&self.digits, number, |hit| is_whole(hit) || has_code(hit))
        };
        let is_worth = |plain: &String| self.values.binary_search(plain).is_ok();
        whole(number) || plain_number(number).is_some_and(|plain| is_worth(&plain) || whole(&plain))
    }

    /// Whether an HTML body holds something that was removed, in its content or in its layout.
    /// The names of its tags are no content.
    pub(crate) fn finds_html(&self, html: &str) -> bool {
        let fragment = tokenize(html);
        content_texts(&fragment).iter().any(|text| self.finds_any_form(text))
            || layout_values(&fragment).any(|value| self.finds_in_layout(&value))
    }

    /// Whether a value that is only about layout holds it. One word or a short number does not count: `0000` stands in
    /// the colour of nearly every mail, `auto` beside nearly every comment.
    fn finds_in_layout(&self, value: &str) -> bool {
        let value = &*normal(value);
        let tells = |hit: &Range<usize>| {
            let found = &value[hit.clone()];
            found.contains(|c: char| c.is_whitespace() || c == '@') || digits_of(found).len() >= MIN_DIGITS
        };
        any(&self.texts, value, tells)
            || any(&self.folded, value, tells)
            || self.finds_url(value)
            || self.finds_digits(value)
    }

    /// Whether `predicate` holds for a text in any of its forms, each normalized.
    fn any_form(&self, text: &str, predicate: impl Fn(&str) -> bool) -> bool {
        any_form(text, self.shortest, &|text| predicate(&normal(&without_nuls(text))))
    }

    fn finds_any_form(&self, text: &str) -> bool {
        self.any_form(text, |text| self.finds_in(text))
    }

    fn finds_in(&self, text: &str) -> bool {
        any(&self.texts, text, |_| true)
            || any(&self.folded, text, |_| true)
            || self.finds_digits(text)
            || any(&self.numbers, text, |number| stands_as_number(text, number))
            || self.finds_url(text)
            || any(&self.hosts, text, |host| stands_as_host(text, host))
            || self.codes.is_some() && any(&self.codes, &folded(text).replace(' ', ""), |_| true)
    }

    fn finds_url(&self, text: &str) -> bool {
        any(&self.urls, text, |url| ends_url(text, url))
            || any(&self.pages, text, |page| begins_url(text, page) && ends_url(text, page))
    }

    fn finds_digits(&self, text: &str) -> bool {
        self.digits.is_some() && any(&self.digits, &numbers_of(text), |_| true)
    }
}

/// Whether `predicate` holds for any hit in a text, each taken by itself.
fn any(needles: &Option<Needles>, text: &str, predicate: impl Fn(&Range<usize>) -> bool) -> bool {
    let mut hits = Vec::new();
    if let Some(needles) = needles {
        needles.find_each(text, &mut hits);
    }
    hits.iter().any(predicate)
}

/// The numbers in a text that are searched for by themselves: those that detectors know, and rows of digits that are
/// words of their own and longer than a date.
pub(crate) fn numbers_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let is_long = |word: &&str| word.len() >= MIN_DIGITS_OF_WORDS && word.bytes().all(|byte| byte.is_ascii_digit());
    numbers(text).into_iter().chain(words.filter(is_long))
}

/// A URL of the web without its scheme, which may be another or left out elsewhere.
fn page_of(url: &str) -> Option<&str> {
    let (scheme, page) = url.split_once("//")?;
    let is_web = ["", "http:", "https:"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    is_web.then(|| page.strip_prefix("www.").unwrap_or(page))
}

/// Whether a URL without its scheme begins at the start of `range`: `a.example/x` is not in `extra.example/x`.
fn begins_url(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let before = before.strip_suffix("www.").unwrap_or(before);
    !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'))
}

/// Whether a URL at `range` ends there: `/orders/12` is not in `/orders/123`, nor `/a` in `/about`. Letters of other
/// scripts may follow without a space, and so may a word in another tag after a number.
fn ends_url(text: &str, range: &Range<usize>) -> bool {
    let goes_on: fn(char) -> bool = match text[..range.end].chars().next_back() {
        Some(last) if last.is_ascii_digit() => |c| c.is_ascii_digit(),
        Some(last) if last.is_ascii_alphabetic() => |c| c.is_ascii_alphanumeric(),
        _ => return true,
    };
    !text[range.end..].starts_with(goes_on)
}

/// Whether digits at `range` are a number and not a part of one. With zeros before it is the same number.
fn stands_as_number(text: &str, range: &Range<usize>) -> bool {
    /// More zeros than people write. In a row of them each may be asked about.
    const ZEROS: usize = 64;
    let (before, after) = (&text.as_bytes()[..range.start], &text.as_bytes()[range.end..]);
    let zeros = before.iter().rev().take(ZEROS).take_while(|&&byte| byte == b'0').count();
    let is_part = zeros < ZEROS && before[..before.len() - zeros].last().is_some_and(u8::is_ascii_digit);
    !is_part && !after.first().is_some_and(u8::is_ascii_digit)
}

/// Whether a URL is that of a site, without a page, and without a user and a password.
fn is_host(url: &str) -> bool {
    url.split_once("//").is_some_and(|(scheme, rest)| {
        let host = rest.trim_end_matches('/');
        let is_web = ["", "http:", "https:"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
        is_web && !host.is_empty() && !host.contains(['/', '?', '#', '@'])
    })
}

/// The digits of a text, with a gap for the letters before, between and after them.
fn numbers_of(text: &str) -> String {
    /// No needle of digits holds it, and no search passes over it.
    const GAP: char = '\n';
    let mut numbers = String::with_capacity(text.len());
    for c in text.chars() {
        match digit(c) {
            Some(digit) => numbers.push(digit),
            None if parts_numbers(c) && !numbers.ends_with(GAP) => numbers.push(GAP),
            None => {}
        }
    }
    numbers
}

/// Whether digits on both sides are of two numbers: a letter, but not the dash that Japanese writes between digits.
pub(crate) fn parts_numbers(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\u{30FC}' | '\u{FF70}')
}

fn digits_of(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}
