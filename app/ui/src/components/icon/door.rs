//! What happens at a door: jobs, outcomes, and why it did not work.

use super::Icon;

/// A door.
pub const DOOR: Icon = Icon(r#"<path d="M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M3.5 21h17M14.5 12v1.2"/>"#);

/// An order, a box.
pub const BOX: Icon =
    Icon(r#"<path d="M3.5 7.5L12 3.5l8.5 4v9l-8.5 4-8.5-4zM3.5 7.5l8.5 4 8.5-4M12 11.5v9M7.7 5.5l8.6 4"/>"#);

/// A parcel from the gate.
pub const PARCEL: Icon = Icon(r#"<path d="M4 8.5L6 4h12l2 4.5V20H4zM4 8.5h16M12 4v4.5M9.5 8.5v4h5v-4"/>"#);

/// An errand, a shopping bag.
pub const ERRAND: Icon = Icon(r#"<path d="M5 8.5h14l1 12H4zM8.5 11V7a3.5 3.5 0 0 1 7 0v4"/>"#);

/// A sealed letter.
pub const LETTER: Icon = Icon(r#"<path d="M3.5 5.5h17v13h-17zM3.5 6.5L12 13l8.5-6.5"/>"#);

/// Take the rubbish down.
pub const RUBBISH: Icon = Icon(
    r#"<path d="M9.5 7.5C5 9 4 14 4.5 17.5a3.5 3.5 0 0 0 3.5 3h8a3.5 3.5 0 0 0 3.5-3C20 14 19 9 14.5 7.5zM9 3.5l1.5 4h3l1.5-4-3 1.3z"/>"#,
);

/// Knock and ask.
pub const KNOCK: Icon = Icon(r#"<path d="M13 21V4h6v17M10 21h11.5M9.5 9.5L6 8M9 12.5H5M9.5 15.5L6 17"/>"#);

/// Take a sample.
pub const SAMPLE: Icon = Icon(r#"<path d="M8.5 3.5h7M10 3.5v14a2 2 0 0 0 4 0v-14M10 11.5h4"/>"#);

/// Handed over.
pub const HANDED: Icon = Icon(
    r#"<path d="M9 3.5h8v6.5H9zM13 3.5V6M3 13v8.5M3 19.5h10.5l6-3.8a1.5 1.5 0 0 0-1.5-2.6L14 15.2M3 14.5h3L8.5 13H12.6a1.5 1.5 0 0 1 0 3H9.5"/>"#,
);

/// Left at the door.
pub const LEFT_AT_DOOR: Icon = Icon(
    r#"<path d="M3.5 20.5v-16a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1V11M2 20.5h20M7 12v1.2M12 14h8.5v6.5H12zM16.2 14v2.3"/>"#,
);

/// Given to a neighbour.
pub const NEIGHBOUR: Icon = Icon(
    r#"<path d="M3.5 20.5V7.5h6v13M14.5 20.5V7.5h6v13M2 20.5h20M7 3.8h9M13.8 1.8l2.2 2-2.2 2M7.5 14v.8M18.5 14v.8"/>"#,
);

/// Nobody home.
pub const NOBODY_HOME: Icon = Icon(
    r#"<path d="M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M3.5 21h17M10 8.8a2 2 0 1 1 2.9 1.8c-.7.4-.9.8-.9 1.6M12 15.2v.1"/>"#,
);

/// No access.
pub const NO_ACCESS: Icon = Icon(r#"<path d="M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.8v2"/>"#);

/// Refused.
pub const REFUSED: Icon = Icon(r#"<path d="M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM5.8 5.8l12.4 12.4"/>"#);

/// Wrong address.
pub const WRONG_ADDRESS: Icon = Icon(
    r#"<path d="M12 21c-4.5-4.5-7-8-7-11a7 7 0 0 1 14 0c0 3-2.5 6.5-7 11zM9.8 7.8l4.4 4.4M14.2 7.8l-4.4 4.4"/>"#,
);

/// Short or damaged.
pub const DAMAGED: Icon = Icon(r#"<path d="M4 8h16v12.5H4zM4 8l2.5-4.5h11L20 8M12.5 8l-2 4 3.5 2-2 4"/>"#);

/// Something else.
pub const OTHER: Icon = Icon(r#"<path d="M5 12h.1M12 12h.1M19 12h.1" stroke-width="3.2"/>"#);
