//! A phone's program ends at its first panic and nobody hears the message: the browser only says that it stopped. So
//! what would compose the message becomes a bare stop, and wasm-opt then removes what only it needed, `std::fmt` with
//! it (measured: 1.2 KB and 2.7 KB of 100 in brotli, without building a standard library of our own).

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use walrus::ir::{Call, Visitor, dfs_in_order};
use walrus::{Function, FunctionBuilder, FunctionId, FunctionKind, Module};

/// Where a panic begins, as functions of the standard library are named in a program.
const BEGINNINGS: [&str; 14] = [
    "]::panicking::panic",
    "]::option::expect_failed",
    "]::option::unwrap_failed",
    "]::result::unwrap_failed",
    "]::slice::index::slice_index_fail",
    "]::slice::copy_from_slice_impl::len_mismatch_fail",
    "]::cell::panic_already",
    "]::cell::lazy::panic_poisoned",
    "::assert_failed",
    "]::thread::local::panic_access_error",
    "]::rust_begin_unwind",
    "]::raw_vec::handle_error",
    "]::raw_vec::capacity_overflow",
    "]::alloc::handle_alloc_error",
];

/// Lets every panic of a program stop it without a word.
///
/// # Errors
/// A page that formats its words in the general way: then what composes them could not be left out either.
pub(super) fn panics(program: &mut Module) -> Result<()> {
    stop(program, begins_a_panic);
    let speaking = speaking(program);
    ensure!(speaking.is_empty(), "said by std::fmt, not by domain::text:\n  {speaking:?}");
    stop(program, is_formatting);
    Ok(())
}

/// Empties the functions of these names.
fn stop(program: &mut Module, named: fn(&str) -> bool) {
    let mut silent = Vec::new();
    for function in program.funcs.iter() {
        if let (true, FunctionKind::Local(local)) = (named(name_of(function)), &function.kind) {
            silent.push((function.id(), local.ty()));
        }
    }
    for (id, kind) in silent {
        let (takes, gives) = program.types.params_results(kind);
        let (takes, gives) = (takes.to_vec(), gives.to_vec());
        let mut stop = FunctionBuilder::new(&mut program.types, &takes, &gives);
        stop.func_body().unreachable();
        let arguments = takes.iter().map(|kind| program.locals.add(*kind)).collect();
        program.funcs.get_mut(id).kind = FunctionKind::Local(stop.local_func(arguments));
    }
}

fn name_of(function: &Function) -> &str {
    function.name.as_deref().unwrap_or_default()
}

/// What is compiled here and calls the standard library's formatting, other than by being a part of it.
fn speaking(program: &Module) -> BTreeSet<String> {
    let mut callers = BTreeSet::new();
    for (id, local) in program.funcs.iter_local() {
        let name = name_of(program.funcs.get(id));
        if name.contains("]::") || name.contains("core::fmt::") {
            continue;
        }
        let mut called = Called(Vec::new());
        dfs_in_order(&mut called, local, local.entry_block());
        if called.0.iter().any(|id| is_formatting(name_of(program.funcs.get(*id)))) {
            callers.insert(name.to_owned());
        }
    }
    callers
}

struct Called(Vec<FunctionId>);

impl<'a> Visitor<'a> for Called {
    fn visit_call(&mut self, call: &Call) {
        self.0.push(call.func);
    }
}

/// Whether a function belongs to `std::fmt`, or shows something of the standard library by it.
fn is_formatting(name: &str) -> bool {
    name.contains("]::fmt::")
}

fn begins_a_panic(name: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| name.contains(beginning))
}

#[cfg(test)]
mod tests {
    use super::{begins_a_panic, is_formatting};

    #[test]
    fn only_what_never_returns_is_silenced() {
        for name in [
            "core[c59]::panicking::panic_fmt",
            "__rustc[b79]::rust_begin_unwind",
            "alloc[3c]::raw_vec::handle_error",
        ] {
            assert!(begins_a_panic(name), "{name}");
        }
        for name in ["core[c59]::fmt::write", "domain::form::expected", "ui::outbox::panicking_words"] {
            assert!(!begins_a_panic(name), "{name}");
        }
    }

    #[test]
    fn formatting_is_told_from_what_pages_say() {
        for name in
            ["core[c59]::fmt::write", "<str as core[c59]::fmt::Display>::fmt", "alloc[3c]::fmt::format"]
        {
            assert!(is_formatting(name), "{name}");
        }
        for name in ["ui::views::order::order::h1", "<domain::Fen as core::fmt::Display>::fmt::h2"] {
            assert!(!is_formatting(name), "{name}");
        }
    }
}
