# rates
