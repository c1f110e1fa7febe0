#include <sys/prctl.h>

// prctl() takes variable arguments, which Swift cannot pass.
static inline int process_set_dumpable(int dumpable) {
    return prctl(PR_SET_DUMPABLE, (unsigned long)dumpable, 0UL, 0UL, 0UL);
}
