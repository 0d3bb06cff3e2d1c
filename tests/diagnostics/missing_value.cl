(print {:name "Ada" :born})
;! error E0204: a Dict literal needs a value for each key
;!   1:21: this key has no value
;!   1:8: in this literal
;!   = help: add the value; a Set is written `#{…}`
