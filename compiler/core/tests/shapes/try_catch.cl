; A catch clause stands outside of what it guards: its last call is a tail call.
; shows: f
(define (f x)
  (try (x 1)
    (catch (e) (f e))))
(print (f 1))
