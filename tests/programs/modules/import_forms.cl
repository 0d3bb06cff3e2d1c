; Each form of import, each module run once, before its importers.
(import "lib_middle" (quadruple bump-twice! shown))
(import "lib_plain" ((answer as the-answer) (current as count) double))
(import "lib_plain" :as plain)
(import "lib_hidden" *)
(import "nested/lib_outer" :as out)
(import "lib_sibling" (sibling))
(print "main runs")
(print (quadruple 3) the-answer (double 4) shown)
; one counter, whoever asks
(print (count) (bump-twice!) (count) (plain:bump!) plain:counter (plain:current))
(print (visible) (point-x (make-point 3 4)))
(print (out:outer) (sibling))
; a qualified name is a value like any other
(print (map plain:double [1 2 3]) ((lambda (f) (f 5)) plain:double))
; what is imported may be shadowed locally
(define (f double) (double 1))
(print (f (lambda (x) (str "local " x))) (let ((the-answer 0)) the-answer) the-answer)
