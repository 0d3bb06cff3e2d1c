(module shapes (export area perimeter)
  (define (area w h) (* w h)))
;! error E0106: `perimeter` is exported, but not defined
;!   1:29: the module defines no such name
;!   = help: define it in this module, or take it out of the list
