(print (parallel 1 2))
