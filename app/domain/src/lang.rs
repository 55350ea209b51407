//! The languages people read, and names that exist in each of them.

use serde::{Deserialize, Serialize};

use crate::json::Json;

/// A language of the screens. A further one is a variant here and one file of texts in `ui`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Json)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese, the language of the neighbourhoods this was made for.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order of the language switch.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The BCP 47 tag, as HTML's `lang` wants it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Short code used in cookies and links (`zh`, `en`); `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| {
            text.strip_prefix(lang.code()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }

    /// The code that [`Lang::parse`] reads.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// A name in every language, such as a menu's. An empty translation falls back to the Chinese one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Json)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Name {
    /// A name from its two forms.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The name as a reader of `lang` sees it.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_tag_finds_its_language() {
        assert_eq!(Lang::parse("zh-Hans-CN"), Some(Lang::Zh));
        assert_eq!(Lang::parse("EN"), Some(Lang::En));
        assert_eq!(Lang::parse("english"), None);
    }

    #[test]
    fn a_missing_translation_shows_the_chinese_name() {
        assert_eq!(Name::new("蔬菜套餐", "").in_lang(Lang::En), "蔬菜套餐");
    }
}
