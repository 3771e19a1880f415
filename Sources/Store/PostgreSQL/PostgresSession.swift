import CPostgreSQL
import Foundation

/// One connection to the server. Lives on one thread: everything here blocks until the server has answered or its time is over.
final class PostgresSession {
    private let connection: OpaquePointer
    private let preparesStatements: Bool
    private var statements: [String: PreparedStatement] = [:]
    private var named = 0
    private var used = 0
    /// Most statements kept prepared: a list of ids makes a text of its own for each length.
    private static let mostStatements = 256
    /// How long the server may take for one statement before it counts as gone, in seconds; nil = for ever.
    var longest: TimeInterval?
    private var deadline: ContinuousClock.Instant?

    /// Connects; throws a `Failure` with a sentence that names no password.
    init(_ address: PostgresAddress) throws {
        let start = ContinuousClock.now
        let pairs = Self.standards.merging(address.parameters) { $1 }.sorted { $0.key < $1.key }
        let keywords = pairs.map { strdup($0.key) }
        let values = pairs.map { strdup($0.value) }
        defer { (keywords + values).forEach { free($0) } }
        let opened = (keywords.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { keywords in
            (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
                PQconnectStartParams(keywords.baseAddress, values.baseAddress, 0)
            }
        }
        guard let opened else { throw PostgresError(state: "53200", message: "no memory for a connection").failure(address) }
        connection = opened
        preparesStatements = !address.isPooled
        deadline = start + .seconds(address.connectTimeout)
        // Verbose messages of a refused connection hold the server's code, which does not depend on its language.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        do {
            try connect()
        } catch {
            let text = (error as? PostgresError)?.message ?? ""
            throw PostgresError.connecting(text, address)
        }
        PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
        PQsetnonblocking(connection, 1)
        // Notices go nowhere: what matters comes as an error.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        try checkServer()
    }

    deinit { PQfinish(connection) }

    /// What libpq is told unless the address says otherwise.
    private static let standards = [
        // The collation, folding and search words count on it.
        "client_encoding": "UTF8",
        "fallback_application_name": "clynto",
        // A server behind a cut line is noticed within half a minute, and a firewall keeps an idle connection.
        "keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "30000"
    ]

    private func connect() throws {
        guard PQstatus(connection) != CONNECTION_BAD else { throw lost() }
        // As libpq asks: treat a new attempt as waiting to write.
        var next = PGRES_POLLING_WRITING
        while next != PGRES_POLLING_OK {
            guard next != PGRES_POLLING_FAILED else { throw lost() }
            try wait(for: next == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            next = PQconnectPoll(connection)
        }
    }

    private func checkServer() throws {
        let version = PQserverVersion(connection)
        guard version >= 120_000 else {
            throw ServerFault.tooOld(version)
        }
        if let encoding = PQparameterStatus(connection, "server_encoding"), strcmp(encoding, "UTF8") != 0 {
            throw ServerFault.encoding(String(cString: encoding))
        }
    }

    // MARK: Statements

    /// Several statements without arguments in one message; the server stops at the first that fails.
    func script(_ sql: String) throws {
        startTime()
        guard PQsendQuery(connection, sql) == 1 else { throw lost() }
        PQclear(try answer())
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try execute(sql, arguments) { result, columns in
            let count = PQnfields(result)
            let types = (0..<count).map { PQftype(result, $0) }
            let names = columns ?? ColumnNames((0..<count).map { String(cString: PQfname(result, $0)) })
            return (0..<PQntuples(result)).map { row in
                Row(columns: names, values: (0..<count).map { Self.value(result, row, $0, types[Int($0)]) })
            }
        }
    }

    func run(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try execute(sql, arguments) { result, _ in Int(String(cString: PQcmdTuples(result))) ?? 0 }
    }

    private func execute<Value>(
        _ sql: String, _ arguments: [SQLValue], _ read: (OpaquePointer, ColumnNames?) -> Value
    ) throws -> Value {
        startTime()
        let parameters = PostgresParameters(arguments)
        let statement = preparesStatements ? try prepared(sql, parameters.types) : nil
        let sent = parameters.withPointers { count, values, lengths, formats in
            if let statement {
                return PQsendQueryPrepared(connection, statement.name, count, values, lengths, formats, 0)
            }
            return PQsendQueryParams(connection, sql, count, parameters.types, values, lengths, formats, 0)
        }
        guard sent == 1 else { throw lost() }
        let result = try answer()
        defer { PQclear(result) }
        return read(result, statement?.columns)
    }

    /// The statement as the server has it prepared. Its parameter types come from the arguments; where an argument is null the server
    /// infers one, and the statement is prepared again when a later argument turns out to be of another type.
    private func prepared(_ sql: String, _ types: [Oid]) throws -> PreparedStatement {
        used += 1
        let known = statements[sql]
        if var known, known.accepts(types) {
            known.lastUse = used
            statements[sql] = known
            return known
        }
        if let known { try forget(known, sql) }
        if statements.count >= Self.mostStatements, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            try forget(oldest.value, oldest.key)
        }
        named += 1
        let name = "s\(named)"
        let given = known.map { zip(types, $0.given).map { $0 == PostgresType.unknown ? $1 : $0 } } ?? types
        guard PQsendPrepare(connection, name, sql, Int32(given.count), given) == 1 else { throw lost() }
        PQclear(try answer())
        guard PQsendDescribePrepared(connection, name) == 1 else { throw lost() }
        let description = try answer()
        defer { PQclear(description) }
        let statement = PreparedStatement(
            name: name, given: given, resolved: (0..<PQnparams(description)).map { PQparamtype(description, $0) },
            columns: ColumnNames((0..<PQnfields(description)).map { String(cString: PQfname(description, $0)) }), lastUse: used)
        statements[sql] = statement
        return statement
    }

