(import "lib_shapes" (area))
(data Shape (Point))
(set! print 1)
(set! area 2)
(set! Point 3)
;! error E0111: cannot assign to `print`: it is a name of the library
;!   3:7: no variable of this module
;!   = help: `define` a variable of your own, or let the other module export a function that assigns
;! error E0111: cannot assign to `area`: it is imported from shapes
;!   4:7: no variable of this module
;!   = help: `define` a variable of your own, or let the other module export a function that assigns
;! error E0111: cannot assign to `Point`: it is a constructor
;!   5:7: no variable of this module
;!   = help: `define` a variable of your own, or let the other module export a function that assigns
