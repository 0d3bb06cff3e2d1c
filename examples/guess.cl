; A number guessing game, played by hand or by a test: handlers stand in for the player and for chance.
;
;   clc run guess.cl         a scripted game, whatever the terminal and the random numbers would say
;   clc run guess.cl play    play it yourself

(define (ask prompt)
  "What the player types: a whole number, however often that takes; nil at the end of the input."
  (io:write prompt " ")
  (let ((line (io:read-line)))
    (if (nil? line)
        nil
        (try (parse-int (string-trim line))
          (catch (_) (ask "A whole number, please:"))))))

(define (game most)
  "One game; the number of guesses, or nil if the player gives up."
  (let ((secret (random:int 1 most)))
    (loop ((prompt (str "A number from 1 to " most "?")) (guesses 1))
      (let ((n (ask prompt)))
        (cond
          ((nil? n) nil)
          ((< n secret) (recur "More." (+ guesses 1)))
          ((> n secret) (recur "Less." (+ guesses 1)))
          (else guesses))))))

(define (scripted answers secret body)
  "Runs body with a player who gives these answers, and chance that gives this number. A Tuple of what body gives and what it
writes."
  (let ((left answers) (written []))
    (define (next-answer)
      (if (empty? left)
          nil
          (let ((answer (first left)))
            (set! left (rest left))
            answer)))
    (define (note parts)
      (set! written (append written [(string-trim (string-join (map str parts)))])))
    (let ((result (handler
                    ((io:read-line (lambda () (resume (next-answer))))
                     (io:write (lambda (...parts) (note parts) (resume nil)))
                     (random:int (lambda (lo hi) (resume secret))))
                    (body))))
      (tuple result written))))

(define (show answers secret)
  (match (scripted answers secret (lambda () (game 10)))
    ((tuple guesses written)
      (for-each (line written) (print " " line))
      (print (if guesses (str "found " secret " in " guesses) "gave up")))))

(define (main args)
  (if (= args ["play"])
      (let ((guesses (game 100)))
        (print (if guesses (str "Yes, after " guesses) "\nUntil next time")))
      (do
        (show ["5" "8" "seven" "7"] 7)
        (show ["1" "2"] 3))))
