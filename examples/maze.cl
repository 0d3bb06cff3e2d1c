; The shortest way through a maze on standard input: # is wall, S the start, E the end.
;
;   clc run maze.cl < maze.in

(define (read-lines)
  (loop ((lines []))
    (let ((line (read-line)))
      (if (nil? line) (reverse lines) (recur (cons line lines))))))

; A place is a Tuple of row and column; the grid an Array of Strings.
(define (at grid (tuple row column))
  (if (and (>= row 0)
           (< row (array-length grid))
           (>= column 0)
           (< column (string-length (array-get grid row))))
      (char-at (array-get grid row) column)
      "#"))

(define (places grid)
  (flat-map
    (lambda (row)
      (map (lambda (column) (tuple row column)) (range (string-length (array-get grid row)))))
    (range (array-length grid))))

(define (locate grid letter)
  (or (find (lambda (place) (= (at grid place) letter)) (places grid))
      (error:raise "bad-maze" (str "there is no " letter))))

(define (neighbours (tuple row column))
  [(tuple (- row 1) column)
   (tuple row (+ column 1))
   (tuple (+ row 1) column)
   (tuple row (- column 1))])

(define (search grid from to)
  "Breadth-first: a Dict from each place that was reached to the one before it."
  (loop ((queue (queue-enqueue (queue-new) from)) (came-from {from nil}))
    (if (or (queue-empty? queue) (dict-has? came-from to))
        came-from
        (let (((tuple place rest) (queue-dequeue queue))
              (fresh (filter
                       (lambda (next)
                         (and (not= (at grid next) "#") (not (dict-has? came-from next))))
                       (neighbours place))))
          (recur
            (fold queue-enqueue rest fresh)
            (fold (lambda (d next) (set d next place)) came-from fresh))))))

(define (path came-from to)
  (loop ((place to) (acc []))
    (if (nil? place) acc (recur (get came-from place) (cons place acc)))))

(define (draw grid steps)
  (let ((on-path (set-from-list steps)))
    (dotimes (row (array-length grid))
      (print
        (string-join
          (map-indexed
            (lambda (column c) (if (and (= c " ") (set-has? on-path (tuple row column))) "." c))
            (string->list (array-get grid row))))))))

(define (main)
  (let ((grid (list->array (read-lines)))
        (end (locate grid "E"))
        (came-from (search grid (locate grid "S") end)))
    (if (dict-has? came-from end)
        (let ((steps (path came-from end)))
          (draw grid steps)
          (print (- (length steps) 1) "steps")
          0)
        (do (print "no way through") 1))))
