//! The endpoints about comments.

use std::collections::BTreeSet;

use serde_json::Value;

use super::RecordRedactor;
use super::copies::{self, Bodies, Copies};
use crate::audit::attachment_token;
use crate::error::Error;
use crate::records::known::Scope;
use crate::records::leftovers::settle;
use crate::records::object::{Object, id, objects};
use crate::records::outcome::{FollowUp, OtherCopy, Outcome, RecordReport};
use crate::records::removed::Removals;
use crate::records::search::Search;
use crate::records::url::{Attachments, names_in, urls_in};
use crate::records::{AuditEvent, Comment, CommentRedaction, Id, RecordError, StringRedaction, attachment};
use crate::redaction::Redaction;
use crate::select::{Patterns, Work};

pub(super) fn marked(
    engine: &RecordRedactor,
    comment: &Comment,
    request: &CommentRedaction,
) -> Result<Outcome<Comment>, RecordError> {
    let urls = request.external_attachment_urls();
    if request.marked_html().is_none() && urls.is_empty() {
        return Err(RecordError::NothingAsked);
    }
    comment.id().ok_or(RecordError::MissingId)?;
    let mut change = Change::default();
    if let Some(marked) = request.marked_html() {
        let stored = comment.html_body().ok_or(RecordError::NoHtmlBody)?;
        let redaction = engine.redactor.html_stored(stored, marked)?;
        change.removed.add_html(&redaction);
        change.html = Some(redaction);
        change.copies = copies::texts(&engine.redactor, comment, &change.removed.texts)?;
    }
    let mut attachments = Attachments::of(comment.fields());
    for (index, url) in urls.iter().enumerate() {
        change.attachments.extend(attachments.take(url).ok_or(RecordError::UnknownUrl { index })?);
    }
    change.take_images(&mut attachments);
    change.apply(engine, comment)
}

pub(super) fn string(
    engine: &RecordRedactor,
    comment: &Comment,
    request: &StringRedaction,
) -> Result<Outcome<Comment>, RecordError> {
    comment.id().ok_or(RecordError::MissingId)?;
    let needles = [request.text()];
    let (html, bodies) = body(comment, |stored| matched(engine.redactor.html_strings(stored, &needles)))?;
    // However short the string is, and also where a policy would refuse to mask it: these are not masked.
    let is_in = |text: &str| !matches!(engine.redactor.text_strings(text, &needles), Err(Error::NoMatch));
    let is_rid = |stored: &str| html.is_some() || is_rid_of(stored, request.text(), is_in);
    let spellings = copies::spellings(request.text());
    let spellings = spellings.each_ref().map(String::as_str);
    let strings = if bodies == Bodies::Alone { &spellings[..] } else { &needles };
    let mut change = Change {
        copies: copies::strings(&engine.redactor, comment, bodies, strings, &[])?,
        is_stale: bodies == Bodies::Derived
            && [comment.plain_body(), comment.body()].into_iter().flatten().any(is_in)
            && comment.html_body().is_some_and(is_rid),
        html,
        bodies,
        ..Change::default()
    };
    change.removed.texts.push(request.text().to_owned());
    change.note();
    change.take_images(&mut Attachments::of(comment.fields()));
    change.apply(engine, comment)
}

pub(super) fn patterns(
    engine: &RecordRedactor,
    comment: &Comment,
    patterns: &Patterns,
) -> Result<Outcome<Comment>, RecordError> {
    let mut work = Work::new(engine.redactor.policy());
    let (html, bodies) = body(comment, |stored| {
        let mut selection = engine.redactor.select_html(stored)?;
        let has_hits = selection.add_patterns_within(patterns, &mut work)?;
        if has_hits { matched(selection.redact()) } else { Ok(None) }
    })?;
    let copies = copies::patterns(&engine.redactor, comment, bodies, patterns, &mut work)?;
    let mut change = Change { html, bodies, copies, ..Change::default() };
    change.note();
    if change.html.is_none()
        && bodies == Bodies::Derived
        && let Some(stored) = comment.html_body()
        && let Some(removed) = stale(engine, comment, stored, patterns, &mut work)?
    {
        change.is_stale = true;
        change.removed.texts.extend(removed.texts);
    }
    change.take_images(&mut Attachments::of(comment.fields()));
    change.apply(engine, comment)
}

/// What `redact` makes of the HTML body, and what the other bodies are.
fn body<'c>(
    comment: &'c Comment,
    redact: impl FnOnce(&'c str) -> Result<Option<Redaction<'c>>, Error>,
) -> Result<(Option<Redaction<'c>>, Bodies), RecordError> {
    if [comment.html_body(), comment.plain_body(), comment.body()].iter().all(Option::is_none) {
        return Err(RecordError::NoHtmlBody);
    }
    let html = comment.html_body().map(redact).transpose()?.flatten();
    Ok((html, Bodies::of(comment)))
}

/// What the patterns find in `plain_body` and `body`, if the texts that are derived from `html` are rid of it: they
/// hold no hit, and its markup does not hold it either, as that of a link would.
fn stale(
    engine: &RecordRedactor,
    comment: &Comment,
    html: &str,
    patterns: &Patterns,
    work: &mut Work,
) -> Result<Option<Removals>, RecordError> {
    let mut removed = Removals::default();
    for text in [comment.plain_body(), comment.body()].into_iter().flatten() {
        if let Some(redaction) = copies::patterns_in(&engine.redactor, text, patterns, work)? {
            removed.add_text(&redaction);
        }
    }
    if removed.texts.is_empty() {
        return Ok(None);
    }
    for text in copies::derived(html) {
        if copies::patterns_in(&engine.redactor, &text, patterns, work)?.is_some() {
            return Ok(None);
        }
    }
    let mut search = Search::default();
    removed.texts.iter().for_each(|text| search.add_text(text));
    let is_in_markup = search.build(engine.redactor.policy())?.finds_html(html);
    Ok((!is_in_markup).then_some(removed))
}

