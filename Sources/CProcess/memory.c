#include "process-shim.h"

#include <stdint.h>
#include <sys/mman.h>

// Where variables without a value begin; the linker knows.
extern char __bss_start[];

// In a release build they begin with those that common commands use, and this is the last one of these
// (packaging/link-order.txt). Other builds have it anywhere.
char process_last_used_variable;

static const size_t limit = 1 << 19;

void process_bring_in_variables(void) {
#ifdef MADV_POPULATE_WRITE
    uintptr_t page = (uintptr_t)getpagesize();
    uintptr_t start = ((uintptr_t)__bss_start + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)&process_last_used_variable + page) & ~(page - 1);
    if (end > start && end - start <= limit) madvise((void *)start, end - start, MADV_POPULATE_WRITE);
#endif
}
