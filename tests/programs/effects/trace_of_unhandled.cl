; A trace shows the user's calls and the library's public functions, none that are private to the library.
(define-effect ask (name String -> String))
(define (greet) (map (lambda (who) (ask:name who)) ["a" "b"]))
(define (mock body) (handler ((ask:name (lambda (who) (resume who)))) (body)))
(define (main)
  (print (mock greet))
  (let ((e (try (greet) (catch (err) err))))
    (print (get e "type"))
    (print (any? (lambda (entry) (string-starts-with? entry "%")) (get e "trace")))))
