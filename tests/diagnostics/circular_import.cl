(import "lib_circle_a" (a))
(print a)
;! error E0104: circular import: lib_circle_a -> lib_circle_b -> lib_circle_a
;!   lib_circle_b.cl:1:9: this import closes the circle
;!   = help: move what these modules share into a module of its own
