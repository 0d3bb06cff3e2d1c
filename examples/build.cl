; Goroutines: a small build tool runs tasks as soon as what they need is done, a few at a time, and stops at the first failure.
;
;   clc run build.cl

(data Task (Task (name String) (needs (List String)) (seconds Float) (fails Bool)))

(define tasks
  [(Task "read" [] 0.002 false)
   (Task "parse" ["read"] 0.02 false)
   (Task "check" ["parse"] 0.03 false)
   (Task "docs" ["read"] 0.001 false)
   (Task "compile" ["parse"] 0.004 false)
   (Task "link" ["compile" "check"] 0.001 false)])

(define (work task)
  "Does a task; here, only sleeps."
  (time:sleep (get task :seconds))
  (when (get task :fails) (error:raise "task-failed" (get task :name)))
  (get task :name))

; Each task is a goroutine that first joins those that it needs. A semaphore limits how many work at a time; where one fails, `scope`
; stops the others, and raises its error.
(define (run-all tasks limit note)
  "Runs tasks, each after those that it needs. Calls note with each that is done. Gives how many there were."
  (let ((slots (concurrent:semaphore limit))
        (done (chan (length tasks))))
    (scope
      (fold
        (lambda (started task)
          (let ((before (map (lambda (name) (get started name)) (get task :needs))))
            (set started (get task :name)
                 (go
                   (for-each (g before) (concurrent:join g))
                   (concurrent:acquire slots)
                   (try (work task) (finally (concurrent:release slots)))
                   (note (get task :name))
                   (send! done (get task :name))))))
        {} tasks))
    (concurrent:close done)
    (count-all done)))

(define (count-all channel)
  "How many values are in a closed channel."
  (loop ((n 0))
    (if (get (receive! channel) "ok") (recur (+ n 1)) n)))

; What is done when is told by one goroutine, so that no two lines mix.
(define (build tasks)
  "Runs tasks and prints how it went."
  (let ((lines (chan)))
    (let ((printer (go
                     (loop ()
                       (match (receive! lines)
                         ({"ok" true "value" line} (print line) (recur))
                         (_ nil))))))
      (try
        (send! lines
               (format "{} tasks done"
                       (run-all tasks 2 (lambda (name) (send! lines (str "done: " name))))))
        (catch (err) (send! lines (str "stopped: " (get err "message"))))
        (finally (concurrent:close lines)))
      (concurrent:join printer))))

(define (main)
  (build tasks)
  (print)
  (build (map (lambda (task)
                (if (= (get task :name) "compile") (Task "compile" ["parse"] 0.001 true) task))
              tasks)))
