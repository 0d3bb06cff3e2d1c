; Who waits for the clock goes on while the main program computes and nothing else is there.
(go (do (time:sleep 0.02) (print "woken") (io:exit 0)))
(loop ((i 0)) (recur (+ i 1)))
