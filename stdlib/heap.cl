; A mutable priority queue: a binary heap over an Array.

(module heap (export heap-new heap-push! heap-pop! heap-peek heap-size)

  ; `before?` says of two items whether the first must come out before the second.
  (data Heap (Heap (items (Array Any)) (before? Any)))

  (define (heap-new ...cmp)
    "A new, empty heap. Its first item is the least by cmp, which is like compare (the default) or like <.
    (let ((h (heap-new))) (heap-push! h 2) (heap-push! h 1) (heap-pop! h)) => 1"
    (match cmp
      ([] (Heap (array) (lambda (a b) (< (compare a b) 0))))
      ([f] (Heap (array) (lambda (a b) (let ((c (f a b))) (if (bool? c) c (< c 0))))))
      (_ (error:raise "arity-error" "heap-new takes at most one argument"))))

  ; The items of what must be a heap, for a function that names itself.
  (define (heap-items function h)
    (match h
      ((Heap items _) items)
      (_ (%argument-error function 1 "a heap" h))))

  (define (heap-size h)
    "The number of items.
    (heap-size (heap-new)) => 0"
    (array-length (heap-items "heap-size" h)))

  (define (heap-peek h)
    "The first item. Raises empty-error.
    (let ((h (heap-new >))) (heap-push! h 1) (heap-push! h 2) (heap-peek h)) => 2"
    (let ((items (heap-items "heap-peek" h)))
      (if (= (array-length items) 0)
          (error:raise "empty-error" "heap-peek: the heap is empty")
          (array-get items 0))))

  (define (heap-push! h x)
    "Adds an item. O(log n). Gives nil.
    (let ((h (heap-new))) (heap-push! h 5) (heap-size h)) => 1"
    (let ((items (heap-items "heap-push!" h)) (before? (get h :before?)))
      (array-push! items x)
      (loop ((i (- (array-length items) 1)))
        (when (> i 0)
          (let ((parent (quot (- i 1) 2)))
            (when (before? (array-get items i) (array-get items parent))
              (array-swap! items i parent)
              (recur parent)))))))

  (define (heap-pop! h)
    "Takes the first item away and gives it. O(log n). Raises empty-error.
    (let ((h (heap-new))) (heap-push! h 2) (heap-push! h 1) (heap-pop! h)) => 1"
    (let ((items (heap-items "heap-pop!" h)) (before? (get h :before?)))
      (if (= (array-length items) 0)
          (error:raise "empty-error" "heap-pop!: the heap is empty")
          (let ((first (array-get items 0)) (last (array-pop! items)))
            (when (> (array-length items) 0)
              (array-set! items 0 last)
              (sift-down items before?))
            first))))

  ; Moves the item at the top down until no child must come out before it.
  (define (sift-down items before?)
    (let ((n (array-length items)))
      (loop ((i 0))
        (let ((left (+ (* 2 i) 1)) (right (+ left 1)))
          (when (< left n)
            (let ((child (if (and (< right n) (before? (array-get items right) (array-get items left))) right left)))
              (when (before? (array-get items child) (array-get items i))
                (array-swap! items i child)
                (recur child)))))))))
