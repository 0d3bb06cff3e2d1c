; finally stands once, whether there is an error or not.
; shows: f
(define (f g)
  (try (g)
    (catch (e) (g e))
    (finally (print 1))))
(print (f 1))
