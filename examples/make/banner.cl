; Builds from two files: this one and lib/text.cl.
(import "lib/text" (center))

(define (main args)
  (let ((text (if (empty? args) "ClaudeLang" (string-join args " "))))
    (print (string-repeat "=" 40))
    (print (center text 40))
    (print (string-repeat "=" 40))))
