; What coroutines hold survives collections, while their stacks grow, move and shrink; what nobody can resume is freed.
(import "std/%coroutine" (coroutine-new coroutine-resume coroutine-yield coroutine-status coroutine-copy))

(define (next c) (coroutine-resume c nil))

; Frames with lists in them, suspended at every level, on the way down and on the way up.
(define (build n)
  (if (= n 0)
    []
    (let ((mine (list n (str n))))
      (coroutine-yield mine)
      (let ((rest (build (- n 1))))
        (coroutine-yield mine)
        (cons mine rest)))))
(define (run c)
  (loop ((count 0) (last nil))
    (let ((v (next c)))
      (if (= (coroutine-status c) :ended)
        (list count last (length v) (head v))
        (recur (+ count 1) v)))))
(define (built n) (coroutine-new (lambda (_) (build n))))
(print (run (built 40)))
(print (map run (map built [1 2 3 20])))

; Many coroutines in turn, each with its own garbage.
(define workers
  (map
    (lambda (id)
      (coroutine-new
        (lambda (_)
          (loop ((i 0) (kept []))
            (coroutine-yield (list id i (length kept)))
            (recur (+ i 1) (if (= (rem i 3) 0) (cons (str id "-" i) kept) kept))))))
    (range 20)))
(define (rounds n) (loop ((i 0) (last nil)) (if (= i n) last (recur (+ i 1) (map next workers)))))
(print (drop 17 (rounds 10)))
(gc:collect)
(print (drop 17 (rounds 10)))

; Dropped half-way, alone and in a ring that only refers to itself.
(define (drop-some n)
  (dotimes (i n)
    (let ((c (built 5))) (next c) (next c)))
  (dotimes (i n)
    (let ((cell (state:new nil)) (c (coroutine-new (lambda (v) (coroutine-yield v) (state:get cell)))))
      (state:set cell c)
      (coroutine-resume c c))))
(drop-some 50)
(gc:collect)
(drop-some 50)
(print (map next (take 2 workers)))

; Copies of a deep stack.
(define deep (built 30))
(dotimes (i 45) (next deep))
(gc:collect)
(define copies (map (lambda (_) (coroutine-copy deep)) (range 5)))
(gc:collect)
(print (map run copies) (run deep))
