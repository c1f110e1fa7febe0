#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

// prctl() takes variable arguments, which Swift cannot pass.
static inline int process_set_dumpable(int dumpable) {
    return prctl(PR_SET_DUMPABLE, (unsigned long)dumpable, 0UL, 0UL, 0UL);
}

// A descriptor that can be read once the process has ended; not in every C library's headers.
static inline int process_open(int process) {
    return (int)syscall(SYS_pidfd_open, process, 0U);
}
