// What a browser with scripts adds; every page works without.
