; Reads orders as JSON from standard input and writes a report as JSON: what each customer bought, and what it cost.
;
;   clc run json-report.cl < json-report.in

(data Order (Order (customer String) (item String) (pieces Int) (price Number)))

(define (field record name kind? expected)
  "A field of a record of the input, or an error that says which one is wrong."
  (let ((value (get record name)))
    (if (kind? value)
        value
        (error:raise
          "bad-order"
          (str "field " (to-source name) " must be " expected ", and is " (to-source value))))))

(define (parse-order record)
  (Order
    (field record "customer" string? "a text")
    (field record "item" string? "a text")
    (field record "pieces" int? "a whole number")
    (field record "price" number? "a number")))

(define (cost (Order _ _2 pieces price)) (* pieces price))

(define (customer-report (tuple name orders))
  {"customer" name
   "items" (sort (unique (map (lambda (o) (get o :item)) orders)))
   "total" (round-to (sum (map cost orders)) 2)})

(define (report records)
  (let ((checked (map (lambda (r) (try (parse-order r) (catch (err) (get err "message")))) records))
        ((tuple problems orders) (partition string? checked)))
    {"customers" (->> orders
                      (group-by (lambda (o) (get o :customer)))
                      dict-items
                      (map customer-report)
                      (sort-by (lambda (c) (get c "total"))))
     "problems" problems}))

(define (read-all)
  (loop ((lines []))
    (let ((line (read-line)))
      (if (nil? line) (string-join (reverse lines) "\n") (recur (cons line lines))))))

(define (main)
  (print (json-stringify (report (json-parse (read-all))) 2)))
