(print (with-network-policy {} (parallel 1 2)))
