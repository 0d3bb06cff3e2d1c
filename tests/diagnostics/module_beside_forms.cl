(define (f x) (if x 1 undefined1))
(module m (export f g))
(print undefined2)
;! error E0101: unbound name `undefined1`
;!   1:23: nothing in scope has this name
;!   = help: define it, import it, or add it as a parameter
;! error E0209: `module` may stand only alone in its file, around everything else
;!   2:1: not here
;!   = help: move it to such a place
;! error E0106: `g` is exported, but not defined
;!   2:21: the module defines no such name
;!   = help: define it in this module, or take it out of the list
;! error E0101: unbound name `undefined2`
;!   3:8: nothing in scope has this name
;!   = help: define it, import it, or add it as a parameter
