; Lines of standard input: with and without an end, empty ones, Unicode, a long one.
(define (read-all) (loop ((acc [])) (let ((line (read-line))) (if (nil? line) (reverse acc) (recur (cons line acc))))))
(define lines (read-all))
(print (length lines) (map string-length lines))
(print (first lines) (to-source (second lines)) (nth lines 2))
(print (to-source (last lines)) (read-line) (read-line))
