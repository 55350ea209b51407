//! What somebody at the desk does with hands: uploads a file, follows a link, reads what is there. No assertion
//! about the product lives here.

use axum::body::Body;
use domain::actor::{Role, Signed};
use http::{Method, StatusCode, header};
use std::sync::Arc;
use store::Catalog;

use crate::web::stage::{Came, DESK, Phone, Stage};

/// Somebody at the desk, who reads English.
pub(super) async fn at_the_desk(stage: &Stage) -> Phone {
    let mut phone = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    phone.cookie.push_str("; lang=en");
    phone
}

/// Uploads a file as the page's form does.
pub(super) async fn upload(
    stage: &Stage,
    phone: &Phone,
    path: &str,
    file: &[u8],
    fields: &[(&str, &str)],
) -> Came {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let head = "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    body.extend(head.bytes());
    body.extend(file);
    body.extend(b"\r\n--edge--\r\n");
    let request = stage
        .request(Method::POST, Some(phone), path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    stage.send(request.body(Body::from(body)).expect("a request")).await
}

/// Follows the redirect after a form, and says where it led.
pub(super) async fn follow(stage: &Stage, phone: &Phone, came: &Came) -> (String, Came) {
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
    let to = came.location().expect("a place to go").to_owned();
    let mut next = stage.get(Some(phone), &to).await;
    assert_eq!(next.status, StatusCode::OK, "{to}: {}", next.body);
    // What the server puts between two texts, which nobody sees.
    next.body = next.body.replace("<!>", "");
    (to, next)
}

/// Sends a form and follows; the page that comes must say the words.
pub(super) async fn does(
    stage: &Stage,
    phone: &Phone,
    path: &str,
    fields: &[(&str, &str)],
    says: &str,
) -> String {
    let came = stage.form(Some(phone), path, fields).await;
    let (to, page) = follow(stage, phone, &came).await;
    assert!(page.body.contains(says), "{to} does not say {says:?}: {}", page.body);
    to.split('?').next().unwrap_or_default().to_owned()
}

/// The community as the table has it.
pub(super) async fn kept(stage: &Stage) -> Arc<Catalog> {
    let id = stage.state.config().community.clone();
    stage.state.communities().newest(&id, stage.state.now()).await.expect("read")
}

/// The value of a hidden field of a page.
pub(super) fn hidden(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&field).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}
