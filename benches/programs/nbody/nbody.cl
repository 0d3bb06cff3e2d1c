; Float arithmetic on arrays of floats.
(define solar (* 4.0 pi pi))
(define days 365.24)

; A body is an array: position, velocity, mass.
(define (body x y z vx vy vz m)
  (array x y z (* vx days) (* vy days) (* vz days) (* m solar)))

(define bodies
  [(body 0.0 0.0 0.0 0.0 0.0 0.0 1.0)
   (body 4.84143144246472090 -1.16032004402742839 -0.103622044471123109
         0.00166007664274403694 0.00769901118419740425 -0.0000690460016972063023 0.000954791938424326609)
   (body 8.34336671824457987 4.12479856412430479 -0.403523417114321381
         -0.00276742510726411104 0.00499852801234917238 0.0000230417297573763929 0.000285885980666130812)
   (body 12.8943695621391310 -15.1111514016986312 -0.223307578892655734
         0.00296460137564761618 0.00237847173959480950 -0.0000296589568540237556 0.0000436624404335156298)
   (body 15.3796971148509165 -25.9193146099879641 0.179258772950371181
         0.00268067772490389322 0.00162824170038242295 -0.0000951592254519715870 0.0000515138902046611451)])

(define (add! b i x) (array-set! b i (+ (array-get b i) x)))
(define (sub! b i x) (array-set! b i (- (array-get b i) x)))
(define (between a b i) (- (array-get a i) (array-get b i)))

(define (pairwise! a rest dt)
  (unless (empty? rest)
    (let ((b (head rest))
          (dx (between a b 0))
          (dy (between a b 1))
          (dz (between a b 2))
          (d2 (+ (* dx dx) (* dy dy) (* dz dz)))
          (mag (/ dt (* d2 (sqrt d2))))
          (ma (* (array-get a 6) mag))
          (mb (* (array-get b 6) mag)))
      (sub! a 3 (* dx mb))
      (sub! a 4 (* dy mb))
      (sub! a 5 (* dz mb))
      (add! b 3 (* dx ma))
      (add! b 4 (* dy ma))
      (add! b 5 (* dz ma))
      (pairwise! a (tail rest) dt))))

(define (interact! bs dt)
  (unless (empty? bs)
    (pairwise! (head bs) (tail bs) dt)
    (interact! (tail bs) dt)))

(define (move! bs dt)
  (unless (empty? bs)
    (let ((a (head bs)))
      (add! a 0 (* dt (array-get a 3)))
      (add! a 1 (* dt (array-get a 4)))
      (add! a 2 (* dt (array-get a 5)))
      (move! (tail bs) dt))))

(define (square x) (* x x))

(define (kinetic a)
  (* 0.5 (array-get a 6)
     (+ (square (array-get a 3)) (square (array-get a 4)) (square (array-get a 5)))))

(define (potential a b)
  (/ (* (array-get a 6) (array-get b 6))
     (sqrt (+ (square (between a b 0)) (square (between a b 1)) (square (between a b 2))))))

(define (energy)
  (loop ((bs bodies) (e 0.0))
    (if (empty? bs)
      e
      (recur
        (tail bs)
        (loop ((rest (tail bs)) (e (+ e (kinetic (head bs)))))
          (if (empty? rest) e (recur (tail rest) (- e (potential (head bs) (head rest))))))))))

(define (momentum i)
  (fold (lambda (p b) (+ p (* (array-get b i) (array-get b 6)))) 0.0 bodies))

(define (offset! i)
  (array-set! (head bodies) i (/ (- 0.0 (momentum i)) solar)))

(define (run n)
  (when (> n 0)
    (interact! bodies 0.01)
    (move! bodies 0.01)
    (run (- n 1))))

(define (main args)
  (for-each (i [3 4 5]) (offset! i))
  (run (if (empty? args) 5000000 (parse-int (head args))))
  (print "nbody" (round (* (energy) 1e9))))
