//! What documentation is made of: pages of sections of entries. Where it comes from is in `extract` and `library`, how it
//! is shown in `text`, `json` and `html`.

use cl_lang::dump::type_text;
use cl_lang::hir::{SigClause, Signature};

/// A source file: a part of the prelude, a module, a file of the user's; or the language's special forms.
pub struct Page {
    /// What it is called on the command line and in file names: `lists`, `heap`, `src/shapes.cl`.
    pub name: String,
    pub title: String,
    /// How a program gets at it; nothing for what is in scope everywhere.
    pub import: Option<String>,
    pub sections: Vec<Section>,
}

impl Page {
    pub fn entries(&self) -> impl Iterator<Item = (&Section, &Entry)> {
        self.sections.iter().flat_map(|section| section.entries.iter().map(move |entry| (section, entry)))
    }
}

/// The entries under a comment line with dashes; those before the first one have no title.
pub struct Section {
    pub title: String,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Function,
    Value,
    /// A `data` type.
    Data,
    /// An alias of a type.
    Type,
    /// Operations declared with `define-effect`.
    Effect,
    Macro,
    /// A special form of the language.
    Form,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Function => "function",
            Kind::Value => "value",
            Kind::Data => "data type",
            Kind::Type => "type",
            Kind::Effect => "effect",
            Kind::Macro => "macro",
            Kind::Form => "special form",
        }
    }
}

/// Something that has a name.
pub struct Entry {
    pub name: String,
    pub kind: Kind,
    /// How it is written: calls with parameters, or the declaration.
    pub forms: Vec<String>,
    /// As the library declares them.
    pub types: Option<Signature>,
    /// Of a user's function.
    pub inferred: Option<Inferred>,
    pub doc: Doc,
    /// The line of its file, from 1; 0 where there is no file.
    pub line: u32,
}

/// What inference finds of a function.
pub struct Inferred {
    /// In the language's notation: `(Function Int String)`.
    pub ty: String,
    /// Kinds of effects, and [`Inferred::OF_ARGUMENTS`].
    pub effects: Vec<String>,
}

impl Inferred {
    /// The effect variable that stands for what passed functions do.
    pub const OF_ARGUMENTS: &str = "e";
}

impl Entry {
    /// The types as a user would write them: `(map (Function a ! e b) (List a)) : (List b) ! e`, or `f : (Function a b)`.
    pub fn type_lines(&self) -> Vec<String> {
        if let Some(inferred) = &self.inferred {
            return vec![format!("{} : {}", self.name, inferred.ty)];
        }
        let Some(signature) = &self.types else { return Vec::new() };
        let value = signature.value.iter().map(|ty| format!("{} : {}", self.name, type_text(ty)));
        value.chain(signature.clauses.iter().map(|clause| clause_line(&self.name, clause))).collect()
    }

    /// The kinds of effects of any call, sorted; `None` where nothing is known of them. A variable stands for what the
    /// functions that are passed do.
    pub fn effects(&self) -> Option<Vec<String>> {
        if let Some(inferred) = &self.inferred {
            return Some(inferred.effects.clone());
        }
        let clauses = &self.types.as_ref().filter(|signature| signature.value.is_none())?.clauses;
        let mut effects: Vec<String> =
            clauses.iter().flat_map(|clause| clause.effects.iter().map(ToString::to_string)).collect();
        effects.sort();
        effects.dedup();
        Some(effects)
    }

    /// Whether an effect is the variable that stands for what passed functions do.
    pub fn is_effect_variable(effect: &str) -> bool {
        effect.len() == 1
    }
}

/// The types of a clause's parameters, the rest as `(Rest T)`.
pub fn parameter_texts(clause: &SigClause) -> Vec<String> {
    let rest = clause.rest.iter().map(|ty| format!("(Rest {})", type_text(ty)));
    clause.params.iter().map(type_text).chain(rest).collect()
}

fn clause_line(name: &str, clause: &SigClause) -> String {
    let mut line = format!("({name}");
    for param in parameter_texts(clause) {
        line.push(' ');
        line.push_str(&param);
    }
    line.push_str(&format!(") : {}", type_text(&clause.result)));
    if !clause.effects.is_empty() {
        line.push_str(&format!(" ! {}", clause.effects.join(" ")));
    }
    line
}

/// What a docstring says.
#[derive(Default, PartialEq, Debug)]
pub struct Doc {
    /// Without the examples, each paragraph on one line. Of a special form: Markdown.
    pub text: String,
    pub examples: Vec<Example>,
}

/// `expression => value`
#[derive(PartialEq, Debug)]
pub struct Example {
    pub expression: String,
    pub value: String,
}

impl Doc {
    /// A docstring's lines of the shape `(f x) => value` are examples.
    pub fn parse(docstring: &str) -> Doc {
        let mut doc = Doc::default();
        let mut paragraph: Vec<&str> = Vec::new();
        let mut paragraphs: Vec<String> = Vec::new();
        for line in docstring.lines().map(str::trim) {
            if let Some(example) = example(line) {
                doc.examples.push(example);
            } else if line.is_empty() {
                paragraphs.push(std::mem::take(&mut paragraph).join(" "));
            } else {
                paragraph.push(line);
            }
        }
        paragraphs.push(paragraph.join(" "));
        paragraphs.retain(|text| !text.is_empty());
        doc.text = paragraphs.join("\n\n");
        doc
    }

    /// The first sentence.
    pub fn summary(&self) -> &str {
        let paragraph = self.text.split("\n\n").next().unwrap_or_default();
        let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
        &paragraph[..end]
    }
}

fn example(line: &str) -> Option<Example> {
    let (expression, value) = line.split_once(" => ").filter(|_| line.starts_with(['(', '[', '{', '#']))?;
    Some(Example { expression: expression.trim().to_owned(), value: value.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_docstring_has_text_and_examples() {
        let doc =
            Doc::parse("Puts x into\na List. Never fails.\n\n  More.\n    (wrap \"a\") => [\"a\"]\n    [1] => [1]");
        assert_eq!(doc.text, "Puts x into a List. Never fails.\n\nMore.");
        assert_eq!(doc.summary(), "Puts x into a List.");
        let examples: Vec<_> = doc.examples.iter().map(|e| (&*e.expression, &*e.value)).collect();
        assert_eq!(examples, [("(wrap \"a\")", "[\"a\"]"), ("[1]", "[1]")]);
        assert_eq!(Doc::parse(""), Doc::default());
    }
}
