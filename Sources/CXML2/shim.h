#include <libxml/xmlversion.h>
/* Debian's libxml2 would include the system's ICU, whose declarations contradict those of Foundation's own ICU in every
   module that imports both. Only the inside of an encoding handler, which we never touch, depends on it. */
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
