//! What the words before a number say that it is.

use crate::select::detect::context::words_before;

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
#[rustfmt::skip]
const NAMES: [&[u8]; 17] = [
    b"cell", b"cellphone", b"fax", b"handy", b"landline", b"mob", b"mobil", b"mobile", b"ph", b"phone", b"phones",
    b"sms", b"tel", b"telefon", b"telefono", b"telephone", b"whatsapp",
];

/// Whether the word before `at` names a phone number, as `mobile` does and `call` does not.
pub(super) fn is_name_before(text: &str, at: usize) -> bool {
    let word = words_before(text, at).next();
    word.is_some_and(|(word, _)| NAMES.iter().any(|name| name.eq_ignore_ascii_case(word)))
}

/// What the nearest telling word before `at` in its sentence says. `number` tells if nothing else does.
pub(super) fn before(text: &str, at: usize) -> Cue {
    let mut number = false;
    for (word, stop) in words_before(text, at) {
        let cue = of_word(word);
        // After a full stop that is not one of `tel.`, another sentence ends.
        if stop && cue != Cue::Phone {
            break;
        }
        if cue != Cue::None {
            return cue;
        }
        number |= word.eq_ignore_ascii_case(b"number");
    }
    if number { Cue::Number } else { Cue::None }
}

fn of_word(word: &[u8]) -> Cue {
    // None of the words below is longer.
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..word.len()) else { return Cue::None };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    match &*lower {
        b"call" | b"called" | b"calling" | b"calls" | b"contact" | b"dial" | b"reach" | b"ring" | b"text" => Cue::Phone,
        b"account" | b"acct" | b"amount" | b"auftrag" | b"batch" | b"bestellung" | b"booking" | b"case" | b"code"
        | b"ean" | b"epoch" | b"iban" | b"id" | b"imei" | b"invoice" | b"isbn" | b"item" | b"model" | b"order"
        | b"orders" | b"parcel" | b"part" | b"passport" | b"po" | b"price" | b"receipt" | b"rechnung" | b"ref"
        | b"reference" | b"routing" | b"serial" | b"shipment" | b"sku" | b"ticket" | b"tickets" | b"timestamp"
        | b"total" | b"tracking" | b"transaction" | b"vin" => Cue::Other,
        word if NAMES.contains(&word) => Cue::Phone,
        _ => Cue::None,
    }
}
