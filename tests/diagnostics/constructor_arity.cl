(data Shape (Rect w h))
(print (match (Rect 1 2) ((Rect w) w) ((Rect a b c) a)))
(print (Rect 1))
;! error E0302: constructor `Rect` has 2 field(s), the pattern has 1
;!   2:27: expected 2 field(s)
;!   1:14: declared here
;!   = help: write one pattern for each field, `_` for one that does not matter
;! error E0302: constructor `Rect` has 2 field(s), the pattern has 3
;!   2:40: expected 2 field(s)
;!   1:14: declared here
;!   = help: write one pattern for each field, `_` for one that does not matter
;! error E0301: `Rect` expects 2 arguments, got 1
;!   3:8: called with 1 argument
;!   1:14: `Rect` is defined here
;!   = help: add what is missing
