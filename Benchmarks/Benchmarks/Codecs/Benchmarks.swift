import Benchmark
import CAllocations
import CPeers
import Crypto
import Glibc

@testable import CTAP2
@testable import CTAPHID

/// How often an iteration does its work; `make bench` divides.
private let rounds = 1000
/// In nanoseconds. Other programs prolong the wall-clock time, not this.
private let processorTime = BenchmarkMetric.custom("processor time", useScalingFactor: false)
private let allocations = BenchmarkMetric.custom("allocations", useScalingFactor: false)

/// Measures `work`, done `rounds` times an iteration.
private func measure(_ name: String, _ work: @escaping @Sendable () throws -> Void) {
    let configuration = Benchmark.Configuration(
        metrics: [.throughput, processorTime, allocations],  // the JMH format requires the first
        warmupIterations: 3,
        maxDuration: .seconds(2),
        maxIterations: 200
    )
    Benchmark(name, configuration: configuration) { benchmark in
        let before = (time: processorTimeOfThisThread(), allocations: allocations_of_this_thread())
        for _ in 0..<rounds {
            try work()
        }
        benchmark.measurement(allocations, Int(allocations_of_this_thread() - before.allocations))
        benchmark.measurement(processorTime, processorTimeOfThisThread() - before.time)
    }
}

private func processorTimeOfThisThread() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

let benchmarks: @Sendable () -> Void = {
    do {
        let samples = try Samples()
        try measureFraming()
        try measureDecoding(samples)
        try measureCryptography(samples)
    } catch {
        print("cannot measure: \(error)")
    }
}

/// A message of the greatest length, 129 packets; and one of a packet, since its only allocation should be the only one of any.
private func measureFraming() throws {
    try measureFraming(Message.maximumPayload(reportSize: 64), "129 packets")
    try measureFraming(10, "1 packet")
}

private func measureFraming(_ byteCount: Int, _ size: String) throws {
    let payload = [UInt8](repeating: 0x5A, count: byteCount)
    let message = Message(channel: ChannelID(rawValue: 1), command: .cbor, payload: payload)
    guard let packets = message.packetSequence(reportSize: 64) else { throw MissingSample(name: "packets") }
    let reports = packets.map { $0.report(size: 64) }
    measure("framing of \(size)") {
        var report: [UInt8] = []
        report.reserveCapacity(64)
        for packet in packets {
            packet.write(to: &report, size: 64)
            blackHole(report.last)
        }
    }
    measure("reassembly of \(size)") {
        var assembler = MessageAssembler()
        for report in reports {
            guard let packet = Packet(report: report) else { continue }
            blackHole(try assembler.add(packet))
        }
    }
}

private func measureDecoding(_ samples: Samples) throws {
    let getInfo = try samples["getInfo"]
    let attestationObject = try samples["attestationObject"]
    measure("getInfo decoded") {
        if let map = try CBORDecoder.decode(getInfo).map { blackHole(try AuthenticatorInfo(cbor: map)) }
    }
    measure("getInfo decoded to CBOR") { blackHole(try CBORDecoder.decode(getInfo)) }
    measure("getInfo decoded by libcbor") { blackHole(libcbor_decode(getInfo, getInfo.count)) }
    measure("attestation object decoded") { blackHole(try AttestationObject(attestationObject)) }
    measure("attestation object decoded by libcbor") {
        blackHole(libcbor_decode(attestationObject, attestationObject.count))
    }
}

private func measureCryptography(_ samples: Samples) throws {
    guard let map = try CBORDecoder.decode(try samples["publicKey"]).map else { return }
    let key = try COSEKey(cbor: map)
    let der = try key.subjectPublicKeyInfo()
    let signed = try samples["signed"]
    let signature = try samples["signature"]
    measure("assertion verified") { blackHole(try key.verify(signature: signature, over: signed)) }
    measure("assertion verified by OpenSSL") {
        blackHole(openssl_verify(der, der.count, signed, signed.count, signature, signature.count))
    }
    measure("PIN protocol round") {
        let shared = try PINUVSharedSecret(.two, with: key)
        let encrypted = try shared.encrypt(Secret(copying: [UInt8](repeating: 7, count: 16)))
        blackHole(try shared.decrypt(encrypted).count)
        blackHole(shared.authenticate(signed))
    }
}
