; One warning a name, however often it is used; an older name that the program defines itself is its own.
(define (cdr x) x)
(print (car [1]) (map car [[1] [2]]) (cdr [1]))
(print (string-append "a" "b") (list-sort [2 1]) (random:randint 1 1))
(print (to-int "1"))
;! warning W0201: `car` is an older name
;!   3:9: now `head`
;!   3:23: and here
;!   = help: write `head`; `clc check --fix` does it
;! warning W0201: `string-append` is an older name
;!   4:9: now `concat`
;!   = help: write `concat`; `clc check --fix` does it
;! warning W0201: `list-sort` is an older name
;!   4:33: now `sort`
;!   = help: write `sort`; `clc check --fix` does it
;! warning W0201: `random:randint` is an older name
;!   4:51: now `random:int`
;!   = help: write `random:int`; `clc check --fix` does it
;! warning W0201: `to-int` is an older name
;!   5:9: now `int` or `parse-int`
;!   = help: write `int` or `parse-int`, whichever suits the argument
