//! A ticket's JSON in, each of the help desk's four requests applied to it, JSON out.
//!
//! ```text
//! cargo run --example records                # a ticket that is built in
//! cargo run --example records -- ticket.json # one of your own, of the same form
//! ```
//!
//! The input is an object with `comments` and `chats`, lists of records, and `requests`, a list of
//! `{"endpoint": …, "record": the record's id, "body": the request}`. The output has the same two lists, sorted by id,
//! each record as it is after the requests that were granted, and `results`: for each request the response, the events
//! for the audit, what is left to do and the counts, or the error's code and message.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{ErrorKind, Write};

use blackbar::records::{
    ChatEvent, ChatFileRedaction, ChatRedaction, ChatState, Comment, CommentRedaction, Outcome, RecordError,
    RecordRedactor, StringRedaction,
};
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("records.json");

fn main() -> Result<(), Box<dyn Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => SAMPLE.to_owned(),
    };
    let input: Value = serde_json::from_str(&text)?;
    let mut ticket = Ticket::read(&input)?;
    let requests = input["requests"].as_array().map_or(&[][..], Vec::as_slice);
    let results: Vec<Value> = requests.iter().map(|request| ticket.answer(request)).collect();
    let output = json!({
        "comments": ticket.comments.values().collect::<Vec<_>>(),
        "chats": ticket.chats.values().collect::<Vec<_>>(),
        "results": results,
    });
    match writeln!(std::io::stdout(), "{output:#}") {
        // Whoever reads may have seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// What a host has in its storage, by id.
struct Ticket {
    comments: BTreeMap<String, Comment>,
    chats: BTreeMap<String, ChatEvent>,
}

impl Ticket {
    fn read(input: &Value) -> Result<Self, RecordError> {
        let list = |field: &str| input[field].as_array().map_or(&[][..], Vec::as_slice).iter();
        let mut ticket = Self { comments: BTreeMap::new(), chats: BTreeMap::new() };
        for record in list("comments") {
            let comment = Comment::from_json(&record.to_string())?;
            let id = comment.id().ok_or(RecordError::MissingId)?;
            ticket.comments.insert(id.as_str().to_owned(), comment);
        }
        for record in list("chats") {
            let chat = ChatEvent::from_json(&record.to_string())?;
            let id = chat.id().ok_or(RecordError::MissingId)?;
            ticket.chats.insert(id.as_str().to_owned(), chat);
        }
        Ok(ticket)
    }

    /// Grants a request and stores the new record, or says why not.
    fn answer(&mut self, request: &Value) -> Value {
        let (endpoint, body) = (request["endpoint"].as_str().unwrap_or_default(), request["body"].to_string());
        let record = &request["record"];
        let id = record.as_str().map_or_else(|| record.to_string(), str::to_owned);
        self.grant(endpoint, &id, &body).unwrap_or_else(|error| {
            // The message has numbers only, so it can be logged and sent.
            json!({"endpoint": endpoint, "error": error.code(), "message": error.to_string()})
        })
    }

    fn grant(&mut self, endpoint: &str, id: &str, body: &str) -> Result<Value, RecordError> {
        let redactor = RecordRedactor::default();
        let comment = self.comments.get_mut(id);
        let chat = self.chats.get_mut(id);
        match (endpoint, comment, chat) {
            ("comment_redactions", Some(comment), _) => {
                let outcome = redactor.comment(comment, &CommentRedaction::from_json(body)?)?;
                let result = result(endpoint, json!(outcome.response()), &outcome);
                *comment = outcome.into_record();
                Ok(result)
            }
            ("redact", Some(comment), _) => {
                let outcome = redactor.string(comment, &StringRedaction::from_json(body)?)?;
                let result = result(endpoint, json!(outcome.response()), &outcome);
                *comment = outcome.into_record();
                Ok(result)
            }
            ("chat_redactions", _, Some(chat)) => {
                let outcome = redactor.chat(chat, &ChatRedaction::from_json(body)?, ChatState::Ended)?;
                let result = result(endpoint, json!(outcome.response()), &outcome);
                *chat = outcome.into_record();
                Ok(result)
            }
            ("chat_file_redactions", _, Some(chat)) => {
                let outcome = redactor.chat_files(chat, &ChatFileRedaction::from_json(body)?, ChatState::Ended)?;
                let result = result(endpoint, json!(outcome.response()), &outcome);
                *chat = outcome.into_record();
                Ok(result)
            }
            _ => Err(RecordError::BadRecord),
        }
    }
}

fn result<R>(endpoint: &str, response: Value, outcome: &Outcome<R>) -> Value {
    json!({
        "endpoint": endpoint,
        "response": response,
        "events": outcome.events(),
        "follow_up": outcome.follow_up(),
        "report": outcome.report(),
    })
}
