//! 中文: Texts of the resident's pages: home, order, need, household, enrolment.

words! {}
