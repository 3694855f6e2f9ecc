//! What the words before a number say that it is.

use crate::select::detect::context::words_before;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A phone number.
    Phone,
    /// Something else.
    Other,
    /// Nothing.
    None,
}

/// What the nearest telling word before `at` in its sentence says. `number` is a phone number's if nothing else is.
pub(super) fn before(text: &str, at: usize) -> Cue {
    let mut number = false;
    for (word, stop) in words_before(text, at) {
        let cue = of_word(&word);
        // After a full stop that is not one of `tel.`, another sentence ends.
        if stop && cue != Cue::Phone {
            break;
        }
        if cue != Cue::None {
            return cue;
        }
        number |= word == "number";
    }
    if number { Cue::Phone } else { Cue::None }
}

fn of_word(word: &str) -> Cue {
    match word {
        "call" | "called" | "calling" | "calls" | "cell" | "cellphone" | "contact" | "dial" | "fax" | "handy"
        | "landline" | "mob" | "mobil" | "mobile" | "ph" | "phone" | "phones" | "reach" | "ring" | "sms" | "tel"
        | "telefon" | "telefono" | "telephone" | "text" | "whatsapp" => Cue::Phone,
        "account" | "acct" | "amount" | "auftrag" | "batch" | "bestellung" | "booking" | "case" | "code" | "ean"
        | "epoch" | "iban" | "id" | "imei" | "invoice" | "isbn" | "item" | "model" | "order" | "orders" | "parcel"
        | "part" | "passport" | "po" | "price" | "receipt" | "rechnung" | "ref" | "reference" | "routing"
        | "serial" | "shipment" | "sku" | "ticket" | "tickets" | "timestamp" | "total" | "tracking" | "transaction"
        | "vin" => Cue::Other,
        _ => Cue::None,
    }
}
