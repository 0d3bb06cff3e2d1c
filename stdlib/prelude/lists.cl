; Lists and Tuples: making, taking apart, searching.
;
; Functions that take "a sequence" accept a List, Array, String (its characters), Dict (its entries, as Tuples) or Set;
; those that give a sequence back give one of the same kind where that makes sense.
;
; How it is written: a function that calls a function is a wrapper around one loop, never recursive itself, so that the
; compiler can specialise the loop for a known function. The loops build their result in reverse and turn it round at
; the end; they never change a pair that they made, because a continuation that is resumed twice runs the rest of the
; loop twice. Arguments are checked also when there are no items.

; ---------------------------------------------------------------- making and taking apart

(%sig list (((Rest a)) (List a)))
(define (list ...items)
  "The List of the arguments.
    (list 1 2 3) => [1 2 3]"
  items)

(%sig cons ((a (List b)) (List (or a b))))
(define (cons x xs)
  "The List of x followed by the items of the List xs.
    (cons 1 [2 3]) => [1 2 3]"
  (%cons x xs))

(%sig head (((List a)) a ! error))
(define (head xs)
  "The first item of a List. Raises empty-error.
    (head [1 2 3]) => 1"
  (%head xs))

(%sig tail (((List a)) (List a) ! error))
(define (tail xs)
  "A List without its first item. Raises empty-error.
    (tail [1 2 3]) => [2 3]"
  (%tail xs))

(%sig first (((List a)) a ! error))
(define (first xs)
  "The first item of a List. Raises empty-error.
    (first [1 2 3]) => 1"
  (%head xs))

(%sig rest (((List a)) (List a) ! error))
(define (rest xs)
  "A List without its first item. Raises empty-error.
    (rest [1 2 3]) => [2 3]"
  (%tail xs))

(%sig second (((List a)) a ! error))
(define (second xs)
  "The second item of a List. Raises index-error.
    (second [1 2 3]) => 2"
  (%nth xs 1))

(%sig third (((List a)) a ! error))
(define (third xs)
  "The third item of a List. Raises index-error.
    (third [1 2 3]) => 3"
  (%nth xs 2))

(%sig last (((List a)) a ! error))
(define (last xs)
  "The last item of a List. Raises empty-error.
    (last [1 2 3]) => 3"
  (%last xs))

(%sig init (((List a)) (List a) ! error))
(define (init xs)
  "A List without its last item. Raises empty-error.
    (init [1 2 3]) => [1 2]"
  (%init xs))

