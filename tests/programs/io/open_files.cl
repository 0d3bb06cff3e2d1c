; Open files: what is read and written through them, each failure with its type, and handlers that take their operations.
(define path (path-join (temp-dir) (concat "clc-open-" (uuid))))
(define (kind f) (try (f) (catch (e) (get e "type"))))
(define out (io:open-file path "write"))
(print out (type-of out) (= out out) (to-source (io:read-file path)))
(print (io:write-file out "first\n") (io:write-file out "sécond\r\n\nlast"))
(print (to-source (file-read path)))
(print (kind (lambda () (io:read-line out))) (kind (lambda () (io:read-file out))))
(print (io:close-file out) (io:close-file out) (kind (lambda () (io:write-file out "more"))))

(define in (io:open-file path "read"))
(print (to-source (map (lambda (i) (io:read-line in)) (range 6))))
(print (to-source (io:read-file in)) (kind (lambda () (io:write-file in "x"))))
(io:close-file in)
(print (try (io:read-line in) (catch (e) (= (get e "data") path))) (kind (lambda () (io:read-line in))))

; what is left after a line; a file that changes after it was opened
(define again (io:open-file path "read"))
(define more (io:open-file path "append"))
(io:write-file more "!")
(print (io:read-line again) (to-source (io:read-file again)) (to-source (io:read-file again)))
(print (file-size path) (string-ends-with? (file-read path) "last!"))

; opening to write empties; many lines, with garbage between them
(define big (io:open-file path "write"))
(dotimes (i 300) (io:write-file big (str "line " i "\n")))
(define numbers (io:open-file path "read"))
(print (loop ((n 0) (last nil)) (let ((line (io:read-line numbers))) (if line (recur (+ n 1) line) [n last]))))
(print (dict-get {numbers "a key"} numbers) (= numbers big))

; failures
(file-write-bytes path (bytes 97 10 255 10 98))
(define odd (io:open-file path "read"))
(print (io:read-line odd) (kind (lambda () (io:read-line odd))) (io:read-line odd))
(print (kind (lambda () (io:open-file "/no/such/file" "read"))) (kind (lambda () (io:open-file "/no/such/file" "write")))
       (kind (lambda () (io:open-file (temp-dir) "append"))) (kind (lambda () (io:open-file path "both"))))
(define anything (parse-int "1"))
(print (kind (lambda () (io:close-file anything))) (kind (lambda () (io:open-file anything "read"))) (kind (lambda () (io:read-line anything))))
(io:delete-file path)
(print (kind (lambda () (io:write-file more "x"))) (file-exists? path))

; mocked: the file is what the handler says it is
(define text "")
(print (handler ((io:open-file (lambda (path mode) (resume [path mode])))
                 (io:write-file (lambda (file more) (set! text (str text (head file) ":" more ";")) (resume nil)))
                 (io:read-line (lambda (file) (resume (str "a line of " (head file)))))
                 (io:close-file (lambda (file) (set! text (str text "closed")) (resume nil))))
  (let ((f (io:open-file "notes" "write")))
    (io:write-file f "one")
    (io:write-file f "two")
    (print (io:read-line f))
    (io:close-file f)
    text)))
