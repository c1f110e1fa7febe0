package import CTAPHID
import Glibc
import Platform

extension Failure {
    /// A failure of the transport; `key` is the key's name for display.
    package static func transport(_ error: CTAPHIDError, key: String) -> Failure {
        switch error {
        case .noSuchDevice(let path):
            Failure(.noKey, .noSuchDevice(TerminalText.escape(path)), hint: .listHint)
        case .notASecurityKey(let path, let reason):
            Failure(
                .noKey,
                .notASecurityKey(TerminalText.escape(path), TerminalText.escape(reason)),
                hint: .listHint
            )
        case .permissionDenied(let path):
            Failure(.noPermission, .mayNotOpen(TerminalText.escape(path)), hint: .permissionHint)
        case .inUse:
            Failure(.timedOut, .timedOutInUse(key), hint: .inUseHint)
        case .io(let operation, let reason):
            Failure(
                .io,
                .inputOutput(TerminalText.escape(operation), TerminalText.escape(reason)),
                // A lack of descriptors is not the key's failure.
                hint: [EMFILE, ENFILE].contains { Errno(code: $0).description == reason }
                    ? .descriptorsHint : .replugHint
            )
        case .disconnected:
            Failure(.noKey, .disconnected(key), hint: .replugHint)
        case .timedOut:
            Failure(.timedOut, .timedOut(key), hint: .timedOutHint)
        case .silent(let command, _):
            Failure(.io, .silent(key, command.description), hint: .replugHint)
        case .cancelled:
            Failure(.cancelled, .cancelled)
        case .device(let code, let command):
            .device(code, command, key: key)
        case .framing(let error, let command):
            Failure(.protocol, .brokeProtocol(key, command.description, error.explanation), hint: .replugHint)
        case .requestTooLong(let byteCount, let maximum):
            Failure(.unsupported, .requestTooLong(key, byteCount: byteCount, maximum: maximum))
        case .unsupported(let command):
            Failure(.unsupported, .lacksCommand(key, command.description))
        }
    }

    private static func device(_ code: HIDErrorCode, _ command: HIDCommand, key: String) -> Failure {
        var failure =
            switch code {
            case .channelBusy: Failure(.timedOut, .timedOutInUse(key), hint: .inUseHint)
            case .lockRequired: Failure(.io, .busy(key), hint: .inUseHint)
            case .invalidCommand: Failure(.unsupported, .lacksCommand(key, command.description))
            case .invalidLength:
                Failure(.protocol, .deviceError(key, command.description, code.description), hint: .tooLongForKeyHint)
            default:
                Failure(.protocol, .deviceError(key, command.description, code.description), hint: .replugHint)
            }
        failure.status = "CTAPHID \(code)"
        failure.statusCode = UInt16(code.rawValue)
        return failure
    }

    /// A key that is listed but that this user has no permission to open.
    package static func noPermission(_ device: HIDDeviceInfo) -> Failure {
        let key = KeyName(device)
        switch device.access {
        case .granted:
            return Failure(.noPermission, .mayNotOpen(key.path), hint: .permissionHint).on(device: device.path)
        case .denied(let owner, let group, let mode):
            let message = Text.mayNotOpen(
                key.name,
                path: key.path,
                owner: UnixOwner.description(user: owner, group: group),
                mode: UnixOwner.octal(mode)
            )
            return Failure(.noPermission, message, hint: .permissionHint).on(device: device.path)
        case .noNode:
            return Failure(.noPermission, .noNode(key.name, path: key.path), hint: .noNodeHint).on(device: device.path)
        }
    }
}
