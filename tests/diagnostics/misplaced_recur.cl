(define (f n) (recur n))
(print (loop ((i 0)) (if (< i 3) (+ 1 (recur (+ i 1))) i)))
(print (loop ((i 0)) (if (< i 3) (recur) i)))
(print (loop ((i 0)) (map (lambda (x) (recur x)) [i])))
;! error E0202: `recur` without a `loop` around it in the same function
;!   1:15: there is no loop to jump to
;!   = help: put it in a `(loop ((name value) …) …)`, or call the function by its name
;! error E0202: `recur` is not in tail position
;!   2:39: something remains to be done after this
;!   2:8: the loop that it would jump to
;!   = help: make it the last thing that the body does: carry pending work in a loop variable
;! error E0202: `recur` gives 0 value(s) to a loop with 1 variable(s)
;!   3:34: expected 1 value(s)
;!   3:8: the loop
;!   = help: give one value for each variable of the loop, in order
;! error E0202: `recur` without a `loop` around it in the same function
;!   4:39: there is no loop to jump to
;!   = help: put it in a `(loop ((name value) …) …)`, or call the function by its name
