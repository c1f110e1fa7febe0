#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

// The arguments that the process started with: their number, and each of them. They are never freed.
char **process_arguments(int *argc);

// Brings the variables that common commands use into memory at once, which is quicker than page by page.
void process_bring_in_variables(void);

// prctl() takes variable arguments, which Swift cannot pass.
static inline int process_set_dumpable(int dumpable) {
    return prctl(PR_SET_DUMPABLE, (unsigned long)dumpable, 0UL, 0UL, 0UL);
}

// A descriptor that can be read once the process has ended; not in every C library's headers.
static inline int process_open(int process) {
    return (int)syscall(SYS_pidfd_open, process, 0U);
}

// A descriptor that can be read while one of these signals, which the caller blocks, is pending; not in Swift's Glibc.
static inline int process_signals(const sigset_t *signals) {
    return signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

// Whether the process ignores a signal; the handler is in a union, which Swift cannot compare.
static inline int process_ignores(int number) {
    struct sigaction action;
    return sigaction(number, 0, &action) == 0 && action.sa_handler == SIG_IGN;
}
