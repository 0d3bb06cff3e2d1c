//! Interned names. Hygiene works by renaming: each expansion of a macro gives every symbol that its template brings in
//! a fresh [`Name`], an *alias*, which remembers the name that it stands for and the scope where the macro was defined.
//! Two symbols mean the same binder if and only if they are the same `Name`; an alias that nothing binds means what
//! its base means where the macro was defined.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

/// An interned name; equal text without hygiene is an equal `Name`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name(pub u32);

/// A module under compilation; 0 is the prelude.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ModIx(pub u32);

/// What a name from a macro's template stands for.
#[derive(Clone, Copy, Debug)]
pub struct Alias {
    pub base: Name,
    /// Where the macro was defined.
    pub module: ModIx,
    /// How many local scopes were open there.
    pub depth: u32,
}

pub struct Names {
    texts: Vec<Rc<str>>,
    aliases: Vec<Option<Alias>>,
    by_text: FxMap<Rc<str>, Name>,
    /// For an alias of `...x`: the alias of `x` of the same expansion.
    rest_of: FxMap<Name, Name>,
}

impl Names {
    pub fn new() -> Names {
        let mut names =
            Names { texts: Vec::new(), aliases: Vec::new(), by_text: FxMap::default(), rest_of: FxMap::default() };
        for word in words::ALL {
            names.intern(word);
        }
        names
    }

    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(name) = self.by_text.get(text) {
            return *name;
        }
        let text: Rc<str> = text.into();
        let name = self.push(text.clone(), None);
        self.by_text.insert(text, name);
        name
    }

    /// The name of `text` if it has been seen.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.by_text.get(text).copied()
    }

    fn push(&mut self, text: Rc<str>, alias: Option<Alias>) -> Name {
        let name = Name(self.texts.len() as u32);
        self.texts.push(text);
        self.aliases.push(alias);
        name
    }

    /// A fresh name that stands for `alias.base`.
    pub fn fresh(&mut self, alias: Alias) -> Name {
        let text = self.texts[alias.base.0 as usize].clone();
        self.push(text, Some(alias))
    }

    /// A fresh name for `...x` whose variable is `rest`.
    pub fn fresh_rest(&mut self, alias: Alias, rest: Name) -> Name {
        let name = self.fresh(alias);
        self.rest_of.insert(name, rest);
        name
    }

    pub fn alias(&self, name: Name) -> Option<Alias> {
        self.aliases[name.0 as usize]
    }

    /// The name as it was written.
    pub fn text(&self, name: Name) -> &Rc<str> {
        &self.texts[name.0 as usize]
    }

    /// The name without hygiene.
    pub fn base(&self, mut name: Name) -> Name {
        while let Some(alias) = self.aliases[name.0 as usize] {
            name = alias.base;
        }
        name
    }

    /// For `...x`: the name `x`. The bare `...` is none.
    pub fn rest(&mut self, name: Name) -> Option<Name> {
        if let Some(rest) = self.rest_of.get(&name) {
            return Some(*rest);
        }
        let text = self.text(name).clone();
        let rest = text.strip_prefix("...").filter(|r| !r.is_empty())?;
        Some(self.intern(rest))
    }
}

/// The names that the compiler itself knows, interned first so that they are constants.
pub mod words {
    use super::Name;

    macro_rules! words {
        ($($id:ident $text:literal)*) => {
            // forms that are not supported yet are in the table, but nothing names them
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
            enum Index { $($id),* }
            $(#[allow(dead_code)] pub const $id: Name = Name(Index::$id as u32);)*
            pub const ALL: &[&str] = &[$($text),*];
        };
    }

    words! {
        LAMBDA "lambda" FN "fn" IF "if" COND "cond" WHEN "when" UNLESS "unless" AND "and" OR "or" NOT "not"
        DO "do" BEGIN "begin" LET "let" LET_STAR "let*" LETREC "letrec" SET "set!" LOOP "loop" RECUR "recur"
        WHILE "while" DOTIMES "dotimes" FOR_EACH "for-each" ARROW "->" ARROW_LAST "->>" QUOTE "quote" MATCH "match"
        COLON ":" TRY "try" EFFECT "effect" ERROR_HANDLE "error:handle"
        DEFINE "define" DEFINE_SYNTAX "define-syntax" DATA "data" DEFINE_EFFECT "define-effect" TYPE "type"
        IMPORT "import" ERROR_CATCH "error:catch" MODULE "module"
        HANDLER "handler" GO "go" ASYNC "async" PARALLEL "parallel" SELECT "select" UNCERTAIN "uncertain"
        CONTRACT "spec:contract" NETWORK_POLICY "with-network-policy" WITH_LOCK "with-lock"
        WITH_LOCK_LONG "concurrent:with-lock" SCOPE "scope" FORALL "forall" EXISTS "exists" IMPLIES "implies" IFF "iff"
        // up to here special forms; from here words within forms
        CATCH "catch" FINALLY "finally" SYNTAX_RULES "syntax-rules" EXPORT "export" ELSE "else" AS "as"
        TUPLE "tuple" UNDERSCORE "_" ELLIPSIS "..." STAR "*" BANG "!" CASE_LAMBDA "%case-lambda" MAIN "main"
        TEST "test" PROPERTY "property" RESUME "resume" RESUME_MANY "resume-many" OLD "old" RESULT "result" DECREASING "decreasing"
        DEFAULT "default" TIMEOUT "timeout" RECEIVE "receive!" SEND "send!"
    }

    /// The names of the special forms.
    pub fn special() -> &'static [&'static str] {
        &ALL[..CATCH.0 as usize]
    }

    /// Is this base name a special form (where nothing shadows it)?
    pub fn is_special(name: Name) -> bool {
        name < CATCH
    }
}

/// FxHash, as rustc uses it: names and short texts are hashed very often, and no adversary gains by collisions.
#[derive(Default)]
pub struct FxHasher(u64);

impl FxHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for FxHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.add(n.into());
    }
    fn write_u32(&mut self, n: u32) {
        self.add(n.into());
    }
    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }
    fn write_usize(&mut self, n: usize) {
        self.add(n as u64);
    }
    fn finish(&self) -> u64 {
        // the low bits choose the bucket; the product's high bits are the mixed ones
        self.0.rotate_left(26)
    }
}

/// A hash map with [`FxHasher`].
pub type FxMap<K, V> = HashMap<K, V, BuildHasherDefault<FxHasher>>;
