; --allow io
; refused: random:float
(print (uncertain (0.5 1) (0.5 2)))
