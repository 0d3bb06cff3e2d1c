(data Shape (Rect w h))
(print (match (Rect 1 2) ((Rect w) w) ((Rect a b c) a)))
(print (Rect 1))
