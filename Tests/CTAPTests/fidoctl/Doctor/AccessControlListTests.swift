import CProcess
import Glibc
import Interaction
import Testing

@testable import fidoctl

/// POSIX access control lists, as udevd sets one on the node of the person at the seat.
@Suite struct AccessControlListTests {
    /// user::rw-, user:1000:rw-, group::---, group:46:rw-, mask::rw-, other::---
    private static let bytes: [UInt8] = hex(
        """
        02000000 01000600ffffffff 02000600e8030000 04000000ffffffff 080006002e000000 10000600ffffffff 20000000ffffffff
        """
    )

    @Test(
        arguments: [
            (1000, [1000], true), (1001, [1001], false), (1001, [1001, 46], true), (0, [0], true),
        ] as [(UInt32, Set<UInt32>, Bool)]
    )
    func `users and groups by name are let in`(user: UInt32, groups: Set<UInt32>, isLet: Bool) throws {
        let list = try #require(AccessControlList(Self.bytes))
        #expect(list.lets(user, groups, owner: 0, group: 0) == isLet)
        #expect(list.namedUsers == [1000])
    }

    /// The mask of a node that was made 0600 hides what udevd has granted.
    @Test func `the mask bounds what is granted`() throws {
        var bytes = Self.bytes
        bytes[38] = 4
        let list = try #require(AccessControlList(bytes))
        #expect(!list.lets(1000, [], owner: 0, group: 0))
        #expect(!list.lets(1001, [46], owner: 0, group: 0))
        #expect(list.lets(0, [], owner: 0, group: 0))
    }

    @Test(
        arguments: [
            (0o600, 0, 0, true), (0o600, 1, 0, false), (0o660, 1, 46, true), (0o640, 1, 46, false), (0o666, 1, 1, true),
            (0o606, 1, 46, false),
        ] as [(UInt32, UInt32, UInt32, Bool)]
    )
    func `without a list the mode decides`(mode: UInt32, user: UInt32, userGroup: UInt32, isLet: Bool) {
        #expect(AccessControlList(mode: mode).lets(user, [userGroup], owner: 0, group: 46) == isLet)
    }

    @Test(arguments: ["", "01000000", "02000000 0100", "02000000 03000600ffffffff"])
    func `what is not a list is not read as one`(bytes: String) {
        #expect(AccessControlList(hex(bytes)) == nil)
    }

    @Test func `a list is read from a file`() async throws {
        try await MadeUpSystem.with { system in
            let path = system.root + MadeUpSystem.node
            let result = unsafe setxattr(path, AccessControlList.attribute, Self.bytes, Self.bytes.count, 0)
            try #require(result == 0 || errno == EOPNOTSUPP)
            guard result == 0 else { return }
            let node = try await system.finding(.node)
            #expect(node.evidence.english.contains("also open to alice"))
            #expect(try await system.finding(.access).evidence.english.contains("as the person at the seat"))
        }
    }
}