    private func forget(_ statement: PreparedStatement, _ sql: String) throws {
        statements[sql] = nil
        try script("DEALLOCATE \(statement.name)")
    }

    private struct PreparedStatement {
        var name: String
        /// Types we named; `unknown` where an argument was null.
        var given: [Oid]
        /// Types the server settled on.
        var resolved: [Oid]
        var columns: ColumnNames
        var lastUse: Int

        func accepts(_ types: [Oid]) -> Bool {
            types.count == resolved.count && zip(types, resolved).allSatisfy { $0 == PostgresType.unknown || $0 == $1 }
        }
    }

    private static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32, _ type: Oid) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        switch type {
        case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.oid: return .integer(Int64(strtoll(start, nil, 10)))
        case PostgresType.float8, PostgresType.float4: return .double(strtod(start, nil))
        case PostgresType.bool: return .bool(UInt8(bitPattern: start.pointee) == UInt8(ascii: "t"))
        case PostgresType.numeric:
            // Sums of whole numbers are numeric here; they are whole numbers to SQLite and to us.
            let text = String(cString: start)
            return Int64(text).map { .integer($0) } ?? .double(strtod(start, nil))
        default:
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    // MARK: Talking to the server

    /// Sends what is left to send and reads until the answer is whole. The caller clears it.
    private func answer() throws -> OpaquePointer {
        while true {
            let left = PQflush(connection)
            if left == 0 { break }
            guard left == 1 else { throw lost() }
            // The server may be sending as well, and would wait for us to read.
            let ready = try wait(for: POLLIN | POLLOUT)
            if ready & Int16(POLLIN) != 0, PQconsumeInput(connection) == 0 { throw lost() }
        }
        var kept: OpaquePointer?
        var fault: PostgresError?
        while true {
            while PQisBusy(connection) == 1 {
                do {
                    try wait(for: POLLIN)
                } catch {
                    if let kept { PQclear(kept) }
                    throw error
                }
                // An error here also shows in the result that follows.
                if PQconsumeInput(connection) == 0, PQstatus(connection) == CONNECTION_BAD { break }
            }
            guard let result = PQgetResult(connection) else { break }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                if let kept { PQclear(kept) }
                kept = result
            default:
                if fault == nil { fault = Self.error(of: result) }
                PQclear(result)
            }
            if PQstatus(connection) == CONNECTION_BAD, PQisBusy(connection) == 1 { break }
        }
        if let fault {
            if let kept { PQclear(kept) }
            throw PQstatus(connection) == CONNECTION_BAD && fault.state.isEmpty ? PostgresError.lost(fault.message) : fault
        }
        guard let kept else { throw lost() }
        return kept
    }

    private static func error(of result: OpaquePointer) -> PostgresError {
        func field(_ code: Character) -> String {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return "" }
            return String(cString: text)
        }
        // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY.
        let (state, message) = (field("C"), field("M"))
        return PostgresError(state: state, message: message.isEmpty ? String(cString: PQresultErrorMessage(result)) : message)
    }

    private func startTime() { deadline = longest.map { .now + .seconds($0) } }

    private func lost() -> PostgresError { .lost(String(cString: PQerrorMessage(connection))) }

    /// Waits until the socket can be read or written, or throws `silent` at the deadline. Returns what it is ready for.
    @discardableResult
    private func wait(for events: Int32) throws -> Int16 {
        while true {
            var socket = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
            var milliseconds: Int32 = -1
            if let deadline {
                let left = deadline - .now
                guard left > .zero else { throw PostgresError.silent() }
                milliseconds = Int32(min(left / .milliseconds(1), Double(Int32.max - 1)).rounded(.up))
            }
            let count = poll(&socket, 1, milliseconds)
            if count > 0 { return socket.revents }
            if count < 0, errno != EINTR { throw PostgresError.lost(String(cString: strerror(errno))) }
        }
    }

    // MARK: State

    /// Whether the connection can serve another transaction.
    var isIdle: Bool { PQstatus(connection) == CONNECTION_OK && PQtransactionStatus(connection) == PQTRANS_IDLE }

    /// Payloads of notifications that have come in since the last call; waits up to `milliseconds` for one. Throws when the connection
    /// is gone.
    func notifications(waiting milliseconds: Int32) throws -> [String] {
        var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        _ = poll(&socket, 1, milliseconds)
        guard PQconsumeInput(connection) == 1 else { throw lost() }
        var payloads: [String] = []
        while let notification = PQnotifies(connection) {
            payloads.append(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        return payloads
    }
}

/// A server that cannot serve us, whatever is asked.
enum ServerFault: Error {
    case tooOld(Int32)
    case encoding(String)
}
