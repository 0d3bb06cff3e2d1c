; --allow time
; refused: io:print
; Importing is enough: a module's top level runs.
(import "lib_loud" (quiet))
(quiet)
