//! The rests of rounds that were handed to this phone: kept beside the feed, joined to it wherever it is shown, gone
//! with the round.

use domain::Millis;
use domain::fact::Body;
use domain::feed::Feed;
use domain::handover::parts::{keep, kept};
use domain::handover::rest::Rest;
use domain::handover::{Ticket, ticket_for};

use super::{Known, NotSaved, change, edge, with, work};

/// Keeps one, with strict durability.
///
/// # Errors
/// [`NotSaved`].
pub async fn take_rest(rest: Rest) -> Result<(), NotSaved> {
    let mut texts = with(|known| texts(&known.rests));
    texts.push(keep(&rest));
    edge::keep_rests(&domain::json::text(&texts)).await.map_err(|_| NotSaved)?;
    change(|known| {
        known.rests.push(rest);
        join(known)
    });
    Ok(())
}

/// Reads them; what is over leaves this phone.
pub(super) async fn read(now: Millis) {
    let Ok(stored) = edge::rests().await else { return };
    let stored: Vec<String> =
        stored.as_string().and_then(|text| domain::json::read(&text)).unwrap_or_default();
    let mut rests: Vec<Rest> = Vec::new();
    for text in &stored {
        if let Some(rest) = kept(text).filter(|rest| rest.walkable(now)) {
            rests.push(rest);
        }
    }
    if rests.len() < stored.len() {
        let _ = edge::keep_rests(&domain::json::text(&texts(&rests))).await;
    }
    change(|known| {
        known.rests = rests;
        join(known)
    });
}

fn texts(rests: &[Rest]) -> Vec<String> {
    rests.iter().map(keep).collect()
}

/// Nothing is drawn for it: what reads or takes them does that afterwards.
fn join(known: &mut Known) -> bool {
    if let Some(scene) = &mut known.scene {
        add_to(&mut scene.feed, &known.rests);
    }
    false
}

/// Shows them together with what a feed has. Read anew each time: copies of them would cost the program more.
pub(super) fn add_to(feed: &mut Feed, rests: &[Rest]) {
    for rest in rests {
        if let Some(rest) = kept(&keep(rest)) {
            rest.join(feed);
        }
    }
}

/// The ticket that a fact goes under.
pub(super) fn via(body: &Body) -> Option<Ticket> {
    with(|known| {
        let scene = known.scene.as_ref()?;
        ticket_for(&known.rests, &scene.feed, body, work::now())
    })
}
