; Constructors are tested once each; the older spelling only where the usual one fails.
; shows: area
(data Shape (Circle r) (Rect w h) (Unit))
(define (area s)
  (match s
    ((Circle r) (* r r))
    ((Rect w h) (* w h))
    (Unit 1.0)))
(print (area Unit))
