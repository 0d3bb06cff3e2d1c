(effect io:print "hello")
;! warning W0202: `effect` is not needed to call an operation
;!   1:2: the same as `(io:print …)`
;!   = help: write `(io:print …)`; `clc check --fix` does it
