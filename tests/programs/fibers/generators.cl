; Coroutines as generators: values both ways, ends, states, copies.
(import "std/%coroutine" (coroutine-new coroutine-resume coroutine-yield coroutine-status coroutine-copy))

(define (next c) (coroutine-resume c nil))

(define (numbers-from n)
  (coroutine-new (lambda (_) (loop ((i n)) (coroutine-yield i) (recur (+ i 1))))))

; What a generator gives until it ends.
(define (drain c)
  (loop ((items []))
    (let ((item (next c)))
      (if (= (coroutine-status c) :ended) (reverse items) (recur (cons item items))))))

(let ((c (numbers-from 5)))
  (print (next c) (next c) (next c)))

; The value of a yield is what the coroutine is next resumed with.
(define accumulator
  (coroutine-new (lambda (v) (loop ((sum v)) (recur (+ sum (coroutine-yield sum)))))))
(print (map (lambda (v) (coroutine-resume accumulator v)) [1 10 100 1000]))

; The states, seen from outside and from inside.
(define seen
  (coroutine-new
    (lambda (self)
      (print "inside" (coroutine-status self))
      (let ((inner (coroutine-new (lambda (_) (print "outer, from inner" (coroutine-status self))))))
        (next inner)
        (print "inner" (coroutine-status inner)))
      :result)))
(print (coroutine-status seen))
(print (coroutine-resume seen seen) (coroutine-status seen))

; Yields from below a call that is not a tail call, and from a function of the library.
(define (walk tree)
  (if (list? tree) (for-each walk tree) (coroutine-yield tree)))
(define (leaves tree) (drain (coroutine-new (lambda (_) (walk tree) nil))))
(print (leaves [1 [2 [3 4] []] [[5]]]))
(print (drain (coroutine-new (lambda (_) (map coroutine-yield ["a" "b" "c"]) nil))))

; A coroutine inside a coroutine: the sieve, each filter resumes the one before.
(define (filtered c p)
  (coroutine-new
    (lambda (_)
      (loop ()
        (let ((n (next c)))
          (if (= (rem n p) 0) nil (coroutine-yield n))
          (recur))))))
(define (primes count)
  (loop ((c (numbers-from 2)) (found []))
    (if (= (length found) count)
      (reverse found)
      (let ((p (next c)))
        (recur (filtered c p) (cons p found))))))
(print (primes 25))

; A copy goes on by itself, from a stack of many frames as well.
(define (bits n) (if (= n 0) 0 (let ((bit (coroutine-yield n))) (+ bit (* 2 (bits (- n 1)))))))
(define original (coroutine-new bits))
(coroutine-resume original 3)
(define (finish c answers)
  (fold (lambda (_ a) (coroutine-resume c a)) nil answers))
(define copies (map (lambda (_) (coroutine-copy original)) (range 3)))
(print (map finish copies [[0 0 0] [1 0 1] [1 1 1]]) (finish original [0 1 0]))
(print (map coroutine-status copies) (coroutine-status original))
