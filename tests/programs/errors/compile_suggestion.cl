(define (calculate-total items) (sum items))
(print (calculate-totl [1 2 3]))
(print (string-lenght "abc"))
