//! English: Texts on paper: letters, door cards, the booklet, round sheets, labels.

words! {}
