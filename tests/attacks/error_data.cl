; --allow time
; refused: io:print
; The function travels in an error's data.
(try (error:raise "carry" "" (lambda () (print "out")))
  (catch (e) ((get e "data"))))
