#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

/* How often this thread has allocated or enlarged memory so far. */
unsigned long allocations_of_this_thread(void);

#endif