(%sig nth (((List a) Int) a ! error) (((List a) Int d) (or a d)))
(define nth
  (%case-lambda
    ((xs i)
      "The item of a List at position i, from 0; where there is none, the default. Without one it raises index-error.
    (nth [10 20 30] 1) => 20
    (nth [10] 5 \"none\") => \"none\""
      (%nth xs i))
    ((xs i default) (%nth-or xs i default))))

(%sig length
  (((List Any)) Int)
  (((Array Any)) Int)
  ((String) Int)
  (((Dict Any Any)) Int)
  (((Set Any)) Int)
  ((%Tuple) Int)
  ((Bytes) Int))
(define (length xs)
  "The number of items of a sequence, a Tuple or Bytes.
    (length [1 2 3]) => 3
    (length \"abc\") => 3"
  (if (%is-list xs) (%list-length xs) (%length "length" xs)))

(%sig empty?
  (((List Any)) Bool)
  (((Array Any)) Bool)
  ((String) Bool)
  (((Dict Any Any)) Bool)
  (((Set Any)) Bool)
  ((%Tuple) Bool)
  ((Bytes) Bool))
(define (empty? xs)
  "Whether a sequence, a Tuple or Bytes has no items.
    (empty? []) => true"
  (if (%is-list xs) (%is-empty-list xs) (%same (%length "empty?" xs) 0)))

(%sig append
  (((List a) (Rest (List a))) (List a))
  (((Array Any) (Rest (Array Any))) (Array Any))
  ((String (Rest String)) String)
  (((Dict k v) (Rest (Dict k v))) (Dict k v))
  (((Set a) (Rest (Set a))) (Set a))
  (() (List Never)))
(define append
  (%case-lambda
    (()
      "Sequences of one kind, one after the other. Of two equal keys of Dicts the later gives the value.
    (append [1] [2 3] [4]) => [1 2 3 4]"
      [])
    ((xs) (%append-all [xs]))
    ((xs ys) (if (and (%is-list xs) (%is-list ys)) (%list-append xs ys) (%append-all [xs ys])))
    ((xs ys ...more) (%append-all (%cons-unchecked xs (%cons-unchecked ys more))))))

(%sig concat
  ((String (Rest String)) String)
  (((List a) (Rest (List a))) (List a))
  (() String))
(define concat
  (%case-lambda
    (()
      "Strings joined, or Lists one after the other.
    (concat [1] [2]) => [1 2]
    (concat \"ab\" \"c\") => \"abc\""
      "")
    ((a) (%concat-all [a]))
    ((a b) (%concat a b))
    ((a b ...more) (%concat-all (%cons-unchecked a (%cons-unchecked b more))))))

(%sig reverse
  (((List a)) (List a))
  (((Array Any)) (Array Any))
  ((String) String)
  (((Dict k v)) (Dict k v))
  (((Set a)) (Set a)))
(define (reverse xs)
  "A sequence from its last item to its first.
    (reverse [1 2 3]) => [3 2 1]"
  (if (%is-list xs) (%list-reverse xs) (%reverse xs)))

(%sig list-reverse
  (((List a)) (List a))
  (((Array Any)) (Array Any))
  ((String) String)
  (((Dict k v)) (Dict k v))
  (((Set a)) (Set a)))
(define (list-reverse xs)
  "The older name of reverse.
    (list-reverse [1 2]) => [2 1]"
  (if (%is-list xs) (%list-reverse xs) (%reverse xs)))

; ---------------------------------------------------------------- parts

(%sig take ((Int (List a)) (List a)))
(define (take n xs)
  "The first n items of a List, or all where there are fewer.
    (take 2 [1 2 3]) => [1 2]"
  (%take n xs))

(%sig drop ((Int (List a)) (List a)))
(define (drop n xs)
  "A List without its first n items.
    (drop 2 [1 2 3]) => [3]"
  (%drop n xs))

(%sig take-while (((Function a Any ! e) (List a)) (List a) ! e))
(define (take-while pred xs)
  "The items of a List before the first for which pred does not hold.
    (take-while even? [2 4 5 6]) => [2 4]"
  (if (%is-function pred) nil (%argument-error "take-while" 1 "a Function" pred))
  (if (%is-list xs) nil (%argument-error "take-while" 2 "a List" xs))
  (loop ((l xs) (acc []))
    (if (and (%is-cons l) (pred (%head-unchecked l)))
        (recur (%tail-unchecked l) (%cons-unchecked (%head-unchecked l) acc))
        (%list-reverse acc))))

(%sig drop-while (((Function a Any ! e) (List a)) (List a) ! e))
(define (drop-while pred xs)
  "The items of a List from the first on for which pred does not hold.
    (drop-while even? [2 4 5 6]) => [5 6]"
  (if (%is-function pred) nil (%argument-error "drop-while" 1 "a Function" pred))
  (if (%is-list xs) nil (%argument-error "drop-while" 2 "a List" xs))
  (loop ((l xs))
    (if (and (%is-cons l) (pred (%head-unchecked l)))
        (recur (%tail-unchecked l))
        l)))

(%sig slice
  (((List a) Int Int) (List a))
  (((Array Any) Int Int) (Array Any))
  ((String Int Int) String)
  (((Dict k v) Int Int) (Dict k v))
  (((Set a) Int Int) (Set a)))
(define (slice xs start end)
  "The items of a sequence from position start up to, without, end. Positions outside are brought to the nearest end.
    (slice [0 1 2 3 4] 1 3) => [1 2]"
  (%slice xs start end))

(%sig list-slice
  (((List a) Int Int) (List a))
  (((Array Any) Int Int) (Array Any))
  ((String Int Int) String)
  (((Dict k v) Int Int) (Dict k v))
  (((Set a) Int Int) (Set a)))
(define (list-slice xs start end)
  "The older name of slice.
    (list-slice [0 1 2] 1 3) => [1 2]"
  (%slice xs start end))

(%sig split-at ((Int (List a)) (Tuple (List a) (List a))))
(define (split-at n xs)
  "The Tuple of the first n items of a List and the rest.
    (split-at 1 [1 2 3]) => (tuple [1] [2 3])"
  (%split-at n xs))

(%sig chunk ((Int (List a)) (List (List a)) ! error))
(define (chunk n xs)
  "The items of a List in Lists of n; the last may be shorter. Raises domain-error unless n is positive.
    (chunk 2 [1 2 3 4 5]) => [[1 2] [3 4] [5]]"
  (%chunk n xs))

(%sig sliding-window ((Int (List a)) (List (List a)) ! error))
(define (sliding-window n xs)
  "Every n neighbouring items of a List. Raises domain-error unless n is positive.
    (sliding-window 2 [1 2 3]) => [[1 2] [2 3]]"
  (%sliding-window n xs))

; ---------------------------------------------------------------- making by rule

(%sig range
  ((Number) (List Int))
  ((Int Number) (List Int))
  ((Float Number) (List Float))
  ((Int Number Int) (List Int) ! error)
  ((Float Number Number) (List Float) ! error)
  ((Number Number Float) (List Float) ! error))
(define range
  (%case-lambda
    ((end)
      "The numbers from start (0) up to, without, end in steps of step (1), which may be negative. Raises domain-error
when step is 0.
    (range 4) => [0 1 2 3]
    (range 2 5) => [2 3 4]
    (range 5 0 -2) => [5 3 1]"
      (%numbers 0 end 1 1))
    ((start end) (%numbers start end 1 2))
    ((start end step) (%numbers start end step 2))))

; `position`: that of `end` among the arguments of range.
(define (%numbers start end step position)
  (if (and (%is-fixnum start) (%is-fixnum end) (%is-fixnum step) (not (%same step 0)))
      (%range start end step)
      (do
        (if (%is-number start) nil (%argument-error "range" 1 "a Number" start))
        (if (%is-number end) nil (%argument-error "range" position "a Number" end))
        (if (%is-number step) nil (%argument-error "range" 3 "a Number" step))
        (if (%eq step 0) (%raise "domain-error" "range: the step must not be 0" step) nil)
        (loop ((i 0) (acc []))
          (let ((x (%add start (%mul i step))))
            (if (if (%gt step 0) (%lt x end) (%gt x end))
                (recur (%add i 1) (%cons-unchecked x acc))
                (%list-reverse acc)))))))

(%sig repeat ((a Int) (List a)))
(define (repeat x n)
  "The List of n times x.
    (repeat \"x\" 3) => [\"x\" \"x\" \"x\"]"
  (%repeat x n))

(%sig replicate ((Int (Function a ! e)) (List a) ! e))
(define (replicate n f)
  "The List of what n calls of f, without arguments, give.
    (replicate 3 (lambda () 7)) => [7 7 7]"
  (if (%is-int n) nil (%argument-error "replicate" 1 "an Int" n))
  (if (%is-function f) nil (%argument-error "replicate" 2 "a Function" f))
  (loop ((i 0) (acc []))
    (if (%lt i n)
        (recur (%add i 1) (%cons-unchecked (f) acc))
        (%list-reverse acc))))

(%sig iterate (((Function a a ! e) a Int) (List a) ! e))
(define (iterate f x n)
  "The List of n values, each f of the one before, from x on.
    (iterate (lambda (x) (* 2 x)) 1 5) => [1 2 4 8 16]"
  (if (%is-function f) nil (%argument-error "iterate" 1 "a Function" f))
  (if (%is-int n) nil (%argument-error "iterate" 3 "an Int" n))
  (loop ((i 0) (x x) (acc []))
    (if (%lt i n)
        (recur (%add i 1) (f x) (%cons-unchecked x acc))
        (%list-reverse acc))))

; ---------------------------------------------------------------- searching

(%sig any?
  (((Function a Any ! e) (List a)) Bool ! e)
  (((Function a Any ! e) (Array a)) Bool ! e)
  (((Function String Any ! e) String) Bool ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) Bool ! e)
  (((Function a Any ! e) (Set a)) Bool ! e))
(define (any? pred xs)
  "Whether pred holds for an item of a sequence. The items after the first such one are not looked at.
    (any? even? [1 2 3]) => true"
  (if (%is-function pred) nil (%argument-error "any?" 1 "a Function" pred))
  (loop ((l (if (%is-list xs) xs (%elements "any?" 2 xs))))
    (if (%is-cons l)
        (if (pred (%head-unchecked l)) true (recur (%tail-unchecked l)))
        false)))

(%sig all?
  (((Function a Any ! e) (List a)) Bool ! e)
  (((Function a Any ! e) (Array a)) Bool ! e)
  (((Function String Any ! e) String) Bool ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) Bool ! e)
  (((Function a Any ! e) (Set a)) Bool ! e))
(define (all? pred xs)
  "Whether pred holds for all items of a sequence. The items after the first other one are not looked at.
    (all? even? [2 4]) => true"
  (if (%is-function pred) nil (%argument-error "all?" 1 "a Function" pred))
  (loop ((l (if (%is-list xs) xs (%elements "all?" 2 xs))))
    (if (%is-cons l)
        (if (pred (%head-unchecked l)) (recur (%tail-unchecked l)) false)
        true)))

(%sig none?
  (((Function a Any ! e) (List a)) Bool ! e)
  (((Function a Any ! e) (Array a)) Bool ! e)
  (((Function String Any ! e) String) Bool ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) Bool ! e)
  (((Function a Any ! e) (Set a)) Bool ! e))
(define (none? pred xs)
  "Whether pred holds for no item of a sequence.
    (none? even? [1 3]) => true"
  (if (%is-function pred) nil (%argument-error "none?" 1 "a Function" pred))
  (loop ((l (if (%is-list xs) xs (%elements "none?" 2 xs))))
    (if (%is-cons l)
        (if (pred (%head-unchecked l)) false (recur (%tail-unchecked l)))
        true)))

(%sig find
  (((Function a Any ! e) (List a)) (or a Nil) ! e)
  (((Function a Any ! e) (Array a)) (or a Nil) ! e)
  (((Function String Any ! e) String) (or String Nil) ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) (or (Tuple k v) Nil) ! e)
  (((Function a Any ! e) (Set a)) (or a Nil) ! e))
