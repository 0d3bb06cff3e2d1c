; Kinds of values, and raising errors.

(%sig nil? ((Any) Bool))
(define (nil? x)
  "Whether x is nil.
    (nil? nil) => true"
  (%is-nil x))
(%sig bool? ((Any) Bool))
(define (bool? x)
  "Whether x is true or false.
    (bool? false) => true"
  (%is-bool x))
(%sig string? ((Any) Bool))
(define (string? x)
  "Whether x is a String.
    (string? \"a\") => true"
  (%is-string x))
(%sig symbol? ((Any) Bool))
(define (symbol? x)
  "Whether x is a Symbol.
    (symbol? 'a) => true"
  (%is-symbol x))
(%sig keyword? ((Any) Bool))
(define (keyword? x)
  "Whether x is a Keyword.
    (keyword? :a) => true"
  (%is-keyword x))
(%sig list? ((Any) Bool))
(define (list? x)
  "Whether x is a List.
    (list? []) => true"
  (%is-list x))
(%sig tuple? ((Any) Bool))
(define (tuple? x)
  "Whether x is a Tuple.
    (tuple? (tuple 1)) => true"
  (%is-tuple x))
(%sig dict? ((Any) Bool))
(define (dict? x)
  "Whether x is a Dict.
    (dict? {}) => true"
  (%is-dict x))
(%sig set? ((Any) Bool))
(define (set? x)
  "Whether x is a Set.
    (set? #{1}) => true"
  (%is-set x))
(%sig array? ((Any) Bool))
(define (array? x)
  "Whether x is an Array.
    (array? (array 1)) => true"
  (%is-array x))
(%sig promise? ((Any) Bool))
(define (promise? x)
  "Whether x is a Promise.
    (promise? (async:delay 0)) => true"
  (%is-promise x))
(%sig channel? ((Any) Bool))
(define (channel? x)
  "Whether x is a Channel.
    (channel? (chan)) => true"
  (%is-channel x))
(%sig bytes? ((Any) Bool))
(define (bytes? x)
  "Whether x is Bytes.
    (bytes? (bytes 1)) => true"
  (%is-bytes x))
(%sig function? ((Any) Bool))
(define (function? x)
  "Whether x is a Function.
    (function? str) => true"
  (%is-function x))
(%sig type-of ((Any) Keyword))
(define (type-of x)
  "The kind of x, a Keyword.
    (type-of 1.5) => :float"
  (%type-of x))
(%sig arity (((Function (Rest Any) Any)) Int))
(define (arity f)
  "The least number of arguments that a function takes.
    (arity cons) => 2"
  (%arity f))
(%sig identity ((a) a))
(define (identity x)
  "x itself.
    (identity 1) => 1"
  x)
(%sig const ((a) (Function (Rest Any) a)))
(define (const x)
  "A function that gives x, whatever its arguments.
    ((const 1) 2 3) => 1"
  (lambda (..._args) x))
(%sig not ((Any) Bool))
(define (not x)
  "Whether x is nil or false.
    (not 0) => false"
  (%not x))
(%sig error? ((Any) Bool))
(define (error? x)
  "Whether x is an error Dict.
    (error? {\"type\" \"error\" \"message\" \"m\"}) => true"
  (if (%is-dict x) (if (%dict-has x "type") (%dict-has x "message") false) false))

; ---- errors

(%sig error:raise
  (((Dict Any Any)) Never ! error)
  (((or String Keyword) Any) Never ! error)
  (((or String Keyword) Any Any) Never ! error))
(define error:raise (%case-lambda
  ((err)
    "Raises an error of a type, with data if given; or a caught error Dict again.
    (try (error:raise \"t\" \"m\") (catch (e) (get e \"type\"))) => \"t\""
    (if (error? err)
        (%op error:raise err (%reraise err))
        (%argument-error "error:raise" 1 "an error Dict" err)))
  ((type message) (%op error:raise (%error-dict type message nil) (%raise type message nil)))
  ((type message data) (%op error:raise (%error-dict type message data) (%raise type message data)))))
(%sig error ((Any) Never ! error) ((Any Any) Never ! error))
(define error (%case-lambda
  ((message)
    "Raises an error of type \"error\".
    (try (error \"m\") (catch (e) (get e \"message\"))) => \"m\""
    (%op error:raise (%error-dict "error" message nil) (%raise "error" message nil)))
  ((message data) (%op error:raise (%error-dict "error" message data) (%raise "error" message data)))))

; The error that %raise would raise.
(define (%error-dict type message data)
  (let ((type (if (%is-keyword type) (%keyword->string type) type)))
    (if (%is-string type)
        {"type" type "message" message "data" data "trace" []}
        (%raise type message data))))
