//! One icon per category of need; the words stand beside them.

use super::Icon;

/// Doctor, hospital.
pub const MEDICAL: Icon = Icon(r#"<path d="M9.5 4h5v5.5H20v5h-5.5V20h-5v-5.5H4v-5h5.5z"/>"#);

/// Medicine.
pub const MEDICINE: Icon =
    Icon(r#"<path d="M5 13.5L13.5 5A3.9 3.9 0 0 1 19 10.5L10.5 19A3.9 3.9 0 0 1 5 13.5zM9.2 9.3l5.5 5.5"/>"#);

/// Repair: heating, water, gas.
pub const REPAIR: Icon = Icon(
    r#"<path d="M20.2 7l-3.4 3.2-2.8-.6-.5-2.8L16.8 3.6A5.4 5.4 0 0 0 10 10.5L3.8 17.4l2.8 2.8 6.9-6.2A5.4 5.4 0 0 0 20.2 7z"/>"#,
);

/// Food.
pub const FOOD: Icon = Icon(
    r#"<path d="M3.5 12h17a8.5 8.5 0 0 1-5.5 7.5H9A8.5 8.5 0 0 1 3.5 12zM9.5 8.7c-1.2-1.3 1.2-2.4 0-4.2M14.5 8.7c-1.2-1.3 1.2-2.4 0-4.2"/>"#,
);

/// School.
pub const EDUCATION: Icon = Icon(
    r#"<path d="M12 6.5C10 5 7 4.5 3.5 4.8v13.4c3.5-.3 6.5.2 8.5 1.7 2-1.5 5-2 8.5-1.7V4.8C17 4.5 14 5 12 6.5zM12 6.5v13.4"/>"#,
);

/// Health code.
pub const HEALTH_CODE: Icon =
    Icon(r#"<path d="M12 3l7.5 2.5v6c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5v-6zM8.5 11.5L11 14l4.5-5"/>"#);

/// Traffic, a way through.
pub const TRAFFIC: Icon = Icon(
    r#"<path d="M4.5 16.5v-4.3l2-4.7a1.7 1.7 0 0 1 1.6-1h7.8a1.7 1.7 0 0 1 1.6 1l2 4.7v4.3zM4.5 12.2h15M4.5 16.5v2.7h3v-2.7M16.5 16.5v2.7h3v-2.7"/>"#,
);

/// Rules and questions.
pub const POLICY: Icon = Icon(r#"<path d="M6 3.5h8.5l4 4v13H6zM14 3.5V8h4.5M9.5 12h5.5M9.5 15.5h5.5"/>"#);

/// Somebody to talk to.
pub const COUNSELLING: Icon = Icon(
    r#"<path d="M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v9a1.5 1.5 0 0 1-1.5 1.5H12l-5 4.5V16H5.5A1.5 1.5 0 0 1 4 14.5zM12 13.2L9.3 10.5a1.8 1.8 0 0 1 2.7-2.2 1.8 1.8 0 0 1 2.7 2.2z"/>"#,
);

/// Complaint.
pub const COMPLAINT: Icon =
    Icon(r#"<path d="M4 10v4h3l8 4.5v-13L7 10zM18 9.5a3.5 3.5 0 0 1 0 5M7.5 14.3L9 19.5h2.5l-1.3-4"/>"#);

/// Suggestion.
pub const SUGGESTION: Icon = Icon(r#"<path d="M9 17.5v-1.8A6.2 6.2 0 1 1 15 15.7v1.8zM9.5 20.7h5"/>"#);

/// Thanks.
pub const PRAISE: Icon = Icon(r#"<path d="M12 20l-7.5-7.5A4.7 4.7 0 0 1 12 6.9a4.7 4.7 0 0 1 7.5 5.6z"/>"#);
