#include "public-suffixes.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

/* As it was published, with its licence. To update it, replace the file. */
static const unsigned char list[] = {
#embed "public_suffix_list.dat"
};

const void *public_suffix_list(long *count) {
    *count = sizeof list;
    return list;
}
