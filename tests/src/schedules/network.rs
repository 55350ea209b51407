//! What becomes of a request between a phone and the server's router, and of its answer.

use axum::body::Body;
use domain::fact::Fact;
use domain::wire::Answers;
use domain::{FactId, Millis};
use http::{Method, Request, header};
use http_body_util::BodyExt;
use serde_json::json;
use store::{HAND_IN_DAYS, Session, Tokens};
use tower::ServiceExt;

use super::mishaps::Mishap;
use super::story::Town;
use crate::dice::Dice;
use crate::store_typed::street;

/// What becomes of a request on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// There and back.
    Clear,
    /// It never arrives.
    Lost,
    /// It is done, and the answer gets lost.
    AnswerLost,
    /// It arrives twice at once.
    Twice,
    /// It arrives some steps later.
    Late,
    /// A portal answers in the server's place.
    Portal,
    /// It is done, and the phone dies before it has kept the answer.
    PhoneDies,
}

impl Way {
    pub(super) fn drawn(dice: &mut Dice) -> Self {
        match dice.below(12) {
            0 => Self::Lost,
            1 => Self::AnswerLost,
            2 => Self::Twice,
            3 | 4 => Self::Late,
            5 => Self::Portal,
            6 => Self::PhoneDies,
            _ => Self::Clear,
        }
    }
}

/// A request that is still on its way.
pub(super) struct Held {
    phone: usize,
    /// Which of the phone's requests it is.
    number: u32,
    facts: Vec<Fact>,
    token: String,
    /// The step it arrives at.
    due: u32,
}

impl Town<'_> {
    /// A phone sends what waits, on this way.
    pub(super) async fn sync(&mut self, one: usize, way: Way) {
        for facts in self.phones[one].sends() {
            self.phones[one].requests += 1;
            let token = self.phones[one].tokens.hand_in.text();
            let (status, answers) = match way {
                Way::Clear => self.served(&token, &facts).await,
                Way::Lost => {
                    self.mishaps.happened(Mishap::Dropped);
                    (0, None)
                }
                Way::Portal => {
                    self.mishaps.happened(Mishap::Portal);
                    (200, None)
                }
                Way::AnswerLost => {
                    self.served(&token, &facts).await;
                    self.mishaps.happened(Mishap::AnswerLost);
                    (0, None)
                }
                Way::PhoneDies => {
                    self.served(&token, &facts).await;
                    self.phones[one].restarts();
                    self.mishaps.happened(Mishap::PhoneCrash);
                    (0, None)
                }
                Way::Twice => {
                    self.mishaps.happened(Mishap::Doubled);
                    let both = tokio::join!(self.served(&token, &facts), self.served(&token, &facts));
                    if self.dice.once_in(2) { both.0 } else { both.1 }
                }
                Way::Late => {
                    self.mishaps.happened(Mishap::Delayed);
                    let (number, due) = (self.phones[one].requests, self.step + 1 + self.dice.below(8));
                    self.on_the_way.push(Held { phone: one, number, facts, token, due });
                    continue;
                }
            };
            self.hears(one, &facts, status, answers.as_ref()).await;
        }
    }

    /// What was held up long enough arrives; whether its sender still listens is a matter of luck.
    pub(super) async fn arrives(&mut self) {
        let step = self.step;
        let (due, rest) = std::mem::take(&mut self.on_the_way).into_iter().partition(|held| held.due <= step);
        self.on_the_way = rest;
        let due: Vec<Held> = due;
        for held in due {
            let overtaken = self.phones[held.phone].requests > held.number;
            if overtaken {
                self.mishaps.happened(Mishap::Overtaken);
            }
            let (status, answers) = self.served(&held.token, &held.facts).await;
            if self.dice.once_in(2) {
                if overtaken {
                    self.mishaps.happened(Mishap::LateAnswer);
                }
                self.hears(held.phone, &held.facts, status, answers.as_ref()).await;
            }
        }
    }

    async fn hears(&mut self, one: usize, facts: &[Fact], status: u16, answers: Option<&Answers>) {
        let now = self.now;
        self.phones[one].hears(facts, status, answers, now);
        if status == 401 {
            self.mishaps.happened(Mishap::TokenEnded);
            self.signs_in(one).await;
        }
    }

    /// Somebody signs in (anew): for months, or so that the token ends within the schedule.
    pub(super) async fn signs_in(&mut self, one: usize) {
        let lasts = match self.dice.below(3) {
            0 => i64::from(self.dice.below(40)) * Millis::MINUTE - HAND_IN_DAYS * Millis::DAY,
            _ => 90 * Millis::DAY,
        };
        let session = Session {
            community: street::community(),
            who: self.phones[one].by,
            created: self.now,
            expires: self.now + lasts,
            device: String::new(),
        };
        let tokens = Tokens::random();
        // It may fail in the storm; then the next request is turned away again.
        if self.store.start_session(&tokens, &session).await.is_ok() {
            self.phones[one].tokens = tokens;
        }
    }

    /// The server's answer to a batch, through its router.
    async fn served(&self, token: &str, facts: &[Fact]) -> (u16, Option<Answers>) {
        let batch = json!({ "sent": self.now, "facts": facts }).to_string();
        let request = Request::builder()
            .method(Method::POST)
            .uri("/api/facts")
            .header(header::HOST, "lm.example.org")
            .header("sec-fetch-site", "same-origin")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(batch))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        (status, serde_json::from_slice(&body).ok())
    }

    /// Which phone made a fact.
    pub(super) fn maker(&self, id: FactId) -> Option<usize> {
        self.phones.iter().position(|phone| phone.kept.iter().any(|kept| kept.fact.id == id))
    }
}
