; --allow time
; refused: io:print
(import "lib_innocent" :as lib)
(lib:run 1)
