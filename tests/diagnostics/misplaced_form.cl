(print (+ 1 (define x 2)))
(define (f) (import "lib_shapes" (area)) (area 1 2))
(f)
;! error E0209: `define` may stand only at the top level or directly in a body
;!   1:13: not here
;!   = help: move it to such a place
;! error E0209: `import` may stand only at the top level
;!   2:13: not here
;!   = help: move it to such a place
;! error E0101: unbound name `area`
;!   2:43: nothing in scope has this name
;!   = help: define it, import it, or add it as a parameter
