; Effects across modules: declared in one, performed and handled in both.
(import "lib_effects" *)
(import "lib_effects" :as m)
(print (with-names (lambda (q) (concat q " Bob")) asker))
(print (handler ((ask:name (lambda (q) (resume "Eve")))) (asker)))
(print (handler ((ask:name (lambda (q) (resume "outer")))) (m:with-names (lambda (q) (ask:name q)) m:asker)))
(define lines [])
(print (handler ((log (lambda (op args) (set! lines (append lines [op args])) (resume nil)))) (twice (lambda () (set! lines (append lines ["body"])) 1))))
(print lines)
(print (try (asker) (catch (e) (get e "type"))))
(print (handler ((ask:name (lambda (q) "left"))) (with-names (lambda (q) (ask:name q)) asker)))
; continuations go from one to the other
(print (lines-of (lambda () (log:line "own") (twice (lambda () (log:line "between"))) :end)))
(print (lines-of (lambda () (match (resume-later asker) ((tuple q k) (log:line q) (k "later"))))))
