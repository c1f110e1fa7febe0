import CTAP2
import CTAPHID

/// A key that a command talks to, and the time that is left for it.
struct OpenKey: Sendable {
    let name: KeyName
    let connection: Connection
    let session: Session
    /// The key's answer to INIT.
    let initResponse: InitResponse
    let deadline: Deadline
}

extension KeyOptions {
    /// Opens the key, runs `body` with it and closes it again; every failure names the key.
    func withKey<Result>(_ body: (OpenKey) async throws -> Result) async throws -> Result {
        let deadline = Deadline(after: .seconds(timeout))
        let (name, connection) = try selector.connect(trace: trace.map(TraceFile.init(path:)))
        do {
            let key = OpenKey(
                name: name,
                connection: connection,
                session: Session(connection),
                initResponse: try await connection.open(by: deadline),
                deadline: deadline
            )
            let result = try await body(key)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw Failure(error, key: name)
        }
    }
}
