; Sequences: mapping, grouping, order.
;
; Functions that take "a sequence" accept a List, Array, String (its characters), Dict (its entries, as Tuples) or Set;
; those that give a sequence back give one of the same kind where that makes sense.
;
; How it is written, and why, is told in lists.cl.

; ---------------------------------------------------------------- mapping and folding

(%sig map
  (((Function a b ! e) (List a)) (List b) ! e)
  (((Function a Any ! e) (Array a)) (Array Any) ! e)
  (((Function String String ! e) String) String ! e)
  (((Function String b ! e) String) (or String (List b)) ! e)
  (((Function (Tuple k v) (Tuple k2 v2) ! e) (Dict k v)) (Dict k2 v2) ! e)
  (((Function (Tuple k v) b ! e) (Dict k v)) (or (Dict Any Any) (List b)) ! e)
  (((Function a b ! e) (Set a)) (Set b) ! e)
  (((Function a b c ! e) (List a) (List b)) (List c) ! e)
  (((Function (Rest Any) b ! e) (or (List Any) (Array Any) String (Dict Any Any) (Set Any)) (or (List Any) (Array Any) String (Dict Any Any) (Set Any)) (Rest (or (List Any) (Array Any) String (Dict Any Any) (Set Any)))) (List b) ! e))
(define map
  (%case-lambda
    ((f xs)
      "What f gives for each item of a sequence, as a sequence of the same kind. With more sequences, f gets an item of
each, the shortest ends it, and the result is a List.
    (map inc [1 2 3]) => [2 3 4]
    (map + [1 2] [10 20]) => [11 22]"
      (if (%is-function f) nil (%argument-error "map" 1 "a Function" f))
      (let ((result (loop ((l (if (%is-list xs) xs (%elements "map" 2 xs))) (acc []))
                      (if (%is-cons l)
                          (recur (%tail-unchecked l) (%cons-unchecked (f (%head-unchecked l)) acc))
                          (%list-reverse acc)))))
        (if (%is-list xs) result (%like xs result))))
    ((f xs ys)
      (if (%is-function f) nil (%argument-error "map" 1 "a Function" f))
      (loop ((a (if (%is-list xs) xs (%elements "map" 2 xs)))
             (b (if (%is-list ys) ys (%elements "map" 3 ys)))
             (acc []))
        (if (and (%is-cons a) (%is-cons b))
            (recur (%tail-unchecked a)
                   (%tail-unchecked b)
                   (%cons-unchecked (f (%head-unchecked a) (%head-unchecked b)) acc))
            (%list-reverse acc))))
    ((f xs ys ...more)
      (if (%is-function f) nil (%argument-error "map" 1 "a Function" f))
      (%map-rows f (%cons-unchecked xs (%cons-unchecked ys more))))))

; f of the first items of all sequences, of the second items …
(define (%map-rows f sequences)
  (loop ((lists (%all-elements sequences)) (acc []))
    (let ((row (%heads lists)))
      (if (%is-nil row)
          (%list-reverse acc)
          (recur (%tails lists) (%cons-unchecked (%apply f row) acc))))))

(define (%all-elements sequences)
  (loop ((l sequences) (position 2) (acc []))
    (if (%is-cons l)
        (recur (%tail-unchecked l)
               (%add position 1)
               (%cons-unchecked (%elements "map" position (%head-unchecked l)) acc))
        (%list-reverse acc))))

; The first items of all lists; nil when one is empty.
(define (%heads lists)
  (loop ((l lists) (acc []))
    (if (%is-cons l)
        (if (%is-cons (%head-unchecked l))
            (recur (%tail-unchecked l) (%cons-unchecked (%head-unchecked (%head-unchecked l)) acc))
            nil)
        (%list-reverse acc))))

(define (%tails lists)
  (loop ((l lists) (acc []))
    (if (%is-cons l)
        (recur (%tail-unchecked l) (%cons-unchecked (%tail-unchecked (%head-unchecked l)) acc))
        (%list-reverse acc))))

(%sig filter
  (((Function a Any ! e) (List a)) (List a) ! e)
  (((Function a Any ! e) (Array a)) (Array Any) ! e)
  (((Function String Any ! e) String) String ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) (Dict k v) ! e)
  (((Function a Any ! e) (Set a)) (Set a) ! e))
