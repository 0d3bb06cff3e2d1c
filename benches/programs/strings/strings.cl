; A long text, built piece by piece and read character by character.
(define (build n)
  (let ((text (string-builder)))
    (dotimes (i n) (sb-add! text "item" (number->string i) ";"))
    (sb-string text)))

(define (hash s)
  (let ((n (string-length s)))
    (loop ((i 0) (h 7))
      (if (= i n)
        h
        (recur (+ i 1) (rem (+ (* h 31) (char-code (char-at s i))) 1000000007))))))

(define (main args)
  (print "strings" (hash (build (if (empty? args) 1000000 (parse-int (head args)))))))
