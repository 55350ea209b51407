//! The icons of the screens themselves: ways, actions, people, signal.

use super::Icon;

/// Onwards.
pub const CHEVRON_RIGHT: Icon = Icon(r#"<path d="M9 5l7 7-7 7"/>"#);

/// Back.
pub const CHEVRON_LEFT: Icon = Icon(r#"<path d="M15 5l-7 7 7 7"/>"#);

/// Opens below.
pub const CHEVRON_DOWN: Icon = Icon(r#"<path d="M5 9l7 7 7-7"/>"#);

/// Upwards, as a round can go.
pub const ARROW_UP: Icon = Icon(r#"<path d="M12 20V5M6 11l6-6 6 6"/>"#);

/// Downwards, as a round can go.
pub const ARROW_DOWN: Icon = Icon(r#"<path d="M12 4v15M6 13l6 6 6-6"/>"#);

/// Chosen, right.
pub const CHECK: Icon = Icon(r#"<path d="M5 12.5l5 5 9-11"/>"#);

/// Close, wrong.
pub const CROSS: Icon = Icon(r#"<path d="M6 6l12 12M18 6L6 18"/>"#);

/// One more.
pub const PLUS: Icon = Icon(r#"<path d="M12 5v14M5 12h14"/>"#);

/// One less.
pub const MINUS: Icon = Icon(r#"<path d="M5 12h14"/>"#);

/// Look here first.
pub const WARNING: Icon = Icon(r#"<path d="M12 4L2.8 20h18.4zM12 10v4.5M12 17.3v.2"/>"#);

/// Good to know.
pub const INFO: Icon = Icon(r#"<path d="M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.2"/>"#);

/// Call.
pub const PHONE: Icon = Icon(
    r#"<path d="M6.5 3.5h3l1.5 4-2 1.5a11 11 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"/>"#,
);

/// The emergency number.
pub const AMBULANCE: Icon = Icon(
    r#"<path d="M2.5 6.5h11V17h-11zM13.5 10H18l3.5 3.5V17h-8M8 9v5M5.5 11.5h5"/><circle cx="7" cy="18" r="1.9"/><circle cx="17" cy="18" r="1.9"/>"#,
);

/// Language.
pub const GLOBE: Icon = Icon(
    r#"<path d="M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z"/>"#,
);

/// Large or usual text.
pub const TEXT_SIZE: Icon =
    Icon(r#"<path d="M2.5 19L8 5.5 13.5 19M4.5 14.5h7M14.5 19l3.5-8.5 3.5 8.5M15.8 16.2h4.4"/>"#);

/// The list of pages.
pub const MENU: Icon = Icon(r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#);

/// Scan a code.
pub const SCAN: Icon =
    Icon(r#"<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 13h3v3h-3zM14 8h2v2M8 14v2h2"/>"#);

/// The phone's lamp.
pub const TORCH: Icon = Icon(
    r#"<path d="M7.5 3h9v3.5L14 10.5V20a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-9.5L7.5 6.5zM7.5 6.5h9M12 13v2"/>"#,
);

/// Type it instead.
pub const KEYBOARD: Icon =
    Icon(r#"<path d="M3 6.5h18v11H3zM7 10h.1M10.3 10h.1M13.7 10h.1M17 10h.1M8 14h8"/>"#);

/// Order food.
pub const BASKET: Icon = Icon(
    r#"<path d="M3.5 10h17l-1.6 9a1.5 1.5 0 0 1-1.5 1.2H6.6A1.5 1.5 0 0 1 5.1 19zM8 10l3-6M16 10l-3-6M9.5 13.5V17M14.5 13.5V17"/>"#,
);

/// I need something; somebody said.
pub const SPEAK: Icon = Icon(
    r#"<path d="M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v9a1.5 1.5 0 0 1-1.5 1.5H12l-5 4.5V16H5.5A1.5 1.5 0 0 1 4 14.5zM8 8.5h8M8 11.8h5"/>"#,
);

/// A notice.
pub const BELL: Icon = Icon(r#"<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4M12 3v2"/>"#);

/// Don't ring.
pub const BELL_OFF: Icon =
    Icon(r#"<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4M12 3v2M3.5 3.5l17 17"/>"#);

/// With sound.
pub const SOUND: Icon =
    Icon(r#"<path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>"#);

/// My household.
pub const HOME: Icon = Icon(r#"<path d="M3.5 11L12 4l8.5 7M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>"#);

/// A building.
pub const BUILDING: Icon = Icon(
    r#"<path d="M5 21V5l7-2.5L19 5v16M3 21h18M9 8v1.5M15 8v1.5M9 12.5V14M15 12.5V14M10.5 21v-3.5h3V21"/>"#,
);

/// One person.
pub const PERSON: Icon =
    Icon(r#"<path d="M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0"/>"#);

/// People.
pub const PEOPLE: Icon = Icon(
    r#"<path d="M9 11.5a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.2a6.5 6.5 0 0 1 4 5.8"/>"#,
);

/// Time left, due.
pub const CLOCK: Icon = Icon(r#"<path d="M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 7v5.5l3.5 2"/>"#);

/// A day, an ordering window.
pub const CALENDAR: Icon = Icon(r#"<path d="M4 6h16v14.5H4zM4 10.5h16M8 3.5V7M16 3.5V7"/>"#);

/// A round through the house.
pub const ROUND: Icon = Icon(r#"<path d="M3.5 20.5H8V16h4.5v-4.5H17V7h4M4 12l4-4M4.5 8H8v3.5"/>"#);

/// A list.
pub const LIST: Icon = Icon(r#"<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.1M4.5 12h.1M4.5 17.5h.1"/>"#);

/// On the way, the supplier.
pub const TRUCK: Icon = Icon(
    r#"<path d="M2.5 6h11v11h-11zM13.5 10H18l3.5 3.5V17h-8"/><circle cx="7" cy="18" r="1.9"/><circle cx="17" cy="18" r="1.9"/>"#,
);

/// No signal.
pub const NO_SIGNAL: Icon = Icon(r#"<path d="M5 20v-4M10 20v-7M15 20v-4.5M19.5 20V6M3.5 4.5l16 16"/>"#);

/// Saved on this phone.
pub const ON_PHONE: Icon = Icon(
    r#"<path d="M7 3.5h10a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM9 11.3l2.2 2.2L15 9M11 17.8h2"/>"#,
);

/// Sent.
pub const SEND: Icon = Icon(r#"<path d="M20.5 3.5L3.5 11l6.5 3 3 6.5zM20.5 3.5L10 14"/>"#);

/// Take it back.
pub const UNDO: Icon = Icon(r#"<path d="M9 5l-5 5 5 5M4 10h10a5.3 5.3 0 0 1 0 10.5H9"/>"#);

/// Change.
pub const EDIT: Icon = Icon(
    r#"<path d="M4 20l1-4.5L16.5 4a1.6 1.6 0 0 1 2.3 0L20 5.2a1.6 1.6 0 0 1 0 2.3L8.5 19zM14.5 6L18 9.5"/>"#,
);

/// Remove.
pub const TRASH: Icon = Icon(r#"<path d="M4 6.5h16M9 6.5V4h6v2.5M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6"/>"#);

/// Find.
pub const SEARCH: Icon = Icon(r#"<path d="M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.5 15.5l5 5"/>"#);

/// On paper.
pub const PRINTER: Icon = Icon(
    r#"<path d="M7 9V3.5h10V9M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-5A1.5 1.5 0 0 1 4.5 9h15a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7z"/>"#,
);

/// Bring a file in.
pub const UPLOAD: Icon = Icon(r#"<path d="M12 15V4M7 9l5-5 5 5M4 15v5h16v-5"/>"#);

/// Take a file out.
pub const DOWNLOAD: Icon = Icon(r#"<path d="M12 4v11M7 10l5 5 5-5M4 15v5h16v-5"/>"#);

/// A code, signing in.
pub const KEY: Icon =
    Icon(r#"<circle cx="7.5" cy="12" r="4"/><path d="M11.5 12H21M17.5 12v3.5M21 12v2.5"/>"#);

/// Sign out.
pub const SIGN_OUT: Icon = Icon(r#"<path d="M10 4H5v16h5M14.5 8l4 4-4 4M18.5 12H9"/>"#);

/// Hand the rest to another phone.
pub const HAND_OVER_PHONE: Icon =
    Icon(r#"<path d="M4 4.5h7v15H4zM7 17h1M14 9l3 3-3 3M11 12h6M17 4.5h3v15h-6"/>"#);
