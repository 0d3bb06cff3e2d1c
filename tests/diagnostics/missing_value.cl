(print {:name "Ada" :born})
