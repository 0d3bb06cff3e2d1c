; Arrays: mutable, indexed from 0.

(%sig array (((Rest Any)) (Array Any)))
(define (array ...items)
  "A new Array of the arguments.
    (array 1 2 3) => (array 1 2 3)"
  (%list->array items))

(%sig array-new ((Int Any) (Array Any)))
(define (array-new n init)
  "A new Array of n times init.
    (array-new 2 0) => (array 0 0)"
  (%array-new n init))

(%sig list->array (((List Any)) (Array Any)))
(define (list->array xs)
  "A new Array of a List's items.
    (list->array [1 2]) => (array 1 2)"
  (%list->array xs))

(%sig array->list (((Array a)) (List a)))
(define (array->list a)
  "The List of an Array's items.
    (array->list (array 1 2)) => [1 2]"
  (%array->list a))

(%sig array-length (((Array Any)) Int))
(define (array-length a)
  "The number of items.
    (array-length (array 1 2 3)) => 3"
  (%array-length a))

(%sig array-get (((Array a) Int) a ! error))
(define (array-get a i)
  "The item at position i. Raises index-error.
    (array-get (array 10 20) 1) => 20"
  (%array-get a i))

(%sig array-set! (((Array Any) Int Any) Nil ! error))
(define (array-set! a i x)
  "Replaces the item at position i by x. Raises index-error. Gives nil.
    (let ((a (array 1 2))) (array-set! a 0 9) a) => (array 9 2)"
  (%array-set a i x))

(%sig array-push! (((Array Any) Any) Nil))
(define (array-push! a x)
  "Adds x at the end. Gives nil.
    (let ((a (array 1))) (array-push! a 2) a) => (array 1 2)"
  (%array-push a x))

(%sig array-pop! (((Array a)) a ! error))
(define (array-pop! a)
  "Takes the last item away and gives it. Raises empty-error.
    (array-pop! (array 1 2)) => 2"
  (%array-pop a))

(%sig array-fill! (((Array Any) Any) Nil))
(define (array-fill! a x)
  "Replaces all items by x. Gives nil.
    (let ((a (array 1 2))) (array-fill! a 0) a) => (array 0 0)"
  (%array-fill a x))

(%sig array-swap! (((Array Any) Int Int) Nil ! error))
(define (array-swap! a i j)
  "Exchanges the items at positions i and j. Raises index-error. Gives nil.
    (let ((a (array 1 2))) (array-swap! a 0 1) a) => (array 2 1)"
  (%array-swap a i j))

(%sig array-copy (((Array Any)) (Array Any)))
(define (array-copy a)
  "A new Array with the same items.
    (array-copy (array 1 2)) => (array 1 2)"
  (%array-copy a))

(%sig array-slice (((Array Any) Int Int) (Array Any)))
(define (array-slice a start end)
  "A new Array of the items from position start up to, without, end. Positions outside are brought to the nearest end.
    (array-slice (array 1 2 3) 1 3) => (array 2 3)"
  (%array-slice a start end))

(%sig array-map (((Function a Any ! e) (Array a)) (Array Any) ! e))
(define (array-map f a)
  "A new Array of what f gives for each item.
    (array-map inc (array 1 2)) => (array 2 3)"
  (if (%is-function f) nil (%argument-error "array-map" 1 "a Function" f))
  (if (%is-array a) nil (%argument-error "array-map" 2 "an Array" a))
  (loop ((l (%array->list a)) (acc []))
    (if (%is-cons l)
        (recur (%tail-unchecked l) (%cons-unchecked (f (%head-unchecked l)) acc))
        (%list->array (%list-reverse acc)))))

(%sig array-sort! (((Array Any)) Nil))
(define (array-sort! a)
  "Puts the items in the order of compare. Equal items keep their order. Gives nil.
    (let ((a (array 3 1 2))) (array-sort! a) a) => (array 1 2 3)"
  (%array-sort a))
