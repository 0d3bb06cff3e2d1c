(module tup (export one two) (let ((x 1)) (tuple x (lambda () (+ x 1)))))
