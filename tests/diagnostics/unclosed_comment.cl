(print 1)
#| outer #| inner |#
(print 2)
;! error E0005: this comment is never closed
;!   2:1: the comment starts here
;!   = help: add `|#` where the comment ends
