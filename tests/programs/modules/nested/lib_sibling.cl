(define (sibling) "nested sibling")
