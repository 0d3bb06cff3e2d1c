; A to-do list that is kept in a JSON file.
;
;   clc build todo.cl -o todo
;   ./todo list.json add "water the plants"
;   ./todo list.json done 1
;   ./todo list.json
;   ./todo                               a short demonstration in a temporary file

(define (load path)
  "The items of the list, each a Dict with \"text\" and \"done\"; none if there is no file yet."
  (if (file-exists? path) (json-parse (file-read path)) []))

(define (save path items)
  (file-write path (concat (json-stringify items 2) "\n")))

(define (show items)
  (when (empty? items) (print "nothing to do"))
  (for-each (line (map-indexed line-of items)) (print line)))

(define (line-of i {"text" text "done" done})
  (str (+ i 1) ". [" (if done "x" " ") "] " text))

(define (index-of-item items text)
  "The position that the user's number means."
  (let ((n (parse-int text)))
    (if (and (>= n 1) (<= n (length items)))
        (- n 1)
        (error:raise "no-such-item" (str "there is no item " n " (1 to " (length items) ")")))))

(define (mark-done items i)
  (map-indexed (lambda (j item) (if (= i j) (set item "done" true) item)) items))

(define (without items i)
  (append (take i items) (drop (+ i 1) items)))

(define (run path command)
  (let ((items (load path)))
    (match command
      ([] (show items))
      (["add" ...words] (save path (append items [{"text" (string-join words " ") "done" false}])))
      (["done" n] (save path (mark-done items (index-of-item items n))))
      (["remove" n] (save path (without items (index-of-item items n))))
      (_ (error:raise "usage" "expected: FILE [add TEXT | done N | remove N]")))))

(define (demonstrate)
  (let ((path (path-join (temp-dir) "todo-demonstration.json")))
    (when (file-exists? path) (file-delete path))
    (for-each (command
                [[] ["add" "water" "the plants"] ["add" "call Ada"] ["add" "sleep"] ["done" "2"]
                 ["remove" "3"] [] ["done" "7"]])
      (print ">" (string-join command " "))
      (try (run path command)
        (catch (err) (print (get err "message")))))
    (file-delete path)))

(define (main args)
  (match args
    ([] (demonstrate) 0)
    ([path ...command]
      (try
        (run path command)
        0
        (catch (err) (print-err (get err "message")) 1)))))
