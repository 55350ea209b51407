//! A window closes by itself, late orders are told, and nothing is sealed twice.

use domain::Millis;
use domain::fact::Verdict;
use domain::window::Phase;
use domain::wire::{Acknowledged, Refusal};
use web::seal::tick_now;

use super::stage::{HERE, NOON, OPEN, Stage, THERE, fact, order};

#[tokio::test]
async fn a_window_is_sealed_once_after_its_grace() {
    let stage = Stage::new().await;
    let phase = || async {
        let c = &stage.state.config().community;
        let catalog = stage.state.communities().get(c, stage.state.now()).await.expect("there");
        catalog.community.windows[&OPEN].phase(stage.state.now())
    };
    // The other window's grace ended long ago.
    assert_eq!(tick_now(&stage.state).await.expect("sealed").sealed, 1);
    assert_eq!(phase().await, Phase::Open);

    // Made before closing, arriving in the grace: taken. Made after: refused.
    let (here, there) = (stage.resident(HERE).await, stage.resident(THERE).await);
    let in_time = fact(NOON + 59 * Millis::MINUTE, order(HERE, "A", 1, None));
    stage.state.clock().set(NOON + 70 * Millis::MINUTE);
    let late = fact(NOON + 65 * Millis::MINUTE, order(THERE, "A", 1, None));
    assert_eq!(
        stage.hand_in_facts(&here, &[in_time]).await.answers[0].answer,
        Acknowledged::Stored(Verdict::Taken)
    );
    let closed = Acknowledged::Stored(Verdict::Refused(Refusal::Closed));
    assert_eq!(stage.hand_in_facts(&there, &[late]).await.answers[0].answer, closed);

    assert_eq!(tick_now(&stage.state).await.expect("nothing due").sealed, 0);
    stage.state.clock().set(NOON + 76 * Millis::MINUTE);
    assert_eq!(phase().await, Phase::Closing);
    let both = tokio::join!(tick_now(&stage.state), tick_now(&stage.state));
    assert_eq!(both.0.expect("sealed").sealed + both.1.expect("sealed").sealed, 1, "two servers, one seal");
    assert_eq!(phase().await, Phase::Sealed);
    assert_eq!(tick_now(&stage.state).await.expect("nothing due").sealed, 0);
}
