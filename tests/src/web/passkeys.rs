//! Somebody who helps adds a passkey and comes in by it; whoever tries it otherwise stays outside. The authenticator here
//! makes real keys and real signatures; `e2e/passkeys.test.js` has the browser's own.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Millis;
use domain::actor::{Role, Signed};
use domain::community::Person;
use http::{StatusCode, header};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};
use web::secret::random;

use super::stage::{Came, DESK, HERE, Phone, STEWARD, Stage};

const ORIGIN: &str = "https://lm.example.org";
const SITE: &str = "lm.example.org";
/// Present and verified; and with a new passkey.
const HERE_AND_SURE: u8 = 0x05;
const NEW: u8 = 0x45;
/// How every `SubjectPublicKeyInfo` of a P-256 key begins.
const P256: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE";

/// A phone's lock with one passkey in it.
struct Authenticator {
    key: SigningKey,
    id: [u8; 16],
    user: String,
    counter: u32,
}

/// What is said of the ceremony; each test lies about one thing.
#[derive(Clone)]
struct Saying {
    kind: &'static str,
    origin: String,
    site: &'static str,
    flags: u8,
    challenge: String,
}

impl Saying {
    fn of(kind: &'static str, flags: u8, page: &Came) -> Self {
        let challenge = attribute(&page.body, "data-challenge");
        Self { kind, origin: ORIGIN.to_owned(), site: SITE, flags, challenge }
    }

    fn client(&self) -> String {
        format!(
            r#"{{"type":"webauthn.{}","challenge":"{}","origin":"{}","crossOrigin":false}}"#,
            self.kind, self.challenge, self.origin
        )
    }
}

fn attribute(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

impl Authenticator {
    fn new(page: &Came) -> Self {
        let key = SigningKey::from_slice(&random::<32>()).expect("a scalar");
        Self { key, id: random(), user: attribute(&page.body, "data-user"), counter: 0 }
    }

    fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.id)
    }

    fn data(&self, saying: &Saying, rest: &[u8]) -> Vec<u8> {
        [&Sha256::digest(saying.site)[..], &[saying.flags], &self.counter.to_be_bytes(), rest].concat()
    }

    /// Makes its passkey, and the form that brings it.
    async fn is_added(&self, stage: &Stage, phone: &Phone, saying: &Saying) -> Came {
        let point = self.key.verifying_key().to_encoded_point(false);
        let prefix = base64::engine::general_purpose::STANDARD.decode(P256).expect("base64");
        let info = [&prefix[..], &point.as_bytes()[1..]].concat();
        let attached = [&[0; 16][..], &[0, 16], &self.id, b"the same key in CBOR"].concat();
        let fields = [
            ("client", URL_SAFE_NO_PAD.encode(saying.client())),
            ("data", URL_SAFE_NO_PAD.encode(self.data(saying, &attached))),
            ("key", URL_SAFE_NO_PAD.encode(info)),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        stage.form(Some(phone), "/passkeys", &fields).await
    }

    /// The form that signs in.
    fn signed(&self, saying: &Saying) -> Vec<(&'static str, String)> {
        let (client, data) = (saying.client(), self.data(saying, &[]));
        let signature: Signature = self.key.sign(&[&data[..], &Sha256::digest(&client)].concat());
        vec![
            ("id", self.id()),
            ("client", URL_SAFE_NO_PAD.encode(client)),
            ("data", URL_SAFE_NO_PAD.encode(data)),
            ("signature", URL_SAFE_NO_PAD.encode(signature.to_der())),
            ("user", self.user.clone()),
        ]
    }
}

