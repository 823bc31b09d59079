#include <tcl.h>

/* Tcl's reference counting is macros, which Swift doesn't import. */
static inline void ctcl_retain(Tcl_Obj *object) { Tcl_IncrRefCount(object); }
static inline void ctcl_release(Tcl_Obj *object) { Tcl_DecrRefCount(object); }
