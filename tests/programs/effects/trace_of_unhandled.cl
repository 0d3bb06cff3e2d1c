; A trace shows the user's calls and the library's public functions, none that are private to the library.
(define-effect ask (name String -> String))
(define (greet) (str "hello " (ask:name "who")))
(define e (try (greet) (catch (err) err)))
(print (get e "type") (length (get e "trace")))
(print (any? (lambda (entry) (string-starts-with? entry "%")) (get e "trace")))
