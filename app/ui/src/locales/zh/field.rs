//! 中文: Texts of the steward's and volunteer's pages: rounds, stops, scanning, the outbox.

words! {}
