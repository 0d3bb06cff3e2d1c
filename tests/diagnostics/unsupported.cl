(print (with-network-policy {} (parallel 1 2)))
;! error E0208: `with-network-policy` is not supported yet
;!   1:8: this version of the compiler cannot compile it
;!   = help: a later version will; rewrite this part without it for now
