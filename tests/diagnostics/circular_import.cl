(import "lib_circle_a" (a))
(print a)
