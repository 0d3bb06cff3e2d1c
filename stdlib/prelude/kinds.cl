; Kinds of values, and raising errors.

(define (nil? x)
  "Whether x is nil.
    (nil? nil) => true"
  (%is-nil x))
(define (bool? x)
  "Whether x is true or false.
    (bool? false) => true"
  (%is-bool x))
(define (string? x)
  "Whether x is a String.
    (string? \"a\") => true"
  (%is-string x))
(define (symbol? x)
  "Whether x is a Symbol.
    (symbol? 'a) => true"
  (%is-symbol x))
(define (keyword? x)
  "Whether x is a Keyword.
    (keyword? :a) => true"
  (%is-keyword x))
(define (list? x)
  "Whether x is a List.
    (list? []) => true"
  (%is-list x))
(define (tuple? x)
  "Whether x is a Tuple.
    (tuple? (tuple 1)) => true"
  (%is-tuple x))
(define (dict? x)
  "Whether x is a Dict.
    (dict? {}) => true"
  (%is-dict x))
(define (set? x)
  "Whether x is a Set.
    (set? #{1}) => true"
  (%is-set x))
(define (array? x)
  "Whether x is an Array.
    (array? (array 1)) => true"
  (%is-array x))
(define (promise? x)
  "Whether x is a Promise. Nothing makes one yet.
    (promise? 1) => false"
  false)
(define (channel? x)
  "Whether x is a Channel. Nothing makes one yet.
    (channel? [1]) => false"
  false)
(define (bytes? x)
  "Whether x is Bytes.
    (bytes? (bytes 1)) => true"
  (%is-bytes x))
(define (function? x)
  "Whether x is a Function.
    (function? str) => true"
  (%is-function x))
(define (type-of x)
  "The kind of x, a Keyword.
    (type-of 1.5) => :float"
  (%type-of x))
(define (arity f)
  "The least number of arguments that a function takes.
    (arity cons) => 2"
  (%arity f))
(define (identity x)
  "x itself.
    (identity 1) => 1"
  x)
(define (const x)
  "A function that gives x, whatever its arguments.
    ((const 1) 2 3) => 1"
  (lambda (..._args) x))
(define (not x)
  "Whether x is nil or false.
    (not 0) => false"
  (%not x))
(define (error? x)
  "Whether x is an error Dict.
    (error? {\"type\" \"error\" \"message\" \"m\"}) => true"
  (if (%is-dict x) (if (%dict-has x "type") (%dict-has x "message") false) false))

; ---- errors

(define error:raise (%case-lambda
  ((err)
    "Raises an error of a type, with data if given; or a caught error Dict again.
    (try (error:raise \"t\" \"m\") (catch (e) (get e \"type\"))) => \"t\""
    (if (error? err) (%reraise err) (%argument-error "error:raise" 1 "an error Dict" err)))
  ((type message) (%raise type message nil))
  ((type message data) (%raise type message data))))
(define error (%case-lambda
  ((message)
    "Raises an error of type \"error\".
    (try (error \"m\") (catch (e) (get e \"message\"))) => \"m\""
    (%raise "error" message nil))
  ((message data) (%raise "error" message data))))
