import CPostgreSQL

/// Types by their fixed numbers in `pg_type`.
enum PostgresType {
    static let unknown: Oid = 0
    static let bool: Oid = 16
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let oid: Oid = 26
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let numeric: Oid = 1700
}

/// A statement's arguments as libpq takes them: all binary, one buffer for all, so that text needs no escaping and no end mark.
struct PostgresParameters {
    private(set) var types: [Oid] = []
    // Never empty, so that an empty text has an address too.
    private var bytes: [UInt8] = [0]
    private var starts: [Int?] = []
    private var lengths: [Int32] = []

    init(_ values: [SQLValue]) {
        types.reserveCapacity(values.count)
        starts.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        for value in values {
            let start = bytes.count
            switch value {
            case .null: break
            case .integer(let number): append(UInt64(bitPattern: number))
            case .double(let number): append(number.bitPattern)
            case .text(let text): bytes.append(contentsOf: text.utf8)
            case .bool(let flag): bytes.append(flag ? 1 : 0)
            }
            types.append(Self.type(of: value))
            starts.append(value == .null ? nil : start)
            lengths.append(Int32(bytes.count - start))
        }
    }

    /// A null says nothing about its type; the server infers it.
    private static func type(of value: SQLValue) -> Oid {
        switch value {
        case .null: PostgresType.unknown
        case .integer: PostgresType.int8
        case .double: PostgresType.float8
        case .text: PostgresType.text
        case .bool: PostgresType.bool
        }
    }

    private mutating func append(_ number: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }

    /// Calls `body` with count, values, lengths and formats.
    func withPointers<Result>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        let formats = [Int32](repeating: 1, count: lengths.count)
        return bytes.withUnsafeBytes { buffer in
            let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values: [UnsafePointer<CChar>?] = starts.map { start in start.flatMap { offset in base.map { $0 + offset } } }
            return body(Int32(values.count), values, lengths, formats)
        }
    }
}
