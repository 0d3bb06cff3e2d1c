; A report from comma-separated sales on standard input (date,region,product,units,price).
; Lines that cannot be read are listed at the end, with the reason.
;
;   clc run sales-report.cl < sales-report.in

(data Sale (Sale (month String) (region String) (product String) (units Int) (price Float)))

(define (number parse text)
  (try (parse text)
    (catch (_) (error:raise "bad-line" (str (to-source text) " is not a number")))))

(define (parse-sale line)
  (match (map string-trim (string-split line ","))
    ([date region product units price]
      (Sale (substring date 0 7) region product (number parse-int units)
            (number parse-float price)))
    (fields (error:raise "bad-line" (str "expected 5 fields, found " (length fields))))))

(define (revenue (Sale _ _2 _3 units price)) (* units price))

(define (read-sales)
  "A Tuple: the sales, and the problems as Tuples of line number and reason."
  (loop ((n 1) (sales []) (problems []))
    (let ((line (read-line)))
      (cond
        ((nil? line) (tuple (reverse sales) (reverse problems)))
        ((or (= n 1) (string-empty? (string-trim line))) (recur (+ n 1) sales problems))
        (else
          (match (try (parse-sale line) (catch (err) (get err "message")))
            ((: why String) (recur (+ n 1) sales (cons (tuple n why) problems)))
            (sale (recur (+ n 1) (cons sale sales) problems))))))))

(define (total sales) (sum (map revenue sales)))

(define (money x)
  "With two decimals and a comma between thousands."
  (let ((cents (round (* 100 x)))
        (whole (number->string (quot cents 100)))
        (fraction (string-pad-left (number->string (rem cents 100)) 2 "0")))
    (str (string-reverse
           (string-join (map string-join (chunk 3 (string->list (string-reverse whole)))) ","))
         "."
         fraction)))

(define (print-row name amount share)
  (print (string-pad-right name 12) (string-pad-left amount 12) (string-pad-left share 7)))

(define (print-table title key sales)
  (print)
  (print title)
  (let ((all (total sales)) (groups (dict-items (group-by key sales))))
    (for-each ((tuple name group) (sort-by (lambda ((tuple _ group)) (total group)) groups :desc))
      (print-row name (money (total group)) (str (round (/ (* 100 (total group)) all)) " %")))
    (print-row "total" (money all) "")))

(define (main)
  (let (((tuple sales problems) (read-sales)))
    (print (length sales) "sales")
    (print-table "by region" (lambda (s) (get s :region)) sales)
    (print-table "by product" (lambda (s) (get s :product)) sales)
    (print-table "by month" (lambda (s) (get s :month)) sales)
    (unless (empty? problems)
      (print)
      (for-each ((tuple line why) problems) (print (str "line " line ": " why))))))
