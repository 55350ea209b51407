//! What an enrolment letter carries: 128 bits behind its QR code, and ten characters for those who type.
//!
//! Throttling, spending and the number of devices live with whoever keeps the letters; here is only the form.

use crate::crockford::{Checked, CodeError, code_type};

code_type! {
    /// The letter's QR code: 128 random bits and a check, 27 characters.
    EnrolmentSecret, 27
}

code_type! {
    /// What is typed from the letter: the secret's first nine characters (45 bits) and a check, so that a slip of the
    /// finger is told at the field and costs no try. With 857 letters out, a million guesses find one in 40,000 times.
    EnrolmentCode, 10
}

impl EnrolmentSecret {
    /// Makes the secret of a new letter from 128 bits that the caller drew at random.
    #[must_use]
    pub fn from_random(bits: [u8; 16]) -> Self {
        Self(Checked::from_bits(&bits))
    }

    /// Reads the secret as it stands in the letter's address.
    ///
    /// # Errors
    /// Says what is wrong with the text; a secret that no letter can carry is `Check`.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let secret = Checked::parse(text)?;
        // 128 bits leave two bits of the last character unused: zero on every letter.
        if secret.last_data() & 0b11 == 0 { Ok(Self(secret)) } else { Err(CodeError::Check) }
    }

    /// The typed form printed on the same letter.
    #[must_use]
    pub fn typed(&self) -> EnrolmentCode {
        EnrolmentCode(self.0.shortened())
    }
}

impl EnrolmentCode {
    /// Makes a code on its own from random bits: the first 45 count.
    #[must_use]
    pub fn from_random(bits: [u8; 6]) -> Self {
        Self(Checked::from_bits(&bits))
    }

    /// Reads a code as somebody typed it.
    ///
    /// # Errors
    /// Says what is wrong with the text, so that the field can say it.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        Checked::parse(text).map(Self)
    }

    /// As printed: two groups of five.
    #[must_use]
    pub fn grouped(&self) -> String {
        self.0.grouped(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_letter_is_read_by_camera_and_by_hand() {
        let secret = EnrolmentSecret::from_random(*b"sixteen bytes!!!");
        assert_eq!(EnrolmentSecret::parse(&secret.text().to_lowercase()), Ok(secret));
        let typed = secret.typed();
        assert_eq!(typed.grouped().len(), 11);
        assert_eq!(EnrolmentCode::parse(&typed.grouped().replace('-', " ")), Ok(typed));
        assert_eq!(EnrolmentCode::parse("12345"), Err(CodeError::Length { expected: 10, found: 5 }));
        assert_eq!(format!("{secret:?} {typed:?}"), "EnrolmentSecret(…) EnrolmentCode(…)");
    }

    proptest! {
        #[test]
        fn every_letter_survives_paper(bits: [u8; 16], short: [u8; 6]) {
            let secret = EnrolmentSecret::from_random(bits);
            prop_assert_eq!(EnrolmentSecret::parse(&secret.text()), Ok(secret));
            prop_assert_eq!(EnrolmentCode::parse(&secret.typed().grouped()), Ok(secret.typed()));
            let code = EnrolmentCode::from_random(short);
            prop_assert_eq!(EnrolmentCode::parse(&code.text()), Ok(code));
        }

        #[test]
        fn a_single_typing_mistake_is_told_at_the_field(short: [u8; 6], place in 0usize..10, typed in "[0-9A-HJKMNP-TV-Z]") {
            let code = EnrolmentCode::from_random(short);
            let mut text = code.text();
            text.replace_range(place..=place, &typed);
            let same = text == code.text();
            prop_assert_eq!(EnrolmentCode::parse(&text), if same { Ok(code) } else { Err(CodeError::Check) });
        }
    }
}
