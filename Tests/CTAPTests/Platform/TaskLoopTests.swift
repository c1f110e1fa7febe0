import CTAPHID
import Dispatch
import Glibc
import Platform
import Testing

/// One thread for a program's tasks and timers.
@Suite(.timeLimit(.minutes(1))) struct TaskLoopTests {
    /// What `body` returns that runs on a loop of its own.
    private func onLoop<R: Sendable>(_ body: @escaping @Sendable () async -> R) async throws -> R {
        let loop = try TaskLoop()
        DispatchQueue(label: "test.loop").async { loop.run() }
        return await Task(executorPreference: loop) {
            await TaskLoop.$current.withValue(loop) { await body() }
        }.value
    }

    @Test func `child tasks and what follows their sleeps run on the same thread`() async throws {
        let threads = try await onLoop {
            await withTaskGroup(of: [pthread_t].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let before = pthread_self()
                        await TaskLoop.sleep(for: .milliseconds(1))
                        return [before, pthread_self()]
                    }
                }
                return await group.reduce(into: [pthread_self()]) { $0 += $1 }
            }
        }
        #expect(threads.count == 9)
        #expect(Set(threads).count == 1)
    }

    @Test func `sleeps end in the order of their ends, whenever they began`() async throws {
        let ends = try await onLoop {
            await withTaskGroup(of: Int.self) { group in
                for milliseconds in [90, 30, 60] {
                    group.addTask {
                        await TaskLoop.sleep(for: .milliseconds(milliseconds))
                        return milliseconds
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(ends == [30, 60, 90])
    }

    @Test func `a cancel ends a sleep, whether it has begun or not`() async throws {
        let isCancelled = try await onLoop {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    await TaskLoop.sleep(for: .seconds(3600))
                    return Task.isCancelled
                }
                await Task.yield()
                group.cancelAll()
                group.addTask {
                    await TaskLoop.sleep(for: .seconds(3600))
                    return Task.isCancelled
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(isCancelled == [true, true])
    }

    @Test func `other threads can resume its tasks`() async throws {
        let (numbers, source) = AsyncStream.makeStream(of: Int.self)
        let producer = Task.detached(executorPreference: SerialQueueExecutor(label: "test.producer")) {
            for number in 1...100 {
                await Task.yield()
                source.yield(number)
            }
            source.finish()
        }
        let sum = try await onLoop { await numbers.reduce(0, +) }
        await producer.value
        #expect(sum == 5050)
    }
}
