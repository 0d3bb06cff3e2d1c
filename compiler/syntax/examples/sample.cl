; A page of ordinary ClaudeLang: what the speed measurement repeats, and what the readers are compared on.
(module inventory (export Item make-item total-value restock report)
  (import "std/list" (sum))

  (data Item (Item (name String) (price Float) (count Int) (tags (List Keyword))))

  (define low-water-mark 5) ; below this, an item is ordered again

  (define (make-item name price ...tags)
    "An item with nothing in stock yet."
    (Item :name name :price price :count 0 :tags tags))

  (define (total-value items)
    (sum (map (lambda (item) (* (get item :price) (get item :count))) items)))

  #| Restocking gives new items: values never change.
     #| Nested comments are fine. |# |#
  (define (restock items deliveries)
    (loop ((left items) (done []))
      (match left
        ([] (reverse done))
        ([(as item (Item name _ count _)) ...rest]
          (let ((more (get deliveries name 0))
                (updated (set item :count (+ count more))))
            (recur rest (cons updated done)))))))

  (define (classify n)
    (cond ((< n 0) :negative)
          ((= n 0) :empty)
          ((<= n low-water-mark) :low)
          (else :plenty)))

  (define (report items)
    (for-each (item items)
      (let (((Item name price count tags) item))
        (print (concat "item: " name "\n\tprice " (to-string price)) count (classify count))
        (when (and (contains? tags :fragile) (> count 1_000))
          (print-err "too many fragile items:" name 'check-storage))))
    #;(print "debug:" items)
    {"items" (length items) "value" (total-value items) :limits [0xff -17 2.5e-3 +inf] "flags" #{:a :b}})

  (define (checksum xs)
    (->> xs
      (map (lambda (x) (mod (* x 31) 1_000_003)))
      (fold (lambda (acc x) (mod (+ (* acc 7) x) 998244353)) 1))))
