; A guard that fails goes on with the next arm, and recur in an arm's body is a jump.
; shows: f
(define (f xs)
  (loop ((xs xs) (n 0))
    (match xs
      ([x ...rest] :when (> x n) (recur rest x))
      ([_ ...rest] (recur rest n))
      (_ n))))
(print (f [1 2]))
