; The program: after its top level has run, `main` is called with the command line's arguments.

(define (greeting name)
  "What to say to someone.
    (greeting \"Ada\") => \"Hello, Ada!\""
  (str "Hello, " name "!"))

(define (main args)
  (if (empty? args)
      (print (greeting "world"))
      (for-each (name args)
        (print (greeting name)))))
