; Dicts, Sets and Queues: immutable. Dicts and Sets keep the order of insertion.

; ---------------------------------------------------------------- Dicts

(%sig get
  (((Dict Any v) Any) (or v Nil))
  (((List a) Any) (or a Nil))
  (((Set a) Any) (or a Nil))
  ((%Data Any) Any)
  ((Nil Any) Nil)
  (((Dict Any v) Any d) (or v d))
  (((List a) Any d) (or a d))
  (((Set a) Any d) (or a d))
  ((%Data Any Any) Any)
  ((Nil Any d) d))
(define get
  (%case-lambda
    ((d k)
      "What stands under k: the value of a Dict's key, the element of a Set, the item of a List at a position, the field
of a constructor value by name; where there is nothing, and of nil, the default (nil).
    (get {\"a\" 1} \"a\") => 1
    (get [10 20] 1) => 20
    (get {} \"a\" 0) => 0"
      (%get d k nil))
    ((d k default) (%get d k default))))

(%sig dict-get
  (((Dict Any v) Any) (or v Nil))
  (((List a) Any) (or a Nil))
  (((Set a) Any) (or a Nil))
  ((%Data Any) Any)
  ((Nil Any) Nil)
  (((Dict Any v) Any d) (or v d))
  (((List a) Any d) (or a d))
  (((Set a) Any d) (or a d))
  ((%Data Any Any) Any)
  ((Nil Any d) d))
(define dict-get
  (%case-lambda
    ((d k)
      "Another name of get.
    (dict-get {\"a\" 1} \"a\") => 1"
      (%get d k nil))
    ((d k default) (%get d k default))))

(%sig set (((Dict k v) k2 v2) (Dict (or k k2) (or v v2))))
(define (set d k v)
  "The Dict d with value v under key k; a key that is there keeps its place.
    (set {\"a\" 1} \"b\" 2) => {\"a\" 1 \"b\" 2}"
  (%dict-set d k v))

(%sig dict-set (((Dict k v) k2 v2) (Dict (or k k2) (or v v2))))
(define (dict-set d k v)
  "Another name of set.
    (dict-set {} :a 1) => {:a 1}"
  (%dict-set d k v))

(%sig get-in ((Any (List Any)) Any) ((Any (List Any) Any) Any))
(define get-in
  (%case-lambda
    ((d path)
      "What get finds going down along the keys of the List path; where there is nothing, the default (nil).
    (get-in {\"a\" {\"b\" [10 20]}} [\"a\" \"b\" 1]) => 20"
      (%get-in d path nil))
    ((d path default) (%get-in d path default))))

(define (%get-in d path default)
  (if (%is-list path) nil (%argument-error "get-in" 2 "a List" path))
  (loop ((d d) (path path))
    (if (%is-cons path)
        (let ((inner (%get d (%head-unchecked path) nil)))
          (if (%is-nil inner) default (recur inner (%tail-unchecked path))))
        d)))

(%sig set-in (((Dict Any Any) (List Any) Any) Any) ((Any (List Any) Any) Any))
(define (set-in d path v)
  "The nested Dict d with v at the place that the keys of the List path lead to. Dicts that are missing on the way are
made.
    (set-in {\"a\" {\"b\" 1}} [\"a\" \"c\"] 2) => {\"a\" {\"b\" 1 \"c\" 2}}"
  (if (%is-list path) nil (%argument-error "set-in" 2 "a List" path))
  ; down, noting the Dicts on the way …
  (loop ((d d) (path path) (above []))
    (if (%is-cons path)
        (let ((dict (if (%is-nil d) (%dict-new) d))
              (key (%head-unchecked path)))
          (recur (%dict-get dict key nil) (%tail-unchecked path) (%cons-unchecked (tuple dict key) above)))
        ; … and up again
        (loop ((above above) (v v))
          (if (%is-cons above)
              (let ((step (%head-unchecked above)))
                (recur (%tail-unchecked above) (%dict-set (%tuple-ref step 0) (%tuple-ref step 1) v)))
              v)))))

(%sig update
  (((Dict k v) k2 (Function (or v Nil) v2 ! e)) (Dict (or k k2) (or v v2)) ! e)
  (((Dict k v) k2 (Function (or v d) v2 ! e) d) (Dict (or k k2) (or v v2)) ! e))
(define update
  (%case-lambda
    ((d k f)
      "The Dict d with (f old) under key k, where old is what stands there, or else the default (nil).
    (update {\"n\" 1} \"n\" inc) => {\"n\" 2}
    (update {} \"n\" inc 0) => {\"n\" 1}"
      (%dict-set d k (f (%get d k nil))))
    ((d k f default) (%dict-set d k (f (%get d k default))))))

(%sig update-in ((Any (List Any) (Function Any Any ! e)) Any ! e))
(define (update-in d path f)
  "The nested Dict d with (f old) at the place that the keys of the List path lead to, where old is what stands there.
    (update-in {\"a\" {\"b\" 1}} [\"a\" \"b\"] inc) => {\"a\" {\"b\" 2}}"
  (set-in d path (f (%get-in d path nil))))

(%sig dict
  (() (Dict Never Never))
  ((k v) (Dict k v))
  (((Rest Any)) (Dict Any Any)))
(define (dict ...entries)
  "The Dict of the arguments, by turns a key and its value. Raises arity-error when a value is missing.
    (dict \"a\" 1 \"b\" 2) => {\"a\" 1 \"b\" 2}"
  (%dict-of entries))

(%sig dict-new (() (Dict Never Never)))
(define (dict-new)
  "The Dict without entries.
    (dict-new) => {}"
  (%dict-new))

(%sig dict-from-list (((List (Tuple k v))) (Dict k v)) (((List Any)) (Dict Any Any)))
(define (dict-from-list pairs)
  "The Dict of a List of pairs, each a Tuple (or List) of a key and a value.
    (dict-from-list [(tuple \"a\" 1)]) => {\"a\" 1}"
  (%dict-from-list pairs))

(%sig dict-get-or (((Dict Any v) Any d) (or v d)))
(define (dict-get-or d k default)
  "The value of a key, or the default.
    (dict-get-or {} \"a\" 0) => 0"
  (%dict-get d k default))

(%sig dict-remove (((Dict k v) Any) (Dict k v)))
(define (dict-remove d k)
  "The Dict d without key k.
    (dict-remove {\"a\" 1 \"b\" 2} \"a\") => {\"b\" 2}"
  (%dict-remove d k))

(%sig dict-has? (((Dict Any Any) Any) Bool))
(define (dict-has? d k)
  "Whether k is a key.
    (dict-has? {\"a\" nil} \"a\") => true"
  (%dict-has d k))

(%sig dict-keys (((Dict k Any)) (List k)))
(define (dict-keys d)
  "The List of keys.
    (dict-keys {\"a\" 1 \"b\" 2}) => [\"a\" \"b\"]"
  (%dict-keys d))

(%sig dict-values (((Dict Any v)) (List v)))
(define (dict-values d)
  "The List of values.
    (dict-values {\"a\" 1 \"b\" 2}) => [1 2]"
  (%dict-values d))

(%sig dict-items (((Dict k v)) (List (Tuple k v))))
(define (dict-items d)
  "The List of the entries' Tuples.
    (dict-items {\"a\" 1}) => [(tuple \"a\" 1)]"
  (%dict-items d))

(%sig dict-size (((Dict Any Any)) Int))
(define (dict-size d)
  "The number of entries.
    (dict-size {\"a\" 1}) => 1"
  (%dict-size d))

(%sig dict-first (((Dict k v)) (or (Tuple k v) Nil)))
(define (dict-first d)
  "The first entry's Tuple, nil when there is none. O(1).
    (dict-first {\"a\" 1 \"b\" 2}) => (tuple \"a\" 1)"
  (%dict-first d))

(%sig dict-last (((Dict k v)) (or (Tuple k v) Nil)))
(define (dict-last d)
  "The last entry's Tuple, nil when there is none. O(1).
    (dict-last {\"a\" 1 \"b\" 2}) => (tuple \"b\" 2)"
  (%dict-last d))

(%sig dict-merge (((Rest (Dict k v))) (Dict k v)))
(define dict-merge
  (%case-lambda
    (()
      "The Dict of the entries of all; of a key that is in several, the last value in the first place.
    (dict-merge {\"a\" 1 \"b\" 2} {\"b\" 3 \"c\" 4}) => {\"a\" 1 \"b\" 3 \"c\" 4}"
      (%dict-new))
    ((a) (%dict-merge a (%dict-new)))
    ((a b) (%dict-merge a b))
    ((a b ...more)
      (loop ((d (%dict-merge a b)) (l more))
        (if (%is-cons l)
            (recur (%dict-merge d (%head-unchecked l)) (%tail-unchecked l))
            d)))))

(%sig dict-map (((Function k v v2 ! e) (Dict k v)) (Dict k v2) ! e))
(define (dict-map f d)
  "The Dict with the same keys and (f key value) as values.
    (dict-map (lambda (k v) (* 10 v)) {\"a\" 1}) => {\"a\" 10}"
  (if (%is-function f) nil (%argument-error "dict-map" 1 "a Function" f))
  (loop ((entries (if (%is-dict d) (%dict-items d) (%argument-error "dict-map" 2 "a Dict" d))) (acc []))
    (if (%is-cons entries)
        (let ((entry (%head-unchecked entries))
              (key (%tuple-ref entry 0)))
          (recur (%tail-unchecked entries) (%cons-unchecked (tuple key (f key (%tuple-ref entry 1))) acc)))
        (%dict-from-list (%list-reverse acc)))))

(%sig dict-filter (((Function k v Any ! e) (Dict k v)) (Dict k v) ! e))
(define (dict-filter pred d)
  "The Dict of the entries for which (pred key value) holds.
    (dict-filter (lambda (k v) (> v 1)) {\"a\" 1 \"b\" 2}) => {\"b\" 2}"
  (if (%is-function pred) nil (%argument-error "dict-filter" 1 "a Function" pred))
  (loop ((entries (if (%is-dict d) (%dict-items d) (%argument-error "dict-filter" 2 "a Dict" d))) (acc []))
    (if (%is-cons entries)
        (let ((entry (%head-unchecked entries)))
          (if (pred (%tuple-ref entry 0) (%tuple-ref entry 1))
              (recur (%tail-unchecked entries) (%cons-unchecked entry acc))
              (recur (%tail-unchecked entries) acc)))
        (%dict-from-list (%list-reverse acc)))))

; ---------------------------------------------------------------- Sets

(%sig set-new (((Rest a)) (Set a)))
(define (set-new ...elements)
  "The Set of the arguments.
    (set-new 1 2) => #{1 2}"
  (%set-from-list elements))

(%sig set-from-list (((List a)) (Set a)))
(define (set-from-list xs)
  "The Set of a List's items.
    (set-from-list [3 1 3]) => #{3 1}"
  (%set-from-list xs))

(%sig set-add (((Set a) b) (Set (or a b))))
(define (set-add s x)
  "The Set s with x.
    (set-add #{1} 2) => #{1 2}"
  (%set-add s x))

(%sig set-remove (((Set a) Any) (Set a)))
(define (set-remove s x)
  "The Set s without x.
    (set-remove #{1 2} 1) => #{2}"
  (%set-remove s x))

(%sig set-has? (((Set Any) Any) Bool))
(define (set-has? s x)
  "Whether x is an element.
    (set-has? #{1 2} 2) => true"
  (%set-has s x))

(%sig set-union (((Set a) (Set b)) (Set (or a b))))
(define (set-union a b)
  "The elements of a, then those that only b has.
    (set-union #{1 2} #{2 3}) => #{1 2 3}"
  (%set-union a b))

(%sig set-intersection (((Set a) (Set Any)) (Set a)))
(define (set-intersection a b)
  "The elements that are in both.
    (set-intersection #{1 2} #{2 3}) => #{2}"
  (%set-intersection a b))

(%sig set-difference (((Set a) (Set Any)) (Set a)))
(define (set-difference a b)
  "The elements of a that are not in b.
    (set-difference #{1 2} #{2 3}) => #{1}"
  (%set-difference a b))

(%sig set-subset? (((Set Any) (Set Any)) Bool))
(define (set-subset? a b)
  "Whether all elements of a are in b.
    (set-subset? #{1} #{1 2}) => true"
  (%set-is-subset a b))

(%sig set-size (((Set Any)) Int))
(define (set-size s)
  "The number of elements.
    (set-size #{1 2}) => 2"
  (%set-size s))

(%sig set-to-list (((Set a)) (List a)))
(define (set-to-list s)
  "The List of the elements.
    (set-to-list #{1 2}) => [1 2]"
  (%set-to-list s))

; ---------------------------------------------------------------- Queues

(%sig queue-new (() (%Queue Never)))
(define (queue-new)
  "The Queue without items.
    (queue-size (queue-new)) => 0"
  (%queue-new))

(%sig queue-enqueue (((%Queue a) b) (%Queue (or a b))))
(define (queue-enqueue q x)
  "The Queue q with x at its end.
    (queue-peek (queue-enqueue (queue-new) 1)) => 1"
  (%queue-enqueue q x))

(%sig queue-dequeue (((%Queue a)) (Tuple a (%Queue a)) ! error))
(define (queue-dequeue q)
  "The Tuple of a Queue's first item and the Queue of the others. Raises empty-error.
    (tuple-ref (queue-dequeue (queue-enqueue (queue-new) 1)) 0) => 1"
  (%queue-dequeue q))

(%sig queue-peek (((%Queue a)) a ! error))
(define (queue-peek q)
  "A Queue's first item. Raises empty-error.
    (queue-peek (queue-enqueue (queue-new) 1)) => 1"
  (%queue-peek q))

(%sig queue-empty? (((%Queue Any)) Bool))
(define (queue-empty? q)
  "Whether a Queue has no items.
    (queue-empty? (queue-new)) => true"
  (%queue-is-empty q))

(%sig queue-size (((%Queue Any)) Int))
(define (queue-size q)
  "The number of a Queue's items.
    (queue-size (queue-enqueue (queue-new) 1)) => 1"
  (%queue-size q))
