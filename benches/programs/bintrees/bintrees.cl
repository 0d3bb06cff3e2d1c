; Allocation: trees that live long and trees that die at once.
(data Tree (Leaf) (Node Tree Tree))

(define (make depth)
  (if (= depth 0)
    (Node Leaf Leaf)
    (let ((left (make (- depth 1))))
      (Node left (make (- depth 1))))))

(define (check tree)
  (match tree
    (Leaf 0)
    ((Node left right) (+ 1 (check left) (check right)))))

(define (times k depth sum)
  (if (= k 0) sum (times (- k 1) depth (+ sum (check (make depth))))))

(define (run n least)
  (let ((stretch (check (make (+ n 1))))
        (long-lived (make n)))
    (loop ((depth least) (sum stretch))
      (if (> depth n)
        (+ sum (check long-lived))
        (recur (+ depth 2) (times (shift-left 1 (+ (- n depth) least)) depth sum))))))

(define (main args)
  (print "bintrees" (run (if (empty? args) 18 (parse-int (head args))) 4)))
