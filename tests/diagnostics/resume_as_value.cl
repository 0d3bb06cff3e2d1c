; What needs a captured continuation is not there yet.
(define-effect ask (number -> Int))
(print (handler ((ask:number (lambda () (+ 1 (resume 1))))) (ask:number)))
(print (handler ((ask:number (lambda () (resume-many k) (+ (k 1) (k 2))))) (ask:number)))
;! error E0208: `resume` other than in tail position of its clause is not supported yet
;!   3:19: this version of the compiler cannot compile it
;!   = help: a later version will; rewrite this part without it for now
;! error E0208: `resume` other than in tail position of its clause is not supported yet
;!   4:19: this version of the compiler cannot compile it
;!   = help: a later version will; rewrite this part without it for now
