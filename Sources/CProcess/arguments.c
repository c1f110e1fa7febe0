#include "process-shim.h"

static int count;
static char **values;

// glibc calls initializers with the arguments of main.
__attribute__((constructor)) static void keep_arguments(int argc, char **argv) {
    count = argc;
    values = argv;
}

char **process_arguments(int *argc) {
    *argc = count;
    return values;
}

// CommandLine.arguments calls this. Swift's own, for static programs, reads the kernel's map of the process before every
// main to find the stack, searches that for the arguments, and under some preload libraries finds none.
char **_swift_stdlib_getUnsafeArgvArgc(int *argc) {
    return process_arguments(argc);
}