(define (filter pred xs)
  "The items of a sequence for which pred holds, as a sequence of the same kind.
    (filter even? [1 2 3 4]) => [2 4]
    (filter (lambda (c) (not= c \"l\")) \"hello\") => \"heo\""
  (if (%is-function pred) nil (%argument-error "filter" 1 "a Function" pred))
  (let ((result (loop ((l (if (%is-list xs) xs (%elements "filter" 2 xs))) (acc []))
                  (if (%is-cons l)
                      (let ((x (%head-unchecked l)))
                        (if (pred x)
                            (recur (%tail-unchecked l) (%cons-unchecked x acc))
                            (recur (%tail-unchecked l) acc)))
                      (%list-reverse acc)))))
    (if (%is-list xs) result (%like xs result))))

(%sig remove
  (((Function a Any ! e) (List a)) (List a) ! e)
  (((Function a Any ! e) (Array a)) (Array Any) ! e)
  (((Function String Any ! e) String) String ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) (Dict k v) ! e)
  (((Function a Any ! e) (Set a)) (Set a) ! e))
(define (remove pred xs)
  "The items of a sequence for which pred does not hold, as a sequence of the same kind.
    (remove even? [1 2 3 4]) => [1 3]"
  (if (%is-function pred) nil (%argument-error "remove" 1 "a Function" pred))
  (let ((result (loop ((l (if (%is-list xs) xs (%elements "remove" 2 xs))) (acc []))
                  (if (%is-cons l)
                      (let ((x (%head-unchecked l)))
                        (if (pred x)
                            (recur (%tail-unchecked l) acc)
                            (recur (%tail-unchecked l) (%cons-unchecked x acc))))
                      (%list-reverse acc)))))
    (if (%is-list xs) result (%like xs result))))

(%sig fold
  (((Function b a b ! e) b (List a)) b ! e)
  (((Function b a b ! e) b (Array a)) b ! e)
  (((Function b String b ! e) b String) b ! e)
  (((Function b (Tuple k v) b ! e) b (Dict k v)) b ! e)
  (((Function b a b ! e) b (Set a)) b ! e))
(define (fold f init xs)
  "Goes through a sequence: calls (f acc x) for each item x, where acc is what the call before gave, first init; gives
the last one's value.
    (fold + 0 [1 2 3]) => 6
    (fold (lambda (acc x) (cons x acc)) [] [1 2 3]) => [3 2 1]"
  (if (%is-function f) nil (%argument-error "fold" 1 "a Function" f))
  (loop ((l (if (%is-list xs) xs (%elements "fold" 3 xs))) (acc init))
    (if (%is-cons l)
        (recur (%tail-unchecked l) (f acc (%head-unchecked l)))
        acc)))

(%sig reduce
  (((Function b a b ! e) (List a)) (or a b) ! e error)
  (((Function b a b ! e) (Array a)) (or a b) ! e error)
  (((Function b String b ! e) String) (or String b) ! e error)
  (((Function b (Tuple k v) b ! e) (Dict k v)) (or (Tuple k v) b) ! e error)
  (((Function b a b ! e) (Set a)) (or a b) ! e error)
  (((Function b a b ! e) b (List a)) b ! e)
  (((Function b a b ! e) b (Array a)) b ! e)
  (((Function b String b ! e) b String) b ! e)
  (((Function b (Tuple k v) b ! e) b (Dict k v)) b ! e)
  (((Function b a b ! e) b (Set a)) b ! e))
(define reduce
  (%case-lambda
    ((f xs)
      "Folds a sequence; without init the first item is it. Raises empty-error when there is neither.
    (reduce max [3 9 2]) => 9
    (reduce + 10 [1 2]) => 13"
      (if (%is-function f) nil (%argument-error "reduce" 1 "a Function" f))
      (let ((items (if (%is-list xs) xs (%elements "reduce" 2 xs))))
        (if (%is-cons items)
            (loop ((l (%tail-unchecked items)) (acc (%head-unchecked items)))
              (if (%is-cons l)
                  (recur (%tail-unchecked l) (f acc (%head-unchecked l)))
                  acc))
            (%raise "empty-error" "reduce: there are no items and no initial value" xs))))
    ((f init xs)
      (if (%is-function f) nil (%argument-error "reduce" 1 "a Function" f))
      (loop ((l (if (%is-list xs) xs (%elements "reduce" 3 xs))) (acc init))
        (if (%is-cons l)
            (recur (%tail-unchecked l) (f acc (%head-unchecked l)))
            acc)))))

(%sig fold-right
  (((Function a b b ! e) b (List a)) b ! e)
  (((Function a b b ! e) b (Array a)) b ! e)
  (((Function String b b ! e) b String) b ! e)
  (((Function (Tuple k v) b b ! e) b (Dict k v)) b ! e)
  (((Function a b b ! e) b (Set a)) b ! e))
(define (fold-right f init xs)
  "Goes through a sequence from its end: calls (f x acc) for each item x, where acc is what the call before gave, first
init; gives the last one's value.
    (fold-right cons [] [1 2 3]) => [1 2 3]"
  (if (%is-function f) nil (%argument-error "fold-right" 1 "a Function" f))
  (loop ((l (%list-reverse (if (%is-list xs) xs (%elements "fold-right" 3 xs)))) (acc init))
    (if (%is-cons l)
        (recur (%tail-unchecked l) (f (%head-unchecked l) acc))
        acc)))

(%sig scan
  (((Function b a b ! e) b (List a)) (List b) ! e)
  (((Function b a b ! e) b (Array a)) (List b) ! e)
  (((Function b String b ! e) b String) (List b) ! e)
  (((Function b (Tuple k v) b ! e) b (Dict k v)) (List b) ! e)
  (((Function b a b ! e) b (Set a)) (List b) ! e))
(define (scan f init xs)
  "All the values that (fold f init xs) goes through, init first.
    (scan + 0 [1 2 3]) => [0 1 3 6]"
  (if (%is-function f) nil (%argument-error "scan" 1 "a Function" f))
  (loop ((l (if (%is-list xs) xs (%elements "scan" 3 xs))) (acc init) (out [init]))
    (if (%is-cons l)
        (let ((next (f acc (%head-unchecked l))))
          (recur (%tail-unchecked l) next (%cons-unchecked next out)))
        (%list-reverse out))))

(%sig map-indexed (((Function Int a b ! e) (List a)) (List b) ! e))
(define (map-indexed f xs)
  "What (f i x) gives for each item x of a List and its position i.
    (map-indexed list [\"a\" \"b\"]) => [[0 \"a\"] [1 \"b\"]]"
  (if (%is-function f) nil (%argument-error "map-indexed" 1 "a Function" f))
  (if (%is-list xs) nil (%argument-error "map-indexed" 2 "a List" xs))
  (loop ((l xs) (i 0) (acc []))
    (if (%is-cons l)
        (recur (%tail-unchecked l) (%add i 1) (%cons-unchecked (f i (%head-unchecked l)) acc))
        (%list-reverse acc))))

(%sig filter-map
  (((Function a b ! e) (List a)) (List b) ! e)
  (((Function a b ! e) (Array a)) (List b) ! e)
  (((Function String b ! e) String) (List b) ! e)
  (((Function (Tuple k v) b ! e) (Dict k v)) (List b) ! e)
  (((Function a b ! e) (Set a)) (List b) ! e))
(define (filter-map f xs)
  "What f gives for each item of a sequence, without nil, as a List.
    (filter-map (lambda (x) (if (even? x) (* x x) nil)) [1 2 3 4]) => [4 16]"
  (if (%is-function f) nil (%argument-error "filter-map" 1 "a Function" f))
  (loop ((l (if (%is-list xs) xs (%elements "filter-map" 2 xs))) (acc []))
    (if (%is-cons l)
        (let ((y (f (%head-unchecked l))))
          (if (%is-nil y)
              (recur (%tail-unchecked l) acc)
              (recur (%tail-unchecked l) (%cons-unchecked y acc))))
        (%list-reverse acc))))

(%sig flat-map
  (((Function a (List b) ! e) (List a)) (List b) ! e)
  (((Function a (List b) ! e) (Array a)) (List b) ! e)
  (((Function String (List b) ! e) String) (List b) ! e)
  (((Function (Tuple k v) (List b) ! e) (Dict k v)) (List b) ! e)
  (((Function a (List b) ! e) (Set a)) (List b) ! e)
  (((Function a Any ! e) (List a)) (List Any) ! e)
  (((Function a Any ! e) (Array a)) (List Any) ! e)
  (((Function String Any ! e) String) (List Any) ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) (List Any) ! e)
  (((Function a Any ! e) (Set a)) (List Any) ! e))
(define (flat-map f xs)
  "The Lists that f gives for each item of a sequence, one after the other.
    (flat-map (lambda (x) [x (* 10 x)]) [1 2]) => [1 10 2 20]"
  (if (%is-function f) nil (%argument-error "flat-map" 1 "a Function" f))
  (loop ((l (if (%is-list xs) xs (%elements "flat-map" 2 xs))) (acc []))
    (if (%is-cons l)
        (let ((ys (f (%head-unchecked l))))
          (if (%is-list ys)
              (recur (%tail-unchecked l) (%list-reverse-onto ys acc))
              (recur (%tail-unchecked l) (%cons-unchecked ys acc))))
        (%list-reverse acc))))

(%sig for-each
  (((Function a Any ! e) (List a)) Nil ! e)
  (((Function a Any ! e) (Array a)) Nil ! e)
  (((Function String Any ! e) String) Nil ! e)
  (((Function (Tuple k v) Any ! e) (Dict k v)) Nil ! e)
  (((Function a Any ! e) (Set a)) Nil ! e))
(define (for-each f xs)
  "Calls f with each item of a sequence. Gives nil.
    (for-each identity [1 2]) => nil"
  (if (%is-function f) nil (%argument-error "for-each" 1 "a Function" f))
  (loop ((l (if (%is-list xs) xs (%elements "for-each" 2 xs))))
    (if (%is-cons l)
        (do
          (f (%head-unchecked l))
          (recur (%tail-unchecked l)))
        nil)))

; ---------------------------------------------------------------- pairing and grouping

(%sig zip
  (((List a)) (List (Tuple a)))
  (((List a) (List b)) (List (Tuple a b)))
  (((List a) (List b) (List c)) (List (Tuple a b c)))
  (((List Any) (Rest (List Any))) (List %Tuple)))
(define (zip xs ...more)
  "The Tuples of the first items of some Lists, of the second items …; the shortest List ends it.
    (zip [1 2] [\"a\" \"b\"]) => [(tuple 1 \"a\") (tuple 2 \"b\")]"
  (%zip (%cons-unchecked xs more)))

(%sig list-zip
  (((List a)) (List (Tuple a)))
  (((List a) (List b)) (List (Tuple a b)))
  (((List a) (List b) (List c)) (List (Tuple a b c)))
  (((List Any) (Rest (List Any))) (List %Tuple)))
(define (list-zip xs ...more)
  "The older name of zip.
    (list-zip [1] [2]) => [(tuple 1 2)]"
  (%zip (%cons-unchecked xs more)))

(%sig unzip (((List (Tuple a b))) (Tuple (List a) (List b))) (((List Any)) (Tuple (List Any) (List Any))))
(define (unzip pairs)
  "The Tuple of the List of first items and the List of second items of a List of pairs.
    (unzip [(tuple 1 \"a\") (tuple 2 \"b\")]) => (tuple [1 2] [\"a\" \"b\"])"
  (%unzip pairs))

(%sig list-unzip (((List (Tuple a b))) (Tuple (List a) (List b))) (((List Any)) (Tuple (List Any) (List Any))))
(define (list-unzip pairs)
  "The older name of unzip.
    (list-unzip [(tuple 1 2)]) => (tuple [1] [2])"
  (%unzip pairs))

(%sig zip-with (((Function a b c ! e) (List a) (List b)) (List c) ! e))
(define (zip-with f xs ys)
  "What f gives for the first items of two Lists, for the second items …; the shorter List ends it.
    (zip-with * [1 2 3] [4 5 6]) => [4 10 18]"
  (if (%is-function f) nil (%argument-error "zip-with" 1 "a Function" f))
  (if (%is-list xs) nil (%argument-error "zip-with" 2 "a List" xs))
  (if (%is-list ys) nil (%argument-error "zip-with" 3 "a List" ys))
  (loop ((a xs) (b ys) (acc []))
    (if (and (%is-cons a) (%is-cons b))
        (recur (%tail-unchecked a)
               (%tail-unchecked b)
               (%cons-unchecked (f (%head-unchecked a) (%head-unchecked b)) acc))
        (%list-reverse acc))))

(%sig interleave (((List a) (List b)) (List (or a b))))
(define (interleave xs ys)
  "By turns an item of each List; the shorter List ends it.
    (interleave [1 2] [\"a\" \"b\"]) => [1 \"a\" 2 \"b\"]"
  (%interleave xs ys))

(%sig partition (((Function a Any ! e) (List a)) (Tuple (List a) (List a)) ! e))
(define (partition pred xs)
  "The Tuple of the List of items for which pred holds and the List of the others.
    (partition even? [1 2 3 4]) => (tuple [2 4] [1 3])"
  (if (%is-function pred) nil (%argument-error "partition" 1 "a Function" pred))
  (if (%is-list xs) nil (%argument-error "partition" 2 "a List" xs))
  (loop ((l xs) (yes []) (no []))
    (if (%is-cons l)
        (let ((x (%head-unchecked l)))
          (if (pred x)
              (recur (%tail-unchecked l) (%cons-unchecked x yes) no)
              (recur (%tail-unchecked l) yes (%cons-unchecked x no))))
        (tuple (%list-reverse yes) (%list-reverse no)))))

(%sig list-partition (((Function a Any ! e) (List a)) (Tuple (List a) (List a)) ! e))
(define (list-partition pred xs)
  "The older name of partition.
    (list-partition even? [1 2]) => (tuple [2] [1])"
  (partition pred xs))

(%sig group-by
  (((Function a b ! e) (List a)) (Dict b (List a)) ! e)
  (((Function a b ! e) (Array a)) (Dict b (List a)) ! e)
  (((Function String b ! e) String) (Dict b (List String)) ! e)
  (((Function (Tuple k v) b ! e) (Dict k v)) (Dict b (List (Tuple k v))) ! e)
  (((Function a b ! e) (Set a)) (Dict b (List a)) ! e))
(define (group-by f xs)
  "The Dict from each value that f gives to the List of the items that it gave it for, in order of first appearance.
    (group-by even? [1 2 3]) => {false [1 3] true [2]}"
  (if (%is-function f) nil (%argument-error "group-by" 1 "a Function" f))
  (loop ((l (if (%is-list xs) xs (%elements "group-by" 2 xs))) (groups (%dict-new)))
    (if (%is-cons l)
        (let ((x (%head-unchecked l))
              (key (f x)))
          (recur (%tail-unchecked l) (%dict-set groups key (%cons-unchecked x (%dict-get groups key [])))))
        (%reverse-values groups))))

; A Dict of Lists with each of them reversed.
(define (%reverse-values groups)
  (loop ((entries (%dict-items groups)) (d groups))
    (if (%is-cons entries)
        (let ((entry (%head-unchecked entries)))
          (recur (%tail-unchecked entries)
                 (%dict-set d (%tuple-ref entry 0) (%list-reverse (%tuple-ref entry 1)))))
        d)))

(%sig unique
  (((List a)) (List a))
  (((Array Any)) (Array Any))
  ((String) String)
  (((Dict k v)) (Dict k v))
  (((Set a)) (Set a)))
(define (unique xs)
  "A sequence with each item once, where it is first.
    (unique [3 1 3 2 1]) => [3 1 2]"
  (%unique xs))

(%sig list-unique
  (((List a)) (List a))
  (((Array Any)) (Array Any))
  ((String) String)
  (((Dict k v)) (Dict k v))
  (((Set a)) (Set a)))
(define (list-unique xs)
  "The older name of unique.
    (list-unique [1 1]) => [1]"
  (%unique xs))

(%sig flatten (((List Any)) (List Any)))
(define (flatten xs)
  "The items of a List and of the Lists in it, on all levels.
    (flatten [1 [2 [3]] []]) => [1 2 3]"
  (%flatten xs))

(%sig list-flatten (((List Any)) (List Any)))
(define (list-flatten xs)
  "The older name of flatten.
    (list-flatten [1 [2]]) => [1 2]"
  (%flatten xs))

(%sig flatten-once (((List (List a))) (List a)) (((List Any)) (List Any)))
(define (flatten-once xs)
  "The items of a List, with those of the Lists in it in their places.
    (flatten-once [[1] [2 [3]]]) => [1 2 [3]]"
  (%flatten-once xs))

; ---------------------------------------------------------------- order

(%sig sort
  (((List a)) (List a))
  (((Array Any)) (Array Any))
  ((String) String)
  (((Dict k v)) (Dict k v))
  (((Set a)) (Set a))
  (((List a) Keyword) (List a))
  (((Array Any) Keyword) (Array Any))
  ((String Keyword) String)
  (((Dict k v) Keyword) (Dict k v))
  (((Set a) Keyword) (Set a)))
(define sort
  (%case-lambda
    ((xs)
      "A sequence in the order of compare; with :desc, in the reverse order. Equal items keep their order.
    (sort [3 1 2]) => [1 2 3]
    (sort [3 1 2] :desc) => [3 2 1]"
      (%sort xs false))
    ((xs how) (%sort xs (%descending "sort" 2 how)))))

(%sig list-sort
  (((List a)) (List a))
  (((Array Any)) (Array Any))
  ((String) String)
  (((Dict k v)) (Dict k v))
  (((Set a)) (Set a))
  (((List a) Keyword) (List a))
  (((Array Any) Keyword) (Array Any))
  ((String Keyword) String)
  (((Dict k v) Keyword) (Dict k v))
  (((Set a) Keyword) (Set a)))
(define list-sort
  (%case-lambda
    ((xs)
      "The older name of sort.
    (list-sort [2 1]) => [1 2]"
      (%sort xs false))
    ((xs how) (%sort xs (%descending "list-sort" 2 how)))))

(define (%descending function position how)
  (if (%same how :desc) true (%argument-error function position ":desc" how)))

(%sig sort-by (((Function a Any ! e) (List a)) (List a) ! e) (((Function a Any ! e) (List a) Keyword) (List a) ! e))
(define sort-by
  (%case-lambda
    ((f xs)
      "A List in the order of what f gives for its items; with :desc, in the reverse order. Equal items keep their
order.
    (sort-by neg [1 3 2]) => [3 2 1]"
      (%sort-by f xs false))
    ((f xs how) (%sort-by f xs (%descending "sort-by" 3 how)))))

(define (%sort-by f xs descending)
  (if (%is-function f) nil (%argument-error "sort-by" 1 "a Function" f))
  (if (%is-list xs) nil (%argument-error "sort-by" 2 "a List" xs))
  (loop ((l xs) (keys []))
    (if (%is-cons l)
        (recur (%tail-unchecked l) (%cons-unchecked (f (%head-unchecked l)) keys))
        (%sort-keyed (%list-reverse keys) xs descending))))

(%sig sort-with (((Function a a (or Bool Number) ! e) (List a)) (List a) ! e))
(define (sort-with cmp xs)
  "A List in the order of cmp, which gives for two items a negative number, 0 or a positive number, like compare, or
whether the first comes before, like <. Equal items keep their order.
    (sort-with > [3 1 2]) => [3 2 1]"
  (if (%is-function cmp) nil (%argument-error "sort-with" 1 "a Function" cmp))
  (if (%is-list xs) nil (%argument-error "sort-with" 2 "a List" xs))
  (if (%is-cons xs) (%merge-sort cmp (%list-length xs) xs) xs))

; The first n items, n > 0.
(define (%merge-sort cmp n xs)
  (if (%same n 1)
      [(%head-unchecked xs)]
      (let ((half (%quot n 2)))
        (%merge cmp (%merge-sort cmp half xs) (%merge-sort cmp (%sub n half) (%drop half xs))))))

(define (%merge cmp xs ys)
  (loop ((a xs) (b ys) (acc []))
    (if (%is-cons a)
        (if (%is-cons b)
            (if (%in-order cmp (%head-unchecked a) (%head-unchecked b))
                (recur (%tail-unchecked a) b (%cons-unchecked (%head-unchecked a) acc))
                (recur a (%tail-unchecked b) (%cons-unchecked (%head-unchecked b) acc)))
            (%list-reverse-onto acc a))
        (%list-reverse-onto acc b))))

; Whether a may stand before b.
(define (%in-order cmp a b)
  (let ((c (cmp a b)))
    (if (%is-bool c)
        (or c (not (cmp b a)))
        (%le c 0))))

(%sig sorted? (((List Any)) Bool))
(define (sorted? xs)
  "Whether no item of a List is greater than the next, by compare.
    (sorted? [1 2 2 3]) => true"
  (%is-sorted xs))

(%sig permutation? (((List Any) (List Any)) Bool))
(define (permutation? xs ys)
  "Whether two Lists have the same items, each as often.
    (permutation? [1 2 3] [3 1 2]) => true"
  (%is-permutation xs ys))
