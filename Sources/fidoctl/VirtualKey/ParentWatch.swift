import CProcess
import Glibc
import Platform
import VirtualAuthenticator

/// `--with-parent`: the program that started this one, watched for its end.
///
/// By a descriptor and not by PR_SET_PDEATHSIG, which already fires when the thread ends that started us.
enum ParentWatch {
    /// Calls `hasEnded` once the parent has, right away if it has already.
    static func watch(_ hasEnded: @escaping () -> Void) throws(Failure) -> KeyServer.Watch {
        let parent = getppid()
        let descriptor = process_open(parent)
        guard descriptor >= 0 || errno == ESRCH else {
            throw Failure(.io, .cannotWatchParent(Errno.current.description))
        }
        // Between the two calls its number may have become another process's.
        if descriptor < 0 || getppid() != parent { hasEnded() }
        return KeyServer.Watch(descriptor: descriptor) {
            hasEnded()
            return false
        }
    }
}
