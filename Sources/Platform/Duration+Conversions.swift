extension Duration {
    /// In seconds, with the fraction.
    package var inSeconds: Double { self / .seconds(1) }

    /// In whole nanoseconds, rounded down, at most eleven days.
    package var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(0, max(0, min(seconds, 1_000_000)) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// In milliseconds for poll(2), rounded up and at most eleven days: a wait never ends early, and never lasts
    /// forever.
    package var pollTimeout: CInt {
        CInt((inNanoseconds + 999_999) / 1_000_000)
    }
}
