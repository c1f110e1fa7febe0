extension COSEKey {
    /// The COSE_Key map; only its public parameters, `nil` for an unknown key type.
    public var cbor: CBORMap? {
        var map: CBORMap = [3: .int(algorithm.rawValue)]
        switch material {
        case .okp(let curve, let x):
            map[1] = 1
            map[-1] = .int(curve)
            map[-2] = .bytes(x)
        case .ec2(let curve, let x, let y):
            map[1] = 2
            map[-1] = .int(curve)
            map[-2] = .bytes(x)
            map[-3] = .bytes(y)
        case .rsa(let n, let e):
            map[1] = 3
            map[-1] = .bytes(n)
            map[-2] = .bytes(e)
        case .unknown: return nil
        }
        return map
    }

    /// Reads a COSE_Key map; members that are not needed are ignored.
    public init(cbor map: CBORMap) throws(CBORError) {
        let keyType = try map.required(1, "kty", \.int)
        algorithm = COSEAlgorithm(rawValue: try map.required(3, "alg", \.int))
        switch keyType {
        case 1:
            material = .okp(
                curve: try map.required(-1, "crv", \.int),
                x: try map.required(-2, "x", \.bytes)
            )
        case 2:
            material = .ec2(
                curve: try map.required(-1, "crv", \.int),
                x: try map.required(-2, "x", \.bytes),
                y: try map.required(-3, "y", \.bytes)
            )
        case 3:
            material = .rsa(
                n: try map.required(-1, "n", \.bytes),
                e: try map.required(-2, "e", \.bytes)
            )
        default: material = .unknown(keyType: keyType)
        }
    }
}
