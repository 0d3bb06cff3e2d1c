; Coroutines of all depths, resumed, copied and dropped in a random order: each result must be what the same function
; gives without coroutines.
(import "std/%coroutine" (coroutine-new coroutine-resume coroutine-yield coroutine-status coroutine-copy))

; A generator of pseudo-random numbers: the next seed.
(define (step seed) (rem (+ (* seed 1103515245) 12345) 2147483648))
(define (pick seed n) (rem (quot seed 65536) n))

; A tree of calls shaped by the seed: the depth, the garbage, and where it pauses.
(define (grow n seed pause)
  (if (= n 0)
    (list (pick seed 1000))
    (let ((next (step seed))
          (mine (str n "/" (pick next 100))))
      (if (= (pick next 5) 0) (pause n) nil)
      (let ((inside (grow (- n 1) (step next) pause))
            (more (if (= (pick next 7) 0) (grow (quot n 3) (+ next 1) pause) [])))
        (if (= (pick next 6) 0) (pause n) nil)
        (list (length mine) (+ (head inside) (fold + 0 more)) (length inside) (length more))))))

(define (task seed) (grow (pick seed 60) seed (lambda (n) (coroutine-yield n))))
(define (expected seed) (grow (pick seed 60) seed (lambda (n) n)))

; A slot holds (tuple seed coroutine).
(define (fresh seed) (tuple seed (coroutine-new (lambda (_) (task seed)))))
(define (coroutine-of slot) (match slot ((tuple _ c) c)))
(define (seed-of slot) (match slot ((tuple seed _) seed)))

(define slots (array 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0))
(dotimes (i 16) (array-set! slots i (fresh (step (* 7919 (+ i 1))))))

(define (run rounds)
  (loop ((i 0) (seed 42) (ended 0) (wrong 0))
    (if (= i rounds)
      (list (> ended 10) wrong)
      (let ((seed (step seed))
            (at (pick seed 16))
            (other (pick (step seed) 16))
            (what (pick (step (step seed)) 20))
            (slot (array-get slots at)))
        (cond
          ((= what 0)
            (array-set! slots other (fresh seed))
            (recur (+ i 1) seed ended wrong))
          ((and (= what 1) (= (coroutine-status (coroutine-of slot)) :suspended))
            (array-set! slots other (tuple (seed-of slot) (coroutine-copy (coroutine-of slot))))
            (recur (+ i 1) seed ended wrong))
          (else
            (let ((value (coroutine-resume (coroutine-of slot) i)))
              (if (= (coroutine-status (coroutine-of slot)) :ended)
                (do
                  (array-set! slots at (fresh seed))
                  (recur (+ i 1) seed (+ ended 1) (if (= value (expected (seed-of slot))) wrong (+ wrong 1))))
                (recur (+ i 1) seed ended wrong)))))))))
(print (run 3000))
(gc:collect)
(print (run 1000))
