//! English: texts for whoever runs the server, on its terminal.

words! {
    acme_wrong_contact = "The authority does not take the e-mail address of --acme-contact. Correct it, or leave it out.";
    acme_no_authority = "The authority that gives certificates cannot be reached. Is this machine on the internet, and its clock right?";
    acme_not_an_authority = "Whoever answers at --acme-directory is no authority that gives certificates. Look at the address.";
    acme_disk = "A certificate file cannot be read or written. Look at the folder `acme` in the data folder; what is damaged there may be deleted and is fetched anew.";
}

pub(crate) fn acme_asking(domain: &str, authority: &str) -> String {
    format!("Asking {authority} for a certificate for {domain} ...")
}

pub(crate) fn acme_got(domain: &str, until: &str) -> String {
    format!("{domain} has a certificate until {until}. It is renewed in time by itself.")
}

pub(crate) fn acme_again(minutes: u32, ends: &str) -> String {
    let now = match ends {
        "" => "Until then no phone can open this server.".to_owned(),
        ends => format!("Phones notice nothing before {ends}, when the present certificate ends."),
    };
    format!("The next try is in {minutes} min; there is no need to start again. {now}")
}

pub(crate) fn acme_with_reason(what: &str, said: &str) -> String {
    format!("{what} ({said})")
}

pub(crate) fn acme_no_name(domain: &str) -> String {
    format!(
        "No certificate: {domain} leads nowhere. Give it an A record with this machine's public address where the domain is kept; that can take an hour to be known."
    )
}

pub(crate) fn acme_no_answer(domain: &str) -> String {
    format!(
        "No certificate: nobody answers at {domain}:443. Let the router lead port 443 to the port that this server listens on, and open it in the firewall."
    )
}

pub(crate) fn acme_not_here(domain: &str) -> String {
    format!(
        "No certificate: the authority looked at {domain}, port 443, and did not find this server. Either the domain leads to another machine, or another program or a proxy answers there, or the port is closed."
    )
}

pub(crate) fn acme_not_allowed(domain: &str) -> String {
    format!(
        "No certificate: a CAA record of {domain} allows other authorities only. Add this one where the domain is kept."
    )
}

pub(crate) fn acme_wrong_name(domain: &str) -> String {
    format!(
        "No certificate: the authority gives none for {domain}. Use a domain that is registered publicly."
    )
}

pub(crate) fn acme_too_often(domain: &str) -> String {
    format!(
        "No certificate yet: the authority was asked too often for {domain}. Leave the server running; starting it again makes it later."
    )
}

pub(crate) fn acme_other(domain: &str) -> String {
    format!("No certificate for {domain}.")
}
