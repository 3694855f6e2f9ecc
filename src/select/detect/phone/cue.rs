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
const NAMES: [&str; 34] = [
    "cell", "cellphone", "celular", "cellulare", "fax", "gsm", "handy", "landline", "mob", "mobil", "mobile", "movil",
    "móvil", "ph", "phone", "phones", "rufnummer", "sms", "tel", "telefon", "telefone", "telefonnummer", "telefono",
    "telefoon", "telephone", "teléfono", "tél", "téléphone", "whatsapp", "моб", "тел", "Тел", "телефон", "Телефон",
];

/// Whether the word before `at` names a phone number, as `mobile` does and `call` does not.
pub(super) fn is_name_before(text: &str, at: usize) -> bool {
    let word = words_before(text, at).next();
    word.is_some_and(|(word, _)| NAMES.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(word)))
}

/// Whether the words before `at` speak of somebody's number, as `my number` does and `customer number` does not.
pub(super) fn is_own_number_before(text: &str, at: usize) -> bool {
    let mut words = words_before(text, at).map(|(word, _)| word);
    let number = words.find(|word| word.eq_ignore_ascii_case(b"number"));
    let owner = number.and_then(|_| words.next());
    let owners = ["my", "your", "his", "her", "our", "their"];
    owner.is_some_and(|owner| owners.iter().any(|name| owner.eq_ignore_ascii_case(name.as_bytes())))
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
    // None of the words is longer.
    let mut lower = [0; 16];
    let Some(lower) = lower.get_mut(..word.len()) else { return Cue::None };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    match &*lower {
        b"call" | b"called" | b"calling" | b"calls" | b"contact" | b"dial" | b"reach" | b"ring" | b"text" => Cue::Phone,
        b"account" | b"acct" | b"amount" | b"auftrag" | b"auftragsnummer" | b"barcode" | b"batch"
        | b"bestellnummer" | b"bestellung" | b"booking" | b"case" | b"claim" | b"code" | b"commande"
        | b"confirmation" | b"contract" | b"ean" | b"epoch" | b"facture" | b"iban" | b"id" | b"imei" | b"invoice"
        | b"isbn" | b"item" | b"konto" | b"kontonummer" | b"kundennummer" | b"membership" | b"meter" | b"model"
        | b"order" | b"orders" | b"parcel" | b"part" | b"passport" | b"pedido" | b"pnr" | b"po" | b"policy"
        | b"price" | b"receipt" | b"rechnung" | b"rechnungsnummer" | b"ref" | b"reference" | b"routing"
        | b"sendungsnummer" | b"serial" | b"shipment" | b"sku" | b"ticket" | b"tickets" | b"timestamp" | b"total"
        | b"tracking" | b"transaction" | b"upc" | b"vertrag" | b"vertragsnummer" | b"vin" => Cue::Other,
        word if NAMES.iter().any(|name| name.as_bytes() == word) => Cue::Phone,
        _ => Cue::None,
    }
}
