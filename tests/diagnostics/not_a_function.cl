(print (1 2 3))
(print ("f" 1))
