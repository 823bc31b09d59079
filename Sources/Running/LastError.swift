internal import Glibc

/// `errno`; in a file of its own, as SystemPackage and Glibc both have an `Errno`'s names.
var lastNumber: CInt { errno }
