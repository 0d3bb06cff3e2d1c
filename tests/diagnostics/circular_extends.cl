(define (f n) n)
(define (g n) n)
(define (h n) n)
(define (i n) n)
(spec:contract f :extends g)
(spec:contract g :extends h)
(spec:contract h :extends f)
(spec:contract i :extends i)
(define (j n) n)
(spec:contract j :extends h)
(print (f 1) (g 1) (h 1) (i 1) (j 1))
;! error E0608: contracts extend each other: `f` extends `g` extends `h` extends `f`
;!   5:27: this leads back to the contract itself
;!   6:27: by way of this one
;!   7:27: by way of this one
;!   = help: remove one `:extends` of the circle
;! error E0608: contracts extend each other: `i` extends `i`
;!   8:27: this leads back to the contract itself
;!   = help: remove one `:extends` of the circle
