; --allow time
; accepted
; Errors and state stay inside the program.
(state:set "n" 1)
(define (main) (try (error (str (state:get "n"))) (catch (e) 3)))
