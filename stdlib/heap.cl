; A mutable priority queue: a binary heap over an Array.
;
; A heap is a Tuple (tuple :heap items before?): an Array in heap order, and a function that says of two items whether
; the first must come out before the second. Library files hold no data types, hence the Tuple.

(%sig heap-new
  (() (Tuple Keyword (Array Any) (Function Any Any Bool)))
  (((Function Any Any (or Bool Number) ! e)) (Tuple Keyword (Array Any) (Function Any Any Bool ! e))))
(define heap-new
  (%case-lambda
    (()
      "A new, empty heap. Its first item is the least by cmp, which is like compare (the default) or like <.
    (let ((h (heap-new))) (heap-push! h 2) (heap-push! h 1) (heap-pop! h)) => 1"
      (tuple :heap (array) (lambda (a b) (%lt (%compare a b) 0))))
    ((cmp)
      (if (%is-function cmp) nil (%argument-error "heap-new" 1 "a Function" cmp))
      (tuple :heap (array) (lambda (a b) (let ((c (cmp a b))) (if (%is-bool c) c (%lt c 0))))))))

; The part at position i of what must be a heap, for a function that names itself.
(define (%part function h i)
  (if (and (%is-tuple h) (%same (%tuple-size h) 3) (%same (%tuple-ref h 0) :heap))
      (%tuple-ref h i)
      (%argument-error function 1 "a heap" h)))

(%sig heap-size (((Tuple Keyword (Array Any) Any)) Int))
(define (heap-size h)
  "The number of items.
    (heap-size (heap-new)) => 0"
  (%array-length (%part "heap-size" h 1)))

(%sig heap-peek (((Tuple Keyword (Array a) Any)) a ! error))
(define (heap-peek h)
  "The first item. Raises empty-error.
    (let ((h (heap-new >))) (heap-push! h 1) (heap-push! h 2) (heap-peek h)) => 2"
  (let ((items (%part "heap-peek" h 1)))
    (if (%same (%array-length items) 0)
        (%raise "empty-error" "heap-peek: the heap is empty" nil)
        (%array-get items 0))))

(%sig heap-push! (((Tuple Keyword (Array Any) (Function Any Any Bool ! e)) Any) Nil ! e))
(define (heap-push! h x)
  "Adds an item. O(log n). Gives nil.
    (let ((h (heap-new))) (heap-push! h 5) (heap-size h)) => 1"
  (let ((items (%part "heap-push!" h 1))
        (before? (%tuple-ref h 2)))
    (%array-push items x)
    (loop ((i (%sub (%array-length items) 1)))
      (when (%gt i 0)
        (let ((parent (%quot (%sub i 1) 2)))
          (when (before? (%array-get items i) (%array-get items parent))
            (%array-swap items i parent)
            (recur parent)))))))

(%sig heap-pop! (((Tuple Keyword (Array a) (Function Any Any Bool ! e))) a ! e error))
(define (heap-pop! h)
  "Takes the first item away and gives it. O(log n). Raises empty-error.
    (let ((h (heap-new))) (heap-push! h 2) (heap-push! h 1) (heap-pop! h)) => 1"
  (let ((items (%part "heap-pop!" h 1)))
    (if (%same (%array-length items) 0)
        (%raise "empty-error" "heap-pop!: the heap is empty" nil)
        (let ((first (%array-get items 0))
              (last (%array-pop items)))
          (when (%gt (%array-length items) 0)
            (%array-set items 0 last)
            (%sift-down items (%tuple-ref h 2)))
          first))))

; Moves the item at the top down until no child must come out before it.
(define (%sift-down items before?)
  (let ((n (%array-length items)))
    (loop ((i 0))
      (let ((left (%add (%mul 2 i) 1))
            (right (%add left 1)))
        (when (%lt left n)
          (let ((child (if (and (%lt right n) (before? (%array-get items right) (%array-get items left)))
                           right
                           left)))
            (when (before? (%array-get items child) (%array-get items i))
              (%array-swap items i child)
              (recur child))))))))
