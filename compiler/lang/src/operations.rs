//! The built-in effect operations (language §8). What each does without a handler stands in the library; here is what they are
//! called, so that a handler can name them.

/// Kinds with their operations.
const KINDS: &[(&str, &[&str])] = &[
    (
        "io",
        &[
            "print",
            "print-err",
            "write",
            "read-line",
            "args",
            "env",
            "exit",
            "open-file",
            "close-file",
            "read-file",
            "write-file",
            "append-file",
            "read-bytes",
            "write-bytes",
            "file-exists?",
            "file-size",
            "delete-file",
            "copy-file",
            "rename-file",
            "list-dir",
            "create-dir",
            "delete-dir",
            "current-directory",
            "temp-dir",
            "run-process",
        ],
    ),
    (
        "state",
        &["get", "set", "update", "delete", "new", "begin-transaction", "commit-transaction", "rollback-transaction"],
    ),
    ("error", &["raise"]),
    ("time", &["now", "sleep", "elapsed", "measure"]),
    ("random", &["float", "int", "choice", "shuffle", "seed", "uuid"]),
    ("gc", &["collect", "stats", "enable", "disable", "set-threshold", "get-threshold", "is-enabled?"]),
    ("async", &["all", "race", "any", "all-settled", "delay", "then", "catch", "finally", "timeout", "cancel"]),
    (
        "concurrent",
        &[
            "join",
            "send",
            "close",
            "mutex",
            "lock",
            "unlock",
            "semaphore",
            "acquire",
            "release",
            "barrier",
            "wait",
            "wait-group",
            "wg-add",
            "wg-done",
            "wg-wait",
            "worker-pool",
            "submit",
        ],
    ),
    (
        "network",
        &[
            "http-request",
            "http-get",
            "http-post",
            "http-put",
            "http-delete",
            "fetch",
            "serve",
            "ws-connect",
            "ws-send",
            "ws-receive",
            "ws-close",
            "socket-create",
            "socket-bind",
            "socket-listen",
            "socket-accept",
            "socket-connect",
            "socket-send",
            "socket-receive",
            "socket-send-to",
            "socket-receive-from",
            "socket-close",
            "dns-lookup",
            "dns-reverse",
            "url-parse",
            "url-encode",
            "url-decode",
        ],
    ),
    ("dom", &["render", "render-to-string"]),
    ("reactive", &["ref", "get", "set", "update", "computed", "watch", "unwatch", "batch"]),
];

/// Operations that take any number of arguments: what is performed is one List of them.
const VARIADIC: &[&str] = &["io:print", "io:print-err", "io:write"];

/// Other names of operations, with the one that is performed.
const ALIASES: &[(&str, &str)] = &[("random:random", "random:float"), ("random:randint", "random:int")];

/// The operations of a built-in kind.
pub fn of_kind(kind: &str) -> Option<&'static [&'static str]> {
    KINDS.iter().find(|(k, _)| *k == kind).map(|(_, ops)| *ops)
}

/// The built-in kinds.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, _)| *kind)
}

/// The name by which an operation is performed.
pub fn canonical(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, canonical)| canonical)
}

pub fn is_variadic(name: &str) -> bool {
    VARIADIC.contains(&name)
}
