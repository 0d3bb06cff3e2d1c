(module table (export print-table)
  (import "text" (center))

  (define (print-row cells)
    (print (string-join (map (lambda (cell) (string-pad-right (to-string cell) 12)) cells))))

  (define (print-table header rows)
    (print (center "table" 24))
    (print-row header)
    (for-each (row rows) (print-row row))))
