; Two goroutines hand a number to and fro over unbuffered channels.
(define (pong ping back)
  (let (({"ok" ok "value" v} (receive! ping)))
    (when ok
      (send! back (+ v 1))
      (pong ping back))))

(define (main args)
  (let ((n (quot (if (empty? args) 2000000 (parse-int (head args))) 2))
        (ping (chan))
        (back (chan)))
    (go (pong ping back) (concurrent:close back))
    (let ((v (loop ((i 0) (v 0))
               (if (= i n)
                   v
                   (do (send! ping v)
                       (recur (+ i 1) (get (receive! back) "value")))))))
      (concurrent:close ping)
      (print "pingpong" v))))
