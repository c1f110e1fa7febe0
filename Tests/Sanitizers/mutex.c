/* Tells ThreadSanitizer what Swift's Mutex does where it cannot see it.
 *
 * Locking and unlocking without contention is inlined into our code and instrumented there.  With contention it goes through
 * libswiftSynchronization, which is not instrumented, and the kernel: the sanitizer then takes what one thread did before it
 * unlocked and another does after it locked for a race.  This library, preloaded, takes the place of those two functions.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

/* The sanitizer's, in instrumented programs. */
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

/* _MutexHandle._lockSlow(UInt32) and _MutexHandle._unlockSlow(); the lock's own word is at `self`. */
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t thread, SELF self) __asm__(LOCK);
SWIFT void unlock_slow(SELF self) __asm__(UNLOCK);

SWIFT void lock_slow(uint32_t thread, SELF self)
{
	SWIFT void (*next)(uint32_t, SELF) = (SWIFT void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK);
	next(thread, self);
	if (__tsan_acquire)
		__tsan_acquire(self);
}

SWIFT void unlock_slow(SELF self)
{
	SWIFT void (*next)(SELF) = (SWIFT void (*)(SELF))dlsym(RTLD_NEXT, UNLOCK);
	if (__tsan_release)
		__tsan_release(self);
	next(self);
}
