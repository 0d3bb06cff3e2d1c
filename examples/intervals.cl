; Sets of whole numbers as sorted lists of intervals, with unit tests and properties.
;
;   clc run intervals.cl     shows an example
;   clc test intervals.cl    runs the tests
;   clc doc intervals.cl     shows the documentation

(import "std/test" (test property assert=))

; ---- intervals

; The numbers from one end to the other, both included.
(data Interval (Interval (from Int) (to Int)))

(define (normal intervals)
  "The same numbers in as few intervals as can be, in order.
    (normal [(Interval 5 6) (Interval 1 4)]) => [(Interval 1 6)]"
  (fold add-last [] (sort (filter (lambda ((Interval from to)) (<= from to)) intervals))))

; Puts an interval that starts last behind the others, which are in order.
(define (add-last done next)
  (if (empty? done)
      [next]
      (match [(last done) next]
        ([(Interval a b) (Interval c d)]
          (if (<= c (+ b 1))
              (append (init done) [(Interval a (max b d))])
              (append done [next]))))))

(define (has? intervals n)
  "Whether a number is in one of the intervals.
    (has? [(Interval 1 4)] 3) => true"
  (any? (lambda ((Interval from to)) (<= from n to)) intervals))

(define (size intervals)
  "How many different numbers there are.
    (size [(Interval 1 4) (Interval 3 5)]) => 5"
  (sum (map (lambda ((Interval from to)) (+ 1 (- to from))) (normal intervals))))

; ---- tests

(test "neighbours grow together"
  (assert= (normal [(Interval 5 6) (Interval 1 4)]) [(Interval 1 6)])
  (assert= (normal [(Interval 7 8) (Interval 1 2)]) [(Interval 1 2) (Interval 7 8)]))

(define (some-intervals)
  (gen:list (gen:map Interval (gen:int -20 20) (gen:int -20 20)) 8))

(property "the normal form has the same numbers" ((intervals (some-intervals)) (n (gen:int -25 25)))
  (assert= (has? (normal intervals) n) (has? intervals n)))

(property "it cannot be made shorter" ((intervals (some-intervals)))
  (let ((once (normal intervals)))
    (assert= (normal once) once)))

(property "the size counts what is there" ((intervals (some-intervals)))
  (assert= (size intervals) (count (lambda (n) (has? intervals n)) (range -20 21))))

(define (main)
  (let ((busy [(Interval 9 12) (Interval 14 15) (Interval 11 13)]))
    (print "busy:" (normal busy))
    (print "hours:" (size busy))
    (print "free at 16:" (not (has? busy 16)))))
