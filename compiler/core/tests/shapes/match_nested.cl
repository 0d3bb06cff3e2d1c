; Nested constructor patterns: both spellings of a part meet.
; shows: f
(data T (Leaf) (Node l r))
(define (f t)
  (match t
    ((Node (Node a b) c) (tuple a b c))
    (other other)))
(print (f Leaf))