async fn enters(stage: &Stage, fields: &[(&'static str, String)]) -> Came {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    stage.form(None, "/signin/passkey", &fields).await
}

fn is_in(came: &Came) -> bool {
    came.status == StatusCode::NO_CONTENT && came.headers.contains_key(header::SET_COOKIE)
}

/// A steward with a passkey, and the saying by which they would come in now.
async fn steward_with_a_passkey(stage: &Stage) -> (Phone, Authenticator) {
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let page = stage.get(Some(&steward), "/passkeys").await;
    assert_eq!(page.status, StatusCode::OK);
    let authenticator = Authenticator::new(&page);
    let added = authenticator.is_added(stage, &steward, &Saying::of("create", NEW, &page)).await;
    assert_eq!(added.status, StatusCode::NO_CONTENT, "{}", added.body);
    (steward, authenticator)
}

async fn at_the_door(stage: &Stage) -> Saying {
    Saying::of("get", HERE_AND_SURE, &stage.get(None, "/signin").await)
}

#[tokio::test]
async fn a_steward_comes_in_by_the_passkey_and_is_the_steward() {
    let stage = Stage::new().await;
    let (_, mut authenticator) = steward_with_a_passkey(&stage).await;
    authenticator.counter = 1;
    let came = enters(&stage, &authenticator.signed(&at_the_door(&stage).await)).await;
    assert!(is_in(&came), "{} {}", came.status, came.body);
    let cookie = came.headers[header::SET_COOKIE].to_str().expect("ascii");
    let cookie = cookie.split(';').next().expect("a pair").to_owned();
    let phone = Phone { cookie, hand_in: String::new() };
    assert_eq!(stage.get(Some(&phone), "/round").await.status, StatusCode::OK);
    assert_eq!(stage.get(Some(&phone), "/desk").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_lies_about_one_thing_stays_outside() {
    let stage = Stage::new().await;
    let (steward, mut authenticator) = steward_with_a_passkey(&stage).await;
    authenticator.counter = 5;
    let good = at_the_door(&stage).await;
    let adding = Saying::of("get", HERE_AND_SURE, &stage.get(Some(&steward), "/passkeys").await);
    let lies = [
        ("another origin", Saying { origin: "https://evil.example".into(), ..good.clone() }),
        ("another site", Saying { site: "evil.example", ..good.clone() }),
        ("another ceremony", Saying { kind: "create", ..good.clone() }),
        ("nobody verified", Saying { flags: 0x01, ..good.clone() }),
        ("a challenge of their own", Saying { challenge: URL_SAFE_NO_PAD.encode([7; 56]), ..good.clone() }),
        ("a challenge for something else", adding),
    ];
    for (lie, saying) in lies {
        let came = enters(&stage, &authenticator.signed(&saying)).await;
        assert!(came.status.is_client_error() && !is_in(&came), "{lie}: {}", came.status);
    }
    let change = |name: &str, value: String| {
        let mut fields = authenticator.signed(&good);
        fields.iter_mut().filter(|(field, _)| *field == name).for_each(|(_, old)| old.clone_from(&value));
        fields
    };
    let other = SigningKey::from_slice(&random::<32>()).expect("a scalar");
    let forged: Signature = other.sign(b"anything");
    for (lie, fields) in [
        ("another user", change("user", URL_SAFE_NO_PAD.encode([9; 32]))),
        ("another's signature", change("signature", URL_SAFE_NO_PAD.encode(forged.to_der()))),
        ("no signature", change("signature", String::new())),
        ("an unknown passkey", change("id", "AAAA".to_owned())),
        ("nonsense", change("data", "社区".to_owned())),
    ] {
        let came = enters(&stage, &fields).await;
        assert!(came.status.is_client_error() && !is_in(&came), "{lie}: {}", came.status);
    }
    // The truth is still taken after all that.
    assert!(is_in(&enters(&stage, &authenticator.signed(&good)).await));
}

#[tokio::test]
async fn nothing_is_good_twice_or_late_and_a_counter_only_grows() {
    let stage = Stage::new().await;
    let (_, mut authenticator) = steward_with_a_passkey(&stage).await;
    authenticator.counter = 3;
    let saying = at_the_door(&stage).await;
    let fields = authenticator.signed(&saying);
    assert!(is_in(&enters(&stage, &fields).await));
    assert!(!is_in(&enters(&stage, &fields).await), "the same bytes again");
    authenticator.counter = 4;
    let again = enters(&stage, &authenticator.signed(&saying)).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a new signature over a challenge that was used");
    let next = at_the_door(&stage).await;
    for counter in [0, 2, 3] {
        authenticator.counter = counter;
        assert!(!is_in(&enters(&stage, &authenticator.signed(&next)).await), "counted {counter} after 3");
    }
    authenticator.counter = 4;
    assert!(is_in(&enters(&stage, &authenticator.signed(&next)).await));

    let early = at_the_door(&stage).await;
    stage.state.clock().set(stage.state.now() + 11 * Millis::MINUTE);
    authenticator.counter = 5;
    assert_eq!(enters(&stage, &authenticator.signed(&early)).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn an_addition_is_good_on_its_own_phone_and_once() {
    let stage = Stage::new().await;
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let page = stage.get(Some(&steward), "/passkeys").await;
    let saying = Saying::of("create", NEW, &page);
    let (one, two) = (Authenticator::new(&page), Authenticator::new(&page));
    // Slipped under somebody else's session it would be the desk's.
    assert_eq!(one.is_added(&stage, &desk, &saying).await.status, StatusCode::CONFLICT);
    let elsewhere = Saying { origin: "https://evil.example".into(), ..saying.clone() };
    assert_eq!(one.is_added(&stage, &steward, &elsewhere).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(one.is_added(&stage, &steward, &saying).await.status, StatusCode::NO_CONTENT);
    assert_eq!(two.is_added(&stage, &steward, &saying).await.status, StatusCode::CONFLICT);
    // A household has no passkeys.
    let resident = stage.resident(HERE).await;
    assert_eq!(stage.get(Some(&resident), "/passkeys").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_passkey_that_was_taken_away_and_whoever_left_stay_outside() {
    let stage = Stage::new().await;
    let (steward, mut authenticator) = steward_with_a_passkey(&stage).await;
    authenticator.counter = 1;
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let path = format!("/desk/people/{STEWARD}");
    let shown = stage.get(Some(&desk), &path).await.body;
    let (_, part) = shown.split_once("/unkey").expect("the desk sees it");
    let (_, part) = part.split_once("name=\"passkey\"").expect("with its name");
    let handle = attribute(part, "value");

    // Nobody takes away another's by their own page.
    let own = stage.form(Some(&desk), "/passkeys/remove", &[("passkey", &handle)]).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
    let (store, c) = (stage.state.store(), &stage.state.config().community);
    let person = store.community(c).await.expect("read").expect("there").people[&STEWARD].clone();
    store.save_person(c, &Person { left: true, ..person.clone() }).await.expect("saved");
    stage.state.clock().set(stage.state.now() + Millis::MINUTE);
    let saying = at_the_door(&stage).await;
    assert!(!is_in(&enters(&stage, &authenticator.signed(&saying)).await), "somebody who left");
    store.save_person(c, &person).await.expect("saved");
    stage.state.clock().set(stage.state.now() + Millis::MINUTE);
    let saying = at_the_door(&stage).await;
    assert!(is_in(&enters(&stage, &authenticator.signed(&saying)).await), "they are back");

    let gone = stage.form(Some(&desk), &format!("{path}/unkey"), &[("passkey", &handle)]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    authenticator.counter = 2;
    let saying = at_the_door(&stage).await;
    assert!(!is_in(&enters(&stage, &authenticator.signed(&saying)).await), "taken away");
    // The phone that was signed in stays so; the list is empty.
    let list = stage.get(Some(&steward), "/passkeys").await;
    assert!(list.status == StatusCode::OK && !list.body.contains("/passkeys/remove"), "{}", list.body);
}
