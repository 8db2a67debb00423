// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// What is wrong with a stored program.
public enum ProgramError: Error, Equatable, CustomStringConvertible {
  /// It was written by another version.
  case version(found: Int, supported: Int)
  /// An operation that this version does not know.
  case unknownOperation(name: String, position: Int)
  /// An operation whose numbers do not fit.
  case malformed(position: Int, reason: String)

  /// What is wrong, and the way out.
  public var description: String {
    switch self {
    case .version(let found, let supported):
      "the program has format version \(found), and this build reads \(supported): record the function again"
    case .unknownOperation(let name, let position):
      "operation \(position) of the program is '\(name)', which this build does not know: record the function again"
    case .malformed(let position, let reason):
      "operation \(position) of the program is damaged (\(reason)): record the function again"
    }
  }
}

extension Program: Codable {
  /// The version of the stored form. Version 1, which has no matrices, is read too.
  public static var formatVersion: Int { 2 }

  private enum Key: String, CodingKey {
    case formatVersion, operations, payloads, counts, operands, constants, matrices, guards, outputs, parameters, data
  }

  /// Writes the program; numbers that JSON cannot hold are written by their bits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.formatVersion, forKey: .formatVersion)
    try container.encode(operations.map { "\($0.opcode)" }, forKey: .operations)
    try container.encode(operations.map(\.payload), forKey: .payloads)
    try container.encode(operations.map(\.count), forKey: .counts)
    try container.encode(operations.flatMap { operands(of: $0) }, forKey: .operands)
    try container.encode(constants.map(\.bitPattern), forKey: .constants)
    try container.encode(matrices, forKey: .matrices)
    try container.encode(
      guards.map { [UInt32($0.relation.rawValue), $0.left, $0.right, $0.outcome ? 1 : 0] }, forKey: .guards)
    try container.encode(outputs, forKey: .outputs)
    try container.encode(recordedParameters.map(\.bitPattern), forKey: .parameters)
    try container.encode(recordedData.map(\.bitPattern), forKey: .data)
  }

  /// Reads a program and checks every position in it.
  ///
  /// - Throws: ``ProgramError`` for another version, an unknown operation or a position that does not fit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let version = try container.decode(Int.self, forKey: .formatVersion)
    guard (1...Self.formatVersion).contains(version) else {
      throw ProgramError.version(found: version, supported: Self.formatVersion)
    }
    let names = try container.decode([String].self, forKey: .operations)
    let payloads = try container.decode([Int32].self, forKey: .payloads)
    let counts = try container.decode([UInt32].self, forKey: .counts)
    operands = try container.decode([UInt32].self, forKey: .operands)
    constants = try container.decode([UInt64].self, forKey: .constants).map(Double.init(bitPattern:))
    matrices = version == 1 ? [] : try container.decode([WeightMatrix].self, forKey: .matrices)
    outputs = try container.decode([UInt32].self, forKey: .outputs)
    recordedParameters = try container.decode([UInt64].self, forKey: .parameters).map(Double.init(bitPattern:))
    recordedData = try container.decode([UInt64].self, forKey: .data).map(Double.init(bitPattern:))
    parameterCount = recordedParameters.count
    dataCount = recordedData.count
    guards = try container.decode([[UInt32]].self, forKey: .guards).enumerated().map { position, g in
      guard g.count == 4, g[0] < 256, let relation = Guard.Relation(rawValue: UInt8(g[0])) else {
        throw ProgramError.malformed(position: position, reason: "a guard")
      }
      return Guard(relation, g[1], g[2], outcome: g[3] == 1)
    }
    guard payloads.count == names.count, counts.count == names.count else {
      throw ProgramError.malformed(position: 0, reason: "lists of different lengths")
    }
    let opcodes = Dictionary(uniqueKeysWithValues: Opcode.allCases.map { ("\($0)", $0) })
    operations = []
    var start: UInt32 = 0
    for (position, name) in names.enumerated() {
      guard let opcode = opcodes[name] else { throw ProgramError.unknownOperation(name: name, position: position) }
      guard counts[position] <= UInt32(operands.count) - start else {
        throw ProgramError.malformed(position: position, reason: "operands are missing")
      }
      operations.append(
        Operation(opcode, payload: payloads[position], start: start, count: counts[position]))
      start += counts[position]
    }
    try validate()
  }

  private func validate() throws {
    for (position, matrix) in matrices.enumerated() {
      let (count, overflow) = matrix.rows.multipliedReportingOverflow(by: matrix.columns)
      guard matrix.first >= 0, matrix.rows > 0, matrix.columns > 0, !overflow, count <= parameterCount,
        matrix.first <= parameterCount - count
      else { throw ProgramError.malformed(position: position, reason: "a matrix beyond the parameters") }
    }
    func require(_ condition: Bool, _ position: Int, _ reason: String) throws {
      if !condition { throw ProgramError.malformed(position: position, reason: reason) }
    }
    for (position, operation) in operations.enumerated() {
      let count = Int(operation.count)
      let payload = Int(operation.payload)
      try require(operands(of: operation).allSatisfy { $0 < position }, position, "an operand that comes later")
      let vectors = operation.opcode == .row ? operands(of: operation).dropFirst() : operands(of: operation)
      try require(
        vectors.allSatisfy { !operations[Int($0)].opcode.isLayer }, position, "a matrix product as an operand")
      switch operation.opcode {
      case .parameter: try require((0..<parameterCount).contains(payload) && count == 0, position, "a position")
      case .data: try require((0..<dataCount).contains(payload) && count == 0, position, "a position")
      case .constant: try require(constants.indices.contains(payload) && count == 0, position, "a position")
      case .accumulate: try require(payload >= 0 && 2 * payload <= count, position, "a number of products")
      case .logSumExp: break
      case .layer, .transposedLayer:
        try require(matrices.indices.contains(payload), position, "a matrix")
        let matrix = matrices[payload]
        try require(
          count == (operation.opcode == .layer ? matrix.columns : matrix.rows), position, "\(count) operands")
      case .row:
        try require(count == 1 || count == 2, position, "\(count) operands")
        let product = operations[Int(operands[Int(operation.start)])]
        try require(product.opcode.isLayer, position, "an element of no matrix product")
        let matrix = matrices[Int(product.payload)]
        let length = product.opcode == .layer ? matrix.rows : matrix.columns
        try require((0..<length).contains(payload), position, "a position")
      case .select: try require(count == 4, position, "\(count) operands")
      case .add, .subtract: try require(count == 2, position, "\(count) operands")
      default:
        try require(count == (operation.opcode.binaryRule == nil ? 1 : 2), position, "\(count) operands")
      }
    }
    let all = outputs + guards.flatMap { [$0.left, $0.right] }
    try require(
      all.allSatisfy { $0 < operations.count && !operations[Int($0)].opcode.isLayer }, operations.count,
      "an output or a guard beyond the end")
  }
}