/// Whether the texts that are derived from a body are rid of a string that is not in its text: nor is it in these or in
/// the markup.
fn is_rid_of(html: &str, string: &str, is_in: impl Fn(&str) -> bool) -> bool {
    !html.contains(string) && copies::derived(html).iter().all(|text| !is_in(text))
}

/// A redaction, or nothing if there was no match.
pub(super) fn matched(result: Result<Redaction<'_>, Error>) -> Result<Option<Redaction<'_>>, Error> {
    match result {
        Err(Error::NoMatch) => Ok(None),
        other => other.map(Some),
    }
}

/// What is to become of a comment.
#[derive(Default)]
struct Change<'c> {
    html: Option<Redaction<'c>>,
    bodies: Bodies,
    copies: Copies<'c>,
    /// Whether `plain_body` or `body` holds what goes, so that both are derived anew even if the HTML stays as it is.
    is_stale: bool,
    removed: Removals,
    /// Places of attachments to redact.
    attachments: BTreeSet<usize>,
    /// URLs of inline images that are attachments of the comment, but not in the record.
    unlisted: Vec<String>,
}

impl Change<'_> {
    /// Notes what was removed from the body and from its copies.
    fn note(&mut self) {
        if let Some(html) = &self.html {
            self.removed.add_html(html);
        }
        self.copies.values().for_each(|copy| self.removed.add_text(copy));
    }

    /// Redacts the attachments that inline images show whose tags were removed (C85).
    fn take_images(&mut self, attachments: &mut Attachments<'_>) {
        for source in &self.removed.images {
            match attachments.take(source) {
                Some(places) => self.attachments.extend(places),
                // The API lists inline images among the attachments only if it is asked to.
                None if attachment_token(source).is_some() => self.unlisted.push(source.clone()),
                None => {}
            }
        }
    }

    fn apply(self, engine: &RecordRedactor, comment: &Comment) -> Result<Outcome<Comment>, RecordError> {
        let policy = &engine.policy;
        let changes_text = self.html.is_some() || !self.copies.is_empty() || self.is_stale;
        if !changes_text && self.attachments.is_empty() {
            return Err(Error::NoMatch.into());
        }
        let mut search = Search::default();
        self.removed.texts.iter().for_each(|text| search.add_text(text));
        self.removed.urls.iter().for_each(|url| search.add_url(url));
        let gone = self.gone(comment)?;
        gone.urls.iter().for_each(|url| search.add_url(url));
        gone.names.iter().for_each(|name| search.add_name(name));
        let search = search.build(engine.redactor.policy())?;

        let mut record = comment.clone().into_object();
        let mut report = RecordReport { attachments: gone.ids.len(), urls: gone.urls.len(), ..RecordReport::default() };
        report.copies += copies::put(&mut record, &self.copies);
        if let Some(html) = &self.html {
            report.text = Some(html.report().clone());
            record.insert("html_body".to_owned(), html.text().into());
        }
        report.copies +=
            copies::derive(&mut record, self.html.is_some() || self.is_stale, self.bodies, policy, &search);
        each(&mut record, &self.attachments, attachment::strip);
        report.nulled = settle(&mut record, Scope::Comment, &search, policy)?;
        each(&mut record, &self.attachments, attachment::fill_redacted);

        let mut events = Vec::new();
        if let Some(comment_id) = comment.id() {
            if changes_text {
                events.push(AuditEvent::CommentRedaction { comment_id: comment_id.clone() });
            }
            let attachment =
                |attachment_id| AuditEvent::AttachmentRedaction { attachment_id, comment_id: comment_id.clone() };
            events.extend(gone.ids.into_iter().map(attachment));
        }
        let follow_up = FollowUp { urls: gone.urls, copies: other_copies(comment) };
        Ok(Outcome { record: Comment::from_object(record)?, events, follow_up, report })
    }

    /// What goes with the attachments to redact.
    fn gone(&self, comment: &Comment) -> Result<Gone, RecordError> {
        let mut gone = Gone::default();
        let mut seen = BTreeSet::new();
        for (place, attachment) in objects(comment.fields(), "attachments").enumerate() {
            if !self.attachments.contains(&place) {
                continue;
            }
            gone.ids.push(id(attachment, "id").ok_or(RecordError::MissingId)?);
            gone.names.extend(names_in(attachment).into_iter().map(str::to_owned));
            for url in urls_in(attachment) {
                if seen.insert(url) {
                    gone.urls.push(url.to_owned());
                }
            }
        }
        gone.urls.extend(self.unlisted.iter().filter(|url| seen.insert(url)).cloned());
        Ok(gone)
    }
}

#[derive(Default)]
struct Gone {
    ids: Vec<Id>,
    urls: Vec<String>,
    names: Vec<String>,
}

/// Changes the attachments at `places`.
fn each(record: &mut Object, places: &BTreeSet<usize>, change: impl Fn(&mut Object)) {
    let Some(attachments) = record.get_mut("attachments").and_then(Value::as_array_mut) else { return };
    for &place in places {
        if let Some(attachment) = attachments.get_mut(place).and_then(Value::as_object_mut) {
            change(attachment);
        }
    }
}

fn other_copies(comment: &Comment) -> Vec<OtherCopy> {
    let mut copies = Vec::new();
    if comment.channel().is_none_or(|channel| channel == "email") {
        copies.push(OtherCopy::OriginalEmail);
    }
    copies.extend([OtherCopy::MergedTickets, OtherCopy::TicketDescription]);
    if comment.is_voice() {
        copies.push(OtherCopy::Recording);
    }
    copies
}
