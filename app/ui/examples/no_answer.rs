//! Writes the page that the CDN shows where the server gave no answer, for `cargo xtask package`: its arguments are the
//! addresses of the style sheets.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let styles = std::env::args().skip(1).collect();
    let page = ui::pages::document::html(|| ui::pages::no_answer::no_answer(styles));
    std::io::stdout().write_all(page.as_bytes())
}
