import CTAP2
import Testing

@testable import Interaction
@testable import fidoctl

/// The streams of `fidoctl serve`, cut into messages.
@Suite struct FrameAssemblerTests {
    private static let messages = ["{}", #"{"id":1,"text":"é"}"#, String(repeating: "x", count: 70_000)].map {
        Array($0.utf8)
    }

    /// What comes out of `stream`, read in pieces of this size; `nil` for a message that is too long.
    private func read(_ stream: [UInt8], _ framing: Framing, pieces size: Int) -> (out: [[UInt8]?], isBetween: Bool) {
        var assembler = FrameAssembler(framing)
        var out: [[UInt8]?] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            let piece = Array(stream[start..<min(start + size, stream.count)])
            var offset = 0
            while offset < piece.count {
                do throws(FrameError) {
                    guard try assembler.advance(through: piece.span, from: &offset) else { break }
                    out.append(assembler.message)
                    assembler.clear()
                } catch {
                    out.append(nil)
                }
            }
        }
        return (out, assembler.isBetweenMessages)
    }

    @Test(arguments: Framing.allCases, [1, 2, 3, 5, 4_096, 200_000])
    func `messages come out whole, however the stream is cut`(framing: Framing, size: Int) {
        let read = read(Self.messages.flatMap(framing.frame), framing, pieces: size)
        #expect(read.out == Self.messages)
        #expect(read.isBetween)
    }

    @Test(arguments: Framing.allCases) func `a stream that ends elsewhere ends within a message`(framing: Framing) {
        let stream = framing.frame(Array("{}".utf8))
        for count in 1..<stream.count {
            #expect(!read(Array(stream.prefix(count)), framing, pieces: 1).isBetween)
        }
    }

    @Test(arguments: Framing.allCases, [1_000, 1 << 20])
    func `a message that is too long is refused once and skipped, and the next one is read`(framing: Framing, size: Int)
    {
        let long = [UInt8](repeating: UInt8(ascii: "["), count: FrameAssembler.maximumByteCount + 1)
        let stream = framing.frame(long) + framing.frame(Array("{}".utf8))
        let read = read(stream, framing, pieces: size)
        #expect(read.out == [nil, Array("{}".utf8)])
        #expect(read.isBetween)
    }

    @Test(arguments: Framing.allCases) func `the longest message is read`(framing: Framing) {
        let longest = [UInt8](repeating: UInt8(ascii: "["), count: FrameAssembler.maximumByteCount)
        #expect(read(framing.frame(longest), framing, pieces: 65_536).out == [longest])
    }

    @Test func `a length that lies is refused as soon as it is read`() {
        let read = read([0xFF, 0xFF, 0xFF, 0xFF], .native, pieces: 1)
        #expect(read.out == [nil])
        #expect(!read.isBetween)
    }

    @Test func `an announced length of zero is a message, an empty line is none`() {
        #expect(read([0, 0, 0, 0], .native, pieces: 4).out == [[]])
        #expect(read(Array("\n\n{}\n\n".utf8), .lines, pieces: 1).out == [Array("{}".utf8)])
    }

    /// The test reads the storage of the last message where it stood.
    @Test func `a message is overwritten before the next one`() throws {
        var assembler = FrameAssembler(.lines)
        var offset = 0
        let stream = Array("secret\n".utf8)
        #expect(try assembler.advance(through: stream.span, from: &offset))
        assembler.withMessage { message in
            let place = unsafe message.withUnsafeBufferPointer { unsafe $0 }
            message.wipe()
            #expect(unsafe place.allSatisfy { $0 == 0 })
        }
    }
}
