(print 'apple ')
(print [1 #;])
