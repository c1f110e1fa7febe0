// Prints the plugged-in security keys, and keys as they come and go, without opening any.
import CTAPHID

@main struct Watch {
    static func main() async {
        for await event in DeviceMonitor.events() {
            switch event {
            case .added(let key): print("+ \(key.displayName) at \(key.path)")
            case .removed(let key): print("- \(key.displayName) at \(key.path)")
            case .initialScanComplete: print("watching")
            }
        }
    }
}
