//! 中文: Texts on paper: letters, door cards, the booklet, round sheets, labels.

words! {}
