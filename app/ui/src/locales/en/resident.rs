//! English: Texts of the resident's pages: home, order, need, household, enrolment.

words! {}
