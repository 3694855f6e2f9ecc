//! The endpoints about chats.

use std::collections::BTreeSet;

use serde_json::Value;

use super::copies::patterns_in;
use super::{ChatState, RecordRedactor};
use crate::error::Error;
use crate::records::attachment::REDACTED_NAME;
use crate::records::chat::{FILE, MESSAGE, keeps, strip};
use crate::records::known::Scope;
use crate::records::leftovers::settle;
use crate::records::object::{Object, text};
use crate::records::outcome::{FollowUp, OtherCopy, Outcome, RecordReport};
use crate::records::removed::Removals;
use crate::records::search::Search;
use crate::records::selector::resolve;
use crate::records::url::{names_in, urls_in};
use crate::records::{ChatEvent, ChatFileRedaction, ChatRedaction, RecordError};
use crate::redaction::Redaction;
use crate::select::{Patterns, Work};

pub(super) fn marked(
    engine: &RecordRedactor,
    chat: &ChatEvent,
    request: &ChatRedaction,
    state: ChatState,
) -> Result<Outcome<ChatEvent>, RecordError> {
    check(chat, request.chat_id(), state)?;
    let history: Vec<&Object> = chat.entries().collect();
    let places = resolve(&history, request.selectors(), MESSAGE)?;
    let place = *places.first().ok_or(RecordError::NoSelector)?;
    let stored = history.get(place).and_then(|entry| text(entry, "message")).ok_or(RecordError::BadRecord)?;
    let redaction = engine.redactor.chat(stored, request.text())?;
    let report = RecordReport { text: Some(redaction.report().clone()), ..RecordReport::default() };
    let mut removed = Removals::default();
    removed.add_text(&redaction);
    rewrite(engine, chat, &[(place, redaction)], &removed, report)
}

pub(super) fn patterns(
    engine: &RecordRedactor,
    chat: &ChatEvent,
    patterns: &Patterns,
) -> Result<Outcome<ChatEvent>, RecordError> {
    let mut work = Work::new(engine.redactor.policy());
    let (mut redactions, mut removed) = (Vec::new(), Removals::default());
    for (place, entry) in chat.entries().enumerate() {
        let Some(message) = text(entry, "message") else { continue };
        if let Some(redaction) = patterns_in(&engine.redactor, message, patterns, &mut work)? {
            removed.add_text(&redaction);
            redactions.push((place, redaction));
        }
    }
    if redactions.is_empty() {
        return Err(Error::NoMatch.into());
    }
    rewrite(engine, chat, &redactions, &removed, RecordReport::default())
}

/// Writes redacted messages into the chat (C84). Only an event that says that it is a message loses its other fields:
/// with those of another, a file could be lost.
fn rewrite(
    engine: &RecordRedactor,
    chat: &ChatEvent,
    redactions: &[(usize, Redaction<'_>)],
    removed: &Removals,
    mut report: RecordReport,
) -> Result<Outcome<ChatEvent>, RecordError> {
    let mut record = chat.clone().into_object();
    for (place, redaction) in redactions {
        let Some(entry) = entry(&mut record, *place) else { return Err(RecordError::BadRecord) };
        if text(entry, "type") == Some(MESSAGE) {
            strip(entry, "message");
        }
        entry.insert("message".to_owned(), redaction.text().into());
    }
    let mut search = Search::default();
    removed.texts.iter().for_each(|text| search.add_text(text));
    let search = search.build(engine.redactor.policy())?;
    report.messages = redactions.len();
    report.nulled = settle(&mut record, Scope::ChatEvent, &search, &engine.policy)?;
    finish(record, Vec::new(), report)
}

pub(super) fn files(
    engine: &RecordRedactor,
    chat: &ChatEvent,
    request: &ChatFileRedaction,
    state: ChatState,
) -> Result<Outcome<ChatEvent>, RecordError> {
    check(chat, request.chat_id(), state)?;
    let history: Vec<&Object> = chat.entries().collect();
    let mut places = resolve(&history, request.selectors(), FILE)?;
    places.retain(|&place| !history.get(place).is_some_and(|entry| is_redacted(entry)));
    if places.is_empty() {
        return Err(RecordError::AlreadyRedacted);
    }
    let (search, urls) = lost_with(places.iter().filter_map(|&place| history.get(place).copied()));
    let search = search.build(engine.redactor.policy())?;
    let mut record = chat.clone().into_object();
    for &place in &places {
        let Some(entry) = entry(&mut record, place) else { return Err(RecordError::BadRecord) };
        strip(entry, "filename");
        // The name of a redacted file is this crate's word: it is not there while the record is searched.
        entry.insert("filename".to_owned(), Value::Null);
    }
    let nulled = settle(&mut record, Scope::ChatEvent, &search, &engine.policy)?;
    for &place in &places {
        if let Some(entry) = entry(&mut record, place) {
            entry.insert("filename".to_owned(), REDACTED_NAME.into());
        }
    }
    let report = RecordReport { files: places.len(), nulled, urls: urls.len(), ..RecordReport::default() };
    finish(record, urls, report)
}

/// What goes with the files of these entries: names and URLs to search for, and each URL once.
fn lost_with<'o>(entries: impl Iterator<Item = &'o Object>) -> (Search, Vec<String>) {
    let mut search = Search::default();
    let (mut urls, mut seen) = (Vec::new(), BTreeSet::new());
    for entry in entries {
        let mut lost = entry.clone();
        lost.retain(|field, _| !keeps(field));
        names_in(&lost).into_iter().for_each(|name| search.add_name(name));
        for url in urls_in(&lost) {
            search.add_url(url);
            if seen.insert(url.to_owned()) {
                urls.push(url.to_owned());
            }
        }
    }
    (search, urls)
}

fn check(chat: &ChatEvent, chat_id: &str, state: ChatState) -> Result<(), RecordError> {
    if state == ChatState::Active {
        return Err(RecordError::ActiveChat);
    }
    if chat.chat_id().is_none_or(|id| id.as_str() != chat_id) {
        return Err(RecordError::OtherChat);
    }
    Ok(())
}

fn is_redacted(entry: &Object) -> bool {
    let mut stripped = entry.clone();
    strip(&mut stripped, "filename");
    stripped == *entry && text(entry, "filename") == Some(REDACTED_NAME)
}

/// The event of the history at `place`.
fn entry(record: &mut Object, place: usize) -> Option<&mut Object> {
    record.get_mut("value")?.get_mut("history")?.get_mut(place)?.as_object_mut()
}

fn finish(record: Object, urls: Vec<String>, report: RecordReport) -> Result<Outcome<ChatEvent>, RecordError> {
    let follow_up = FollowUp { urls, copies: vec![OtherCopy::ChatTranscript, OtherCopy::MergedTickets] };
    Ok(Outcome { record: ChatEvent::from_object(record)?, events: Vec::new(), follow_up, report })
}
