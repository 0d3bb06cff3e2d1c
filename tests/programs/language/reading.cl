; §1 reading
(print 42 -17 +3 1_000_000 0xff 0b101 0o17 123456789012345678901234567890)
(print 3.14 -0.5 1e9 2.5e-3 +inf -inf +nan)
(print #t #f true false nil)
(print "a\tb\\c\"d\u{1F600}" "joined \
        line")
(print [1, 2, 3] '(1 a "b") 'x ':k '[1 (2 x)])
#| block #| nested |# still |#
(print #;(skipped this) 1 #;2)
(print {"a" 1 :b 2} #{1 2} {} #{} [])
(define a:b 1)
(print a:b)
(print (quote x) '() '{a 1} '#{x y})
