; A function with a result annotation still calls itself in tail position.
; shows: f
(define (f (n : Int) g) : Int
  (if (g n) (f n g) (g n)))
(print (f 1 print))
