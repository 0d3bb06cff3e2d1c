(module values2 (export first-value second-value)
  (define a 10)
  (define (times-a x) (* a x))
  (tuple (times-a 2) times-a))
