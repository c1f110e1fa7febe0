import CTAPHID
import Testing

/// Names in packet descriptions: the specification's, or numbers for unknown values.
@Suite struct NamesTests {
    @Test(
        arguments: [
            (0x01, "INVALID_CMD"), (0x02, "INVALID_PAR"), (0x03, "INVALID_LEN"), (0x04, "INVALID_SEQ"),
            (0x05, "MSG_TIMEOUT"), (0x06, "CHANNEL_BUSY"), (0x0A, "LOCK_REQUIRED"), (0x0B, "INVALID_CHANNEL"),
            (0x7F, "OTHER"), (0x00, "0x0"), (0xEE, "0xee"),
        ] as [(UInt8, String)]
    )
    func `an error code has the specification's name, or its number`(code: UInt8, name: String) {
        #expect(HIDErrorCode(rawValue: code).description == name)
    }

    @Test(
        arguments: [
            (0x01, "PING"), (0x03, "MSG"), (0x04, "LOCK"), (0x06, "INIT"), (0x08, "WINK"), (0x10, "CBOR"),
            (0x11, "CANCEL"), (0x3B, "KEEPALIVE"), (0x3F, "ERROR"), (0x86, "INIT"), (0x55, "0x55"),
        ] as [(UInt8, String)]
    )
    func `a command has the specification's name, or its number`(command: UInt8, name: String) {
        #expect(HIDCommand(rawValue: command).description == name)
    }

    @Test func `a channel is written as on the wire`() {
        #expect(ChannelID(rawValue: 0x2C0).description == "000002c0")
        #expect(ChannelID.broadcast.description == "ffffffff")
    }
}
