; Primes by a chain of goroutines, one for each prime.
(define (numbers out i)
  (send! out i)
  (numbers out (+ i 1)))

(define (sift in out p)
  (let (({"ok" ok "value" v} (receive! in)))
    (when ok
      (unless (= 0 (rem v p)) (send! out v))
      (sift in out p))))

(define (main args)
  (let ((n (if (empty? args) 2500 (parse-int (head args))))
        (first (chan)))
    (go (numbers first 2))
    (print "sieve"
      (loop ((i 0) (c first) (p 0))
        (if (= i n)
            p
            (let ((p (get (receive! c) "value"))
                  (next (chan)))
              (go (sift c next p))
              (recur (+ i 1) next p)))))))
