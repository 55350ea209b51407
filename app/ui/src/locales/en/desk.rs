//! English: Texts of the community desk's and supplier's pages.

words! {}
