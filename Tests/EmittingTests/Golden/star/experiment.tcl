# star
