# star-by-2
