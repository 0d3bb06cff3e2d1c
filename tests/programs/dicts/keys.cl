; Keys of every kind, and what counts as the same key.
(data Shape (Circle Int) (Square Int) (Dot))
(define keys [nil true false 0 -1 1.5 +inf "" "a" :a 'a [] [1] [1 [2]] (tuple) (tuple 1) {} {"a" 1} #{} #{1 2} Dot (Circle 1) (Square 1) 100000000000000000000 "äö"])
(define d (dict-from-list (map-indexed (lambda (i k) (tuple k i)) keys)))
(print (dict-size d) (length keys))
(print (map (lambda (k) (get d k)) keys))
; the same values made anew
(print (get d (str)) (get d (concat "a" "")) (get d (append [1] [[2]])) (get d (set {} "a" 1)) (get d (set-add (set-add #{} 2) 1)) (get d (Circle 1)) (get d (* 10000000000 10000000000)) (get d (/ 3 2)))
(print (get d 0.0) (get d -0.0) (get d 1e20) (get d [1.0]) (get d (tuple 1.0)) (get d {"a" 1.0}))
(print (dict-has? d 2) (dict-has? d "b") (dict-has? d (Circle 2)) (dict-has? d [1 2]) (dict-has? d #{1}))
(define nan (- +inf +inf))
(print (dict-size (set (set {} nan 1) +nan 2)) (get (set {} nan 1) +nan) (= nan nan) (contains? [nan] nan) (dict-has? {[+nan] 1} [nan]))
(print (= {"a" nan} {"a" nan}) (= #{nan} #{nan}))
; big and small numbers
(define n (fold (lambda (d i) (set d (pow 2 i) i)) {} (range 200)))
(print (dict-size n) (get n (pow 2 150)) (get n (float (pow 2 150))) (get n 1024.0) (get n (- (pow 2 64))))
(define h (fold (lambda (d i) (set d (/ i 4) i)) {} (range 100)))
(print (get h 0.25) (get h 3) (get h 24.75) (dict-size h))
; Dicts and Sets as keys do not look at order
(print (get {{"a" 1 "b" 2} "found"} {"b" 2 "a" 1}) (get {#{1 2 3} "found"} #{3 2 1}))
(define f (lambda (x) x))
(define g (lambda (x) x))
(print (get {f "f" g "g"} f) (get {f "f" g "g"} g) (get {f "f"} print "none"))
(print (= {1 [2 {3 4}]} {1.0 [2.0 {3.0 4.0}]}) (= {"a" 1} {"a" 1 "b" nil}) (= {"a" nil} {"b" nil}) (= {} #{}) (= {} nil))
