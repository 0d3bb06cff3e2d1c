; The reader's corners.
#|
 block #| nested #| deeper |# |# comment
|#
(print 1,2,,,3)
(print [1,2, 3 ,4] {"a",1,"b",2})
(print -0 +0 007 1_0 -1_000 0xFF 0xdead_beef -0b11 +0o7)
(print 1e2 1E2 1.5e+3 -1.25e-2 1_000.5)
(print - + * /)
(print '- 'a->b 'x.y '... '+a '-b 'λ '名前 'naïve)
(print :k :k-1 :k? :名)
(define λ 3)
(define 名前 "name")
(define naïve-name? true)
(define *stars* 1)
(define a/b 2)
(define <=> 3)
(print λ 名前 naïve-name? *stars* a/b <=>)
(print "é\u{e9}\u{1F600}" (string-length "\u{1F600}é"))
(print "a\
b" "line \
  indented")
(print "multi
  line" "with ; no comment" "#| none |#")
(print #;1 2 #;(a b [c]) 3 #; 4 5 #;#;6 7 8)
(print (quote a) '() '(1 . 2) '[1 (2)] '{a 1} '"s" '1 ':k 'nil 'true '#t)
(print (list 'a) (= 'a (quote a)) (= '(1 2) [1 2]) (= "a" 'a) (= :a 'a))
(print [] '() ( list 1 ) [ ] { } #{ })
; comment at the end of a list
(print [1 2 ; two
  3 ; three
  ])
(print "last; not a comment") ; comment
(print {1 2 1.5 3 "1" 4 :1 5})
;; no newline at the end of the file
(print "end")