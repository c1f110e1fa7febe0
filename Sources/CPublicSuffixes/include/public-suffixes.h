/* The public suffix list, a file of publicsuffix.org (MPL 2.0), in the program's read-only data. */
const void *public_suffix_list(long *count);
