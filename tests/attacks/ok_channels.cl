; --allow time
; accepted
(define c (chan 2))
(go (send! c 1))
(define r (receive! c))
(select ((receive! c) (lambda (v) v)) ((timeout 0.001) (lambda () r)))
