(module text (export center)
  (define (center text width)
    "The text with spaces before it, so that it stands in the middle."
    (let ((room (- width (string-length text))))
      (if (> room 0) (str (string-repeat " " (quot room 2)) text) text))))
