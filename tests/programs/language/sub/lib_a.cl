(module a (export who make) (import "lib_b" (b)) (define (who) "a") (define (make) (str "a+" (b))))
