(print {"a" 1 "b" 2 "a" 3} #{1 2 1.0} {:k 1 :k 2})
;! error E0203: duplicate key `"a"` in a Dict literal
;!   1:21: the same key again
;!   1:9: first here
;!   = help: remove one of the two
;! error E0203: duplicate element `1.0` in a Set literal
;!   1:34: the same element again
;!   1:30: first here
;!   = help: remove one of the two
;! error E0203: duplicate key `:k` in a Dict literal
;!   1:45: the same key again
;!   1:40: first here
;!   = help: remove one of the two
