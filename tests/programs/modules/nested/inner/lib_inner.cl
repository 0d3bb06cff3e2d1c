(module inner (export inner)
  (define depth 2)
  (define (inner) (str "inner at depth " depth)))
