//! Programs that come from the system's packages: Node, Chromium, fonts, PDF tools, Java, Valgrind.

use std::path::{Path, PathBuf};

use super::{Tool, debian};
use crate::shell;

/// Node runs wasm-opt, the minifier and the browser tests.
pub(crate) static NODE: Tool = Tool {
    name: "Node",
    needed_for: "build (release), test",
    find: || {
        shell::which("npm")?;
        shell::first_line("node", &["--version"])
    },
    prepare: || debian::install(&["nodejs", "npm"]),
    by_hand: "install Node 18.19 or newer with npm from nodejs.org or your package manager",
};

/// The browser of the tests.
pub(crate) static CHROMIUM: Tool = Tool {
    name: "Chromium",
    needed_for: "test (browser), bench",
    find: || chromium().map(|path| path.display().to_string()),
    prepare: || debian::install(&["chromium"]),
    by_hand: "install Chromium or Chrome and set CHROMIUM to its path",
};

/// Without them every Chinese character on a screenshot or a print is an empty box.
pub(crate) static CHINESE_FONTS: Tool = Tool {
    name: "Chinese fonts",
    needed_for: "test (browser prints and screenshots)",
    find: || {
        let font = shell::first_line("fc-match", &["--format", "%{family}\n", ":lang=zh-cn:charset=4e00"])?;
        let chinese =
            ["CJK", "Hei", "Song", "PingFang", "YaHei", "Ming"].iter().any(|part| font.contains(part));
        chinese.then_some(font)
    },
    prepare: || debian::install(&["fonts-noto-cjk", "fontconfig"]),
    by_hand: "install the Noto Sans CJK fonts",
};

/// Reads printed PDFs back in the browser tests.
pub(crate) static PDF_TOOLS: Tool = Tool {
    name: "PDF tools",
    needed_for: "test (browser prints)",
    find: || {
        shell::which("pdftoppm")?;
        shell::which("pdftotext").map(|path| path.display().to_string())
    },
    prepare: || debian::install(&["poppler-utils"]),
    by_hand: "install poppler (pdftotext and pdftoppm)",
};

/// Java and Maven bring and run DynamoDB Local. The compiler is needed: its launcher is one source file.
pub(crate) static JAVA: Tool = Tool {
    name: "Java",
    needed_for: "test (DynamoDB Local)",
    find: || {
        shell::which("mvn")?;
        let version = shell::first_line("javac", &["-version"])?;
        let major: u32 = version.trim_start_matches("javac ").split('.').next()?.parse().ok()?;
        (major >= 17).then_some(version)
    },
    prepare: || debian::install(&["default-jdk-headless", "maven"]),
    by_hand: "install a JDK 17 or newer and Maven",
};

/// Counts instructions, which a busy machine cannot change.
pub(crate) static VALGRIND: Tool = Tool {
    name: "Valgrind",
    needed_for: "bench (weights in instructions; not weighed without it)",
    find: || shell::first_line("valgrind", &["--version"]),
    // Without libc's own symbols valgrind does not start a program.
    prepare: || debian::install(&["valgrind", "libc6-dbg"]),
    by_hand: "install Valgrind from your package manager; on a Mac with Apple's processor there is none",
};

/// The browser: `CHROMIUM`, or the first of the usual names.
pub(crate) fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(path)).filter(|path| path.is_file());
    }
    let mac = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
        .iter()
        .find_map(|name| shell::which(name))
        .or_else(|| mac.is_file().then(|| mac.to_owned()))
}
