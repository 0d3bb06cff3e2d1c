(data Shape (Circle (radius Float) (name String)))
(print (Circle :size 2.0 :name "a"))
(print (Circle :radius 2.0))
