; Who waits for the clock goes on while the others compute and never wait, on any number of workers.
(go (loop ((i 0)) (recur (+ i 1))))
(go (do (time:sleep 0.02) (print "woken") (io:exit 0)))
(loop ((i 0)) (recur (+ i 1)))
