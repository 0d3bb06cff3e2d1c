; Counts lines, words and characters of standard input, and shows the words that occur most.
;
;   clc run word-count.cl < FILE        the ten most frequent words
;   clc run word-count.cl 3 < FILE      the three most frequent

(data Counts (Counts (lines Int) (words Int) (characters Int) (frequency (Dict String Int))))

(define (letter? c)
  (or (not= (string-upper c) (string-lower c)) (= c "'")))

(define (clean word)
  "The word in lower case, without what is not a letter at its ends."
  (let ((not-letter? (lambda (c) (not (letter? c))))
        (strip (lambda (cs) (reverse (drop-while not-letter? cs)))))
    (string-join (strip (strip (string->list (string-lower word)))))))

(define (count-words frequency words)
  (fold (lambda (d word) (update d word inc 0)) frequency words))

(define (add-line (Counts lines words characters frequency) line)
  (let ((found (filter (lambda (w) (not (string-empty? w))) (map clean (string-words line)))))
    (Counts
      (+ lines 1)
      (+ words (length found))
      (+ characters (string-length line) 1)
      (count-words frequency found))))

(define (read-counts)
  (loop ((counts (Counts 0 0 0 {})))
    (let ((line (read-line)))
      (if (nil? line) counts (recur (add-line counts line))))))

(define (most-frequent n frequency)
  "The n pairs with the largest counts; words with the same count in alphabetical order."
  (take n
        (sort-with
          (lambda ((tuple a n) (tuple b m)) (if (= n m) (compare a b) (compare m n)))
          (dict-items frequency))))

(define (main args)
  (let (((Counts lines words characters frequency) (read-counts))
        (n (if (empty? args) 10 (parse-int (head args)))))
    (print lines "lines," words "words," characters "characters")
    (for-each ((tuple word count) (most-frequent n frequency))
      (print (string-pad-left (str count) 6) word))))