(define (find pred xs)
  "The first item of a sequence for which pred holds, or nil.
    (find even? [1 4 6]) => 4"
  (if (%is-function pred) nil (%argument-error "find" 1 "a Function" pred))
  (loop ((l (if (%is-list xs) xs (%elements "find" 2 xs))))
    (if (%is-cons l)
        (if (pred (%head-unchecked l)) (%head-unchecked l) (recur (%tail-unchecked l)))
        nil)))

(%sig list-find
  (((Function a Any ! e) (List a)) (or a Nil) ! e)
  (((Function a Any ! e) (Array a)) (or a Nil) ! e)
  (((Function String Any ! e) String) (or String Nil) ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) (or (Tuple k v) Nil) ! e)
  (((Function a Any ! e) (Set a)) (or a Nil) ! e))
(define (list-find pred xs)
  "The older name of find.
    (list-find even? [1 4 6]) => 4"
  (find pred xs))

(%sig count
  (((Function a Any ! e) (List a)) Int ! e)
  (((Function a Any ! e) (Array a)) Int ! e)
  (((Function String Any ! e) String) Int ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) Int ! e)
  (((Function a Any ! e) (Set a)) Int ! e))
(define (count pred xs)
  "The number of items of a sequence for which pred holds.
    (count odd? [1 2 3]) => 2"
  (if (%is-function pred) nil (%argument-error "count" 1 "a Function" pred))
  (loop ((l (if (%is-list xs) xs (%elements "count" 2 xs))) (n 0))
    (if (%is-cons l)
        (if (pred (%head-unchecked l))
            (recur (%tail-unchecked l) (%add n 1))
            (recur (%tail-unchecked l) n))
        n)))

