; Macros that define: names, data, functions, other macros; recursion and mutual recursion.
(define-syntax define-all (syntax-rules () ((define-all (name value)) (define name value))))
(define-all (first-one 1))
(define-syntax record (syntax-rules () ((record Name (field ...) getter) (data Name (Name (field Any) ...)))))
(record Point (x y) unused)
(print (Point 1 2) (get (Point 3 4) :y))

(define-syntax even-count (syntax-rules () ((even-count) true) ((even-count _ rest ...) (odd-count rest ...))))
(define-syntax odd-count (syntax-rules () ((odd-count) false) ((odd-count _ rest ...) (even-count rest ...))))
(print (even-count a b c) (even-count a b))

(define-syntax define-constant-macro (syntax-rules () ((define-constant-macro name v) (define-syntax name (syntax-rules () ((name) v) ((name x) (list v x)))))))
(define-constant-macro seven 7)
(print (seven) (seven 8) first-one)

; a macro that makes a macro with ellipses of its own
(define-syntax define-lister (syntax-rules ()
  ((define-lister name prefix) (define-syntax name (syntax-rules () ((name x (... ...)) (list prefix x (... ...))))))))
(define-lister greet "hello")
(print (greet 1 2 3) (greet))

; names that a template defines in a body stay there
(define-syntax with-temp (syntax-rules () ((with-temp e) (do (define temp 10) (+ temp e)))))
(define temp 1)
(print (with-temp temp) temp)

; reversing at compile time
(define-syntax reversed (syntax-rules () ((reversed () done ...) (list done ...)) ((reversed (x more ...) done ...) (reversed (more ...) x done ...))))
(print (reversed (1 2 3)))

; a definition of a function from parts, with a rest parameter of the template's
(define-syntax define-variadic (syntax-rules () ((define-variadic (name p ...) body) (define (name p ... ...others) (list body others)))))
(define-variadic (sum-two a b) (+ a b))
(print (sum-two 1 2 3 4))

; patterns and handlers come out of macros too
(define-syntax if-some (syntax-rules () ((if-some (v e) then otherwise) (match e ((Some2 v) then) (_ otherwise)))))
(data Option2 (None2) (Some2 v))
(print (if-some (v (Some2 5)) (+ v 1) 0) (if-some (v None2) v "none"))
(define-syntax attempt (syntax-rules () ((attempt e fallback) (try e (catch (err) fallback)))))
(print (let ((err "mine")) (attempt (error "x") err)))
