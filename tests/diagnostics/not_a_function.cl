(print (1 2 3))
(print ("f" 1))
;! error E0303: `1` is called, and is no function
;!   1:9: this is no function
;!   = help: a List is written `[1 2 3]`; a call starts with its function: `(f a b)`
;! error E0303: `"f"` is called, and is no function
;!   2:9: this is no function
;!   = help: a List is written `[1 2 3]`; a call starts with its function: `(f a b)`
