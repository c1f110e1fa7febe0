import CProcess
import Glibc
import Interaction
import Platform
import VirtualAuthenticator

/// `--with-parent`: the program that started this one, watched for its end.
///
/// Uses a descriptor rather than PR_SET_PDEATHSIG, which fires as soon as the parent's thread that started us ends.
enum ParentWatch {
    /// Calls `hasEnded` once the parent has ended, at once if it already has.
    static func watch(_ hasEnded: @escaping () -> Void) throws(Failure) -> KeyServer.Watch {
        let parent = getppid()
        let descriptor = process_open(parent)
        guard descriptor >= 0 || errno == ESRCH else {
            throw Failure(.io, .cannotWatchParent(Errno.current))
        }
        // Between the two calls the process ID may have been reused.
        if descriptor < 0 || getppid() != parent { hasEnded() }
        return KeyServer.Watch(descriptor: descriptor) {
            hasEnded()
            return false
        }
    }
}