(%sig index-of (((List Any) Any) (or Int Nil)))
(define (index-of xs x)
  "The position of the first item of a List that equals x, or nil.
    (index-of [5 6 7] 7) => 2"
  (%index-of xs x))

(%sig list-index-of (((List Any) Any) (or Int Nil)))
(define (list-index-of xs x)
  "The older name of index-of.
    (list-index-of [5 6 7] 7) => 2"
  (%index-of xs x))

(%sig contains?
  (((List Any) Any) Bool)
  (((Array Any) Any) Bool)
  ((String String) Bool)
  (((Dict Any Any) Any) Bool)
  (((Set Any) Any) Bool))
(define (contains? xs x)
  "Whether an item of a sequence equals x; whether x is a key of a Dict, or a part of a String.
    (contains? [1 2] 2) => true
    (contains? \"hello\" \"ell\") => true"
  (%contains xs x))

; ---------------------------------------------------------------- tuples

(%sig tuple
  (() (Tuple))
  ((a) (Tuple a))
  ((a b) (Tuple a b))
  ((a b c) (Tuple a b c))
  ((Any Any Any Any (Rest Any)) %Tuple))
(define (tuple ...items)
  "The Tuple of the arguments.
    (tuple 1 \"a\") => (tuple 1 \"a\")"
  (%list->tuple items))

(%sig tuple-ref
  (((Tuple a) Int) a ! error)
  (((Tuple a b) Int) (or a b) ! error)
  (((Tuple a b c) Int) (or a b c) ! error)
  ((%Tuple Int) Any ! error))
(define (tuple-ref t i)
  "The item of a Tuple at position i, from 0. Raises index-error.
    (tuple-ref (tuple 5 6) 1) => 6"
  (%tuple-ref t i))

(%sig tuple->list
  (((Tuple a)) (List a))
  (((Tuple a b)) (List (or a b)))
  (((Tuple a b c)) (List (or a b c)))
  ((%Tuple) (List Any)))
(define (tuple->list t)
  "The List of a Tuple's items.
    (tuple->list (tuple 1 2)) => [1 2]"
  (%tuple->list t))
