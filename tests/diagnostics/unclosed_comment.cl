(print 1)
#| outer #| inner |#
(print 2)
