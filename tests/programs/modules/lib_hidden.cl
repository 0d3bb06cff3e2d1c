; Only what is listed is exported; the rest is the module's own.
(module hidden (export visible make-point point-x)
  (data Point (Point (x Int) (y Int)))
  (define secret "secret")
  (define (helper s) (str "<" s ">"))
  (define (visible) (helper secret))
  (define (make-point x y) (Point x y))
  (define (point-x p) (match p ((Point x _) x)))
  (print "lib_hidden runs"))
