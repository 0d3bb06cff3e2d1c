//! Types in the language's notation.

use super::{Kinds, Part, Ty, Types};
use cl_core::ir::Ctor;

/// Alternatives that are printed; of more, the first ones and `…`.
const MOST: usize = 5;

impl Types {
    /// The type as a user would write it; a variable is what is known of it.
    pub fn print(&mut self, ty: Ty, ctors: &[Ctor]) -> String {
        let closed = self.close(ty);
        if closed == Types::ANY {
            return "Any".to_owned();
        }
        let node = self.node(closed).clone();
        let mut names: Vec<String> = Vec::new();
        for (kinds, name) in NAMES {
            let shown = match *kinds {
                Kinds::BOOL => node.kinds.meets(Kinds::BOOL),
                Kinds::INT | Kinds::FLOAT => node.kinds.has(*kinds) && !node.kinds.has(Kinds::NUMBER),
                kinds => node.kinds.has(kinds),
            };
            if shown {
                names.push((*name).to_owned());
            }
        }
        let mut parts: Vec<String> = node.parts.iter().map(|p| self.print_part(p, ctors)).collect();
        if node.kinds.meets(Kinds::LIST) && !node.parts.iter().any(|p| matches!(p, Part::Cons(_))) {
            parts.push(if node.kinds.has(Kinds::CONS) { "(List Any)" } else { "(List Never)" }.to_owned());
        }
        for (kind, name) in WHOLE {
            if node.kinds.has(*kind) && !node.parts.iter().any(|p| p.kind() == *kind) {
                parts.push((*name).to_owned());
            }
        }
        names.append(&mut parts);
        names.dedup();
        match names.len() {
            0 => "Never".to_owned(),
            1 => names.remove(0),
            n if n > MOST => format!("(or {} …)", names[..MOST].join(" ")),
            _ => format!("(or {})", names.join(" ")),
        }
    }

    fn print_part(&mut self, part: &Part, ctors: &[Ctor]) -> String {
        let list = |head: &str, items: Vec<String>| {
            if items.is_empty() { format!("({head})") } else { format!("({head} {})", items.join(" ")) }
        };
        let mut all = |types: &[Ty]| types.iter().map(|t| self.print(*t, ctors)).collect::<Vec<_>>();
        match part {
            Part::Cons(t) => list("List", all(&[*t])),
            Part::Set(t) => list("Set", all(&[*t])),
            Part::Promise(t) => list("Promise", all(&[*t])),
            Part::Channel(t) => list("Channel", all(&[*t])),
            Part::Dict(k, v) => list("Dict", all(&[*k, *v])),
            Part::Tuple(items) => list("Tuple", all(items)),
            Part::Data { ty, ctors: _, args } => {
                let name = &ctors[ty.index()].type_name;
                let args = all(args);
                if args.is_empty() { name.to_string() } else { list(name, args) }
            }
            Part::Fn(..) => "Function".to_owned(),
            Part::Arrow(a) => {
                let mut items = all(&a.params);
                items.extend(a.rest.map(|t| format!("(Rest {})", self.print(t, ctors))));
                items.push(self.print(a.result, ctors));
                list("Function", items)
            }
        }
    }
}

/// Kinds without parts.
const NAMES: &[(Kinds, &str)] = &[
    (Kinds::NIL, "Nil"),
    (Kinds::BOOL, "Bool"),
    (Kinds::NUMBER, "Number"),
    (Kinds::INT, "Int"),
    (Kinds::FLOAT, "Float"),
    (Kinds::STRING, "String"),
    (Kinds::SYMBOL, "Symbol"),
    (Kinds::KEYWORD, "Keyword"),
    (Kinds::BYTES, "Bytes"),
    (Kinds::DATETIME, "DateTime"),
    (Kinds::VNODE, "VNode"),
    (Kinds::REGEX, "Regex"),
    (Kinds::FILE, "File"),
    (Kinds::QUEUE, "Queue"),
    (Kinds::STRING_BUILDER, "StringBuilder"),
    (Kinds::GOROUTINE, "Goroutine"),
    (Kinds::MUTEX, "Mutex"),
    (Kinds::SEMAPHORE, "Semaphore"),
    (Kinds::BARRIER, "Barrier"),
    (Kinds::WAIT_GROUP, "WaitGroup"),
    (Kinds::WORKER_POOL, "WorkerPool"),
];

/// Kinds with parts, as they are called when nothing narrows them.
const WHOLE: &[(Kinds, &str)] = &[
    (Kinds::TUPLE, "Tuple"),
    (Kinds::ARRAY, "(Array Any)"),
    (Kinds::DICT, "(Dict Any Any)"),
    (Kinds::SET, "(Set Any)"),
    (Kinds::DATA, "constructor value"),
    (Kinds::FUN, "Function"),
    (Kinds::PROMISE, "(Promise Any)"),
    (Kinds::CHANNEL, "(Channel Any)"),
    (Kinds::OTHER, "handle"),
];
