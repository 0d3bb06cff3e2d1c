; --allow io
; refused: ask:name
(define-effect ask (name -> String))
(print (try (ask:name) (catch (e) "nobody")))
