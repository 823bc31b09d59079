#include <stdlib.h>
#include <sys/syscall.h>
#include <tcl.h>
#include <unistd.h>

/* Tcl's reference counting and ckfree are macros, which Swift doesn't import. */
static inline void ctcl_retain(Tcl_Obj *object) { Tcl_IncrRefCount(object); }
static inline void ctcl_release(Tcl_Obj *object) { Tcl_DecrRefCount(object); }
static inline void ctcl_free(void *memory) { ckfree((char *)memory); }

/* A file in memory for a script, or -1 with errno set: memfd_create is hidden from Swift's view of the C library. */
static inline int ctcl_memory_file(void) { return (int)syscall(SYS_memfd_create, "script", 1u /* MFD_CLOEXEC */); }

/* Where Tcl can't go on, for want of memory say, it aborts; without this it would print a line of its own before. */
static inline void ctcl_panic(const char *format, ...) { abort(); }
static inline void ctcl_silence_panics(void) { Tcl_SetPanicProc(ctcl_panic); }
