; --allow time
; refused: io:print
(try (error "x") (catch (e) (print e)))
