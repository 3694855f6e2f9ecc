//! What the words before a number say that it is.

use crate::select::detect::context::{Word, is_one_of, words_before};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A phone number.
    Phone,
    /// A number of some kind: a phone number only if it is written as one.
    Number,
    /// Something else.
    Other,
    /// Nothing.
    None,
}

/// Words that name a number rather than say what to do with it.
const NAMES: [&str; 37] = [
    "cel", "cell", "cellphone", "celular", "cellulare", "fax", "gsm", "handy", "landline", "mob", "mobil", "mobile",
    "movil", "móvil", "ph", "phone", "phones", "rufnummer", "sms", "tel", "telefon", "telefone", "telefonnummer",
    "telefono", "telefoon", "telephone", "teléfono", "tél", "téléphone", "tfn", "tlf", "whatsapp", "моб", "тел", "Тел",
    "телефон", "Телефон",
];

/// The same in Chinese, Japanese and Korean, where the word is a part of what stands between two spaces.
const NAMES_IN_RUNS: [&str; 9] = ["电话", "電話", "手机", "手機", "携帯", "전화", "휴대폰", "핸드폰", "연락처"];

/// Whether a run of such a script ends with a name and little more, as in `我的手机号码是`.
fn ends_with_name(run: &[u8]) -> bool {
    /// Five characters of three bytes.
    const MAX_REST: usize = 15;
    !run.is_ascii()
        && NAMES_IN_RUNS.iter().any(|name| {
            let tail = run.get(run.len().saturating_sub(name.len() + MAX_REST)..).unwrap_or_default();
            memchr::memmem::find(tail, name.as_bytes()).is_some()
        })
}

/// Whether the word before `at` names a phone number, as `mobile` does and `call` does not.
pub(super) fn is_name_before(text: &str, at: usize) -> bool {
    words_before(text, at).next().is_some_and(|word| is_one_of(word.text, &NAMES))
}

/// Whether such a word ends at `at`, as in `tel.2125550123`.
pub(super) fn is_name_at(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|head| head.ends_with(char::is_alphabetic)) && is_name_before(text, at)
}

/// Words for a number of any kind.
const NUMBERS: [&str; 8] = ["no", "nr", "num", "number", "nummer", "numero", "número", "numéro"];

/// What stands before such a word where it may well be the number of a person's phone.
const OWNERS: [&str; 48] = [
    "a", "another", "business", "chinese", "cn", "daytime", "deine", "direct", "emergency", "evening", "her", "his",
    "hk", "home", "ihre", "indian", "international", "jp", "landline", "local", "meine", "mi", "mijn", "mio", "mon",
    "my", "neue", "new", "office", "old", "other", "our", "own", "private", "seine", "second", "that", "the", "their",
    "this", "uk", "unsere", "us", "uw", "votre", "work", "wrong", "your",
];

/// Numbers of companies, taxes, people and parts, which begin with a zero as well. The hotline for questions about them
/// has a phone number, so they tell only directly before a number.
const REGISTERS: [&str; 27] = [
    "abn", "acn", "article", "artikel", "bce", "bsn", "btw", "cif", "cnpj", "cpf", "factura", "factuur", "faktura",
    "fatura", "gtin", "issn", "kbo", "kvk", "mwst", "nif", "nip", "pesel", "regon", "siren", "siret", "tva", "vat",
];

/// Whether such a word is the `nearest` before `at`, or with a word for a number or a country in between, as in
/// `VAT no. BE`.
fn is_registered(text: &str, at: usize, nearest: &Word<'_>) -> bool {
    let is_between =
        |word: &Word<'_>| is_one_of(word.text, &NUMBERS) || matches!(word.text, [b'A'..=b'Z', b'A'..=b'Z']);
    let is_register = |word: &Word<'_>| word.digits == 0 && is_one_of(word.text, &REGISTERS);
    if is_between(nearest) {
        words_before(text, at).find(|word| !is_between(word)).is_some_and(|word| is_register(&word))
    } else {
        is_register(nearest)
    }
}

/// Words for people who have numbers.
const PEOPLE: [&str; 7] = ["client", "cliente", "customer", "kunde", "kunden", "member", "user"];

/// Whether the words before `at` speak of a number that people or things are counted by, as `customer number` and
/// `member no.` do and `my number` does not.
pub(super) fn counts(text: &str, at: usize) -> bool {
    let mut words = words(text, at);
    let mut nearest = true;
    while let Some((word, is_spent)) = words.next() {
        if is_spent {
            return false;
        }
        if is_one_of(word.text, &NUMBERS) {
            return words.next().is_some_and(|(owner, _)| !is_one_of(owner.text, &OWNERS));
        }
        if word.stop {
            return false;
        }
        if nearest && is_one_of(word.text, &PEOPLE) {
            return true;
        }
        nearest = false;
    }
    false
}

