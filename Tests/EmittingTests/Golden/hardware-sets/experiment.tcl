# hardware-sets
