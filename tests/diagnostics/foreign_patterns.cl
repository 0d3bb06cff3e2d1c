(define (dotted l) (match l ([a . b] (list a b)) ([] 0)))
(define (variadic x . more) (list x more))
(define (ampersand [a & b]) (list a b))
(define (bar [a | b]) (list a b))
(define (pair (a . b)) (list a b))
(define (consed (cons a b)) (list a b))
(define (listed (list a [b])) (list a b))
(define (early [...xs a]) (list xs a))
(define (nameless [a ...]) a)
(define (whole (as [_])) 1)
(define (key {k v}) v)
(define (set #{a}) a)
(print (match 1 ((or) 1) (_ 2)))
;! error E0201: `.` does not mark what is left
;!   1:33: expected `...b`
;!   = help: the last name of a parameter list or list pattern, with three dots before it, takes what is left
;! error E0201: `.` does not mark what is left
;!   2:21: expected `...more`
;!   = help: the last name of a parameter list or list pattern, with three dots before it, takes what is left
;! error E0201: `&` does not mark what is left
;!   3:23: expected `...b`
;!   = help: the last name of a parameter list or list pattern, with three dots before it, takes what is left
;! error E0201: `|` does not mark what is left
;!   4:17: expected `...b`
;!   = help: the last name of a parameter list or list pattern, with three dots before it, takes what is left
;! error E0201: `(a …)` is no pattern
;!   5:15: a pattern is expected here
;!   = help: write `[a ...b]`
;! error E0201: `(cons …)` is no pattern
;!   6:17: a pattern is expected here
;!   = help: write `[a ...b]`
;! error E0201: `(list …)` is no pattern
;!   7:17: a pattern is expected here
;!   = help: write `[a …]`
;! error E0201: malformed pattern
;!   8:17: expected `...name` only as the last item of a list pattern
;!   = help: patterns are literals, names, `_`, `[a b ...rest]`, `(Constructor p …)`, `(tuple p …)`, `{:key p}`, `(or p q)`, `(as p name)` and `(: name Type)`
;! error E0201: malformed pattern
;!   9:22: expected `...name` only as the last item of a list pattern
;!   = help: patterns are literals, names, `_`, `[a b ...rest]`, `(Constructor p …)`, `(tuple p …)`, `{:key p}`, `(or p q)`, `(as p name)` and `(: name Type)`
;! error E0201: malformed pattern
;!   10:16: expected `(as pattern name)`
;!   = help: patterns are literals, names, `_`, `[a b ...rest]`, `(Constructor p …)`, `(tuple p …)`, `{:key p}`, `(or p q)`, `(as p name)` and `(: name Type)`
;! error E0201: malformed pattern
;!   11:15: expected a literal as the key of a Dict pattern
;!   = help: patterns are literals, names, `_`, `[a b ...rest]`, `(Constructor p …)`, `(tuple p …)`, `{:key p}`, `(or p q)`, `(as p name)` and `(: name Type)`
;! error E0201: a Set is no pattern
;!   12:14: a pattern is expected here
;!   = help: patterns are literals, names, `_`, `[a b ...rest]`, `(Constructor p …)`, `(tuple p …)`, `{:key p}`, `(or p q)`, `(as p name)` and `(: name Type)`
;! error E0101: unbound name `a`
;!   12:20: nothing in scope has this name
;!   = help: define it, import it, or add it as a parameter
;! error E0201: malformed pattern
;!   13:18: expected `(or pattern …)`
;!   = help: patterns are literals, names, `_`, `[a b ...rest]`, `(Constructor p …)`, `(tuple p …)`, `{:key p}`, `(or p q)`, `(as p name)` and `(: name Type)`