/// Words between numbers of one kind.
const LISTING: [&str; 11] = ["and", "bis", "e", "et", "o", "oder", "or", "ou", "to", "und", "y"];

/// The words before `at`, each with whether it tells of another number: `order 12345, my number is` speaks of two, and
/// `orders 12345 and` of two orders.
fn words(text: &str, at: usize) -> impl Iterator<Item = (Word<'_>, bool)> {
    let (mut is_apart, mut is_spent) = (false, false);
    words_before(text, at).map(move |word| {
        is_spent |= is_apart && word.digits >= 3;
        is_apart |= !is_one_of(word.text, &LISTING);
        (word, is_spent)
    })
}

/// What the nearest telling word before `at` in its sentence says. `number` tells if nothing else does.
pub(super) fn before(text: &str, at: usize) -> Cue {
    let mut number = false;
    let mut words = words(text, at).peekable();
    let Some((nearest, _)) = words.peek() else { return Cue::None };
    if ends_with_name(nearest.text) {
        return Cue::Phone;
    }
    if is_registered(text, at, nearest) {
        return Cue::Other;
    }
    let (mut next, mut of): (&[u8], &[u8]) = (b"", b"");
    for (word, is_spent) in words {
        let cue = match of_word(word.text) {
            // `"text": 5` holds any text, and `.ph` is a country.
            Cue::Phone if word.is_field && word.text.eq_ignore_ascii_case(b"text") => Cue::None,
            Cue::Phone if word.ends_name && word.text.eq_ignore_ascii_case(b"ph") => Cue::None,
            cue => cue,
        };
        // After a full stop that is not one of `tel.`, `no.` or `Kundennr.`, another sentence ends.
        let shortened = is_one_of(word.text, &NUMBERS) || cue == Cue::Other && word.text.ends_with(b"nr");
        if word.stop && cue != Cue::Phone && !shortened {
            break;
        }
        match cue {
            Cue::None | Cue::Number => {}
            Cue::Other if is_spent => {}
            Cue::Phone | Cue::Other => return cue,
        }
        // The number of items, but not `the number of my office`.
        let counted = next.eq_ignore_ascii_case(b"of") && !is_one_of(of, &OWNERS);
        number |= word.text.eq_ignore_ascii_case(b"number") && !counted;
        (of, next) = (next, word.text);
    }
    if number { Cue::Number } else { Cue::None }
}

fn of_word(word: &[u8]) -> Cue {
    if is_one_of(word, &NAMES) {
        return Cue::Phone;
    }
    // None of the words is longer.
    let mut lower = [0; 32];
    let Some(lower) = lower.get_mut(..word.len()) else { return Cue::None };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    match &*lower {
        b"call" | b"called" | b"calling" | b"calls" | b"contact" | b"dial" | b"reach" | b"ring" | b"text" => Cue::Phone,
        b"account" | b"acct" | b"amount" | b"auftrag" | b"barcode" | b"batch" | b"bestellung" | b"booking" | b"bug"
        | b"case" | b"claim" | b"code" | b"commande" | b"confirmation" | b"contract" | b"ean" | b"epoch"
        | b"facture" | b"iban" | b"id" | b"imei" | b"invoice" | b"isbn" | b"item" | b"konto" | b"membership"
        | b"meter" | b"model" | b"order" | b"orders" | b"parcel" | b"part" | b"passport" | b"patch" | b"pedido"
        | b"pnr" | b"po" | b"policy" | b"price" | b"receipt" | b"rechnung" | b"ref" | b"reference" | b"routing"
        | b"serial" | b"shipment" | b"sku" | b"ticket" | b"tickets" | b"timestamp" | b"total" | b"tracking"
        | b"transaction" | b"upc" | b"vertrag" | b"vin" => Cue::Other,
        // `Kundennummer` and `Kundennr.` are something else, `Handynummer` and `Handynr.` are not, nor is `jnr`.
        word => match (word.strip_suffix(b"nummer"), word.strip_suffix(b"nr")) {
            (Some(stem), _) | (_, Some(stem)) if is_one_of(stem, &NAMES) => Cue::Phone,
            (Some([_, ..]), _) | (_, Some([_, _, _, ..])) => Cue::Other,
            _ => Cue::None,
        },
    }
}
