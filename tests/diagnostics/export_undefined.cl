(module shapes (export area perimeter)
  (define (area w h) (* w h)))
