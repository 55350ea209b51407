//! Texts for whoever runs the server, on its terminal, where both languages stand below each other. How to add one:
//! see the module above.

use super::texts;

texts! { operator {
    // Certificates.
    acme_asking(domain: &str, authority: &str);
    acme_got(domain: &str, until: &str);
    // `ends`: the day on which the certificate in use ends, empty without one.
    acme_again(minutes: u32, ends: &str);
    acme_with_reason(what: &str, said: &str);
    acme_no_name(domain: &str);
    acme_no_answer(domain: &str);
    acme_not_here(domain: &str);
    acme_not_allowed(domain: &str);
    acme_wrong_name(domain: &str);
    acme_too_often(domain: &str);
    acme_wrong_contact;
    acme_no_authority;
    acme_not_an_authority;
    acme_disk;
    acme_other(domain: &str);
}}
