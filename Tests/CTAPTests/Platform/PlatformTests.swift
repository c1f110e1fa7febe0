import Glibc
import Platform
import Testing

/// The target Platform, which all other targets use.
@Suite struct PlatformTests {
    @Test(
        arguments: [
            (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(5), 5), (.microseconds(5_001), 6), (.seconds(-3), 0),
            (.milliseconds(-1), 0), (Duration(secondsComponent: .max, attosecondsComponent: 0), 1_000_000_000),
            (Duration(secondsComponent: .min, attosecondsComponent: 0), 0),
        ] as [(Duration, CInt)]
    )
    func `a wait in poll is never cut short and never endless`(duration: Duration, milliseconds: CInt) {
        #expect(duration.pollTimeout == milliseconds)
    }

    @Test func `leading zeros belong to hexadecimal`() {
        #expect(UInt16(0x1F).hexadecimal == "001f")
        #expect(UInt8(0).hexadecimal == "00")
        #expect(UInt32.max.hexadecimal == "ffffffff")
        #expect(([0x00, 0x0A, 0xFF] as [UInt8]).hexadecimal == "000aff")
    }

    @Test func `a call before the wait ends it, once`() throws {
        let wakeUp = try WakeUp()
        wakeUp.call()
        wakeUp.call()
        #expect(try Poll.wait(for: [.init(descriptor: wakeUp.descriptor)], within: .zero).readable != [])
        #expect(!wakeUp.wait(within: .seconds(60)))
        #expect(try Poll.wait(for: [.init(descriptor: wakeUp.descriptor)], within: .zero).readable == [])
    }

    @Test func `a descriptor that is ready outranks a call, which stays pending`() throws {
        let (wakeUp, other) = (try WakeUp(), try WakeUp())
        wakeUp.call()
        other.call()
        #expect(wakeUp.wait(for: other.descriptor, within: .seconds(60)))
        #expect(!wakeUp.wait(within: .seconds(60)))
    }

    @Test func `an interrupted call is repeated, a refused one throws its reason`() {
        var results: [CInt] = [-1, -1, 7]
        let result = try? Errno.retrying { () -> CInt in
            errno = EINTR
            return results.removeFirst()
        }
        #expect(result == 7)
        #expect(throws: Errno(code: ENOENT)) {
            try Errno.retrying { () -> CInt in
                errno = ENOENT
                return -1
            }
        }
        #expect(Errno(code: ENOENT).description == "No such file or directory")
    }
}
