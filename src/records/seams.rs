//! Stand-ins for entry points that are on their way.
use crate::select::pattern::Patterns;
use crate::{Error, Redaction, Redactor, Unit, unmark};
pub(crate) trait Seams {
    fn html_stored<'s>(&self, stored: &'s str, marked: &str) -> Result<Redaction<'s>, Error>;
    fn chat<'s>(&self, stored: &'s str, marked: &str) -> Result<Redaction<'s>, Error>;
    fn html_patterns<'s>(&self, stored: &'s str, patterns: &Patterns) -> Result<Redaction<'s>, Error>;
    fn text_patterns<'s>(&self, stored: &'s str, patterns: &Patterns) -> Result<Redaction<'s>, Error>;
}
impl Seams for Redactor {
    fn html_stored<'s>(&self, stored: &'s str, marked: &str) -> Result<Redaction<'s>, Error> {
        if unmark(marked)? != stored {
            return Err(Error::NotTheStoredBody { stored_offset: 0, marked_offset: 0 });
        }
        // Wrong offsets: good enough to see removed texts.
        Ok(self.html(marked)?.into_owned())
    }
    fn chat<'s>(&self, stored: &'s str, marked: &str) -> Result<Redaction<'s>, Error> {
        let Some(start) = marked.find("<redact>") else { return Err(Error::NothingToRedact) };
        let bare = marked.replacen("<redact>", "", 1);
        let Some(end) = bare.find("</redact>") else { return Err(Error::UnclosedMark { offset: 0 }) };
        let bare = bare.replacen("</redact>", "", 1);
        if bare != stored {
            return Err(Error::TextMismatch { offset: 0, kind: crate::MismatchKind::Other });
        }
        self.text_ranges(stored, &[start..end], Unit::Bytes)
    }
    fn html_patterns<'s>(&self, _: &'s str, _: &Patterns) -> Result<Redaction<'s>, Error> {
        Err(Error::NoMatch)
    }
    fn text_patterns<'s>(&self, _: &'s str, _: &Patterns) -> Result<Redaction<'s>, Error> {
        Err(Error::NoMatch)
    }
}
