(define (sibling) "top sibling")
