// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A recorded function as a value: a flat list of operations from parameters and data to outputs.
///
/// It is made by running a function once on ``/DifferentiableScalars/Traced`` numbers. What the code did at the
/// recorded point is what the program does at every point; where the code decided by a comparison, the program has a
/// ``/DifferentiableScalars/Guard``, and is the function's only where all guards hold.
///
/// A program is a function like any other: every differentiator takes it, see ``ProgramFunction``.
public struct Program: Sendable, Hashable {
  /// The operations; an operand stands before its use.
  public internal(set) var operations: [Operation]
  /// The operands of all operations, as positions of operations.
  public internal(set) var operands: [UInt32]
  /// The constants.
  public internal(set) var constants: [Double]
  /// The matrices of parameters that layers multiply with.
  public internal(set) var matrices: [WeightMatrix]
  /// The comparisons that must come out the same.
  public internal(set) var guards: [Guard]
  /// The operations whose values are the results.
  public internal(set) var outputs: [UInt32]
  /// The number of parameters.
  public internal(set) var parameterCount: Int
  /// The number of data of a sample.
  public internal(set) var dataCount: Int
  /// The parameters where it was recorded.
  public internal(set) var recordedParameters: [Double]
  /// The data where it was recorded.
  public internal(set) var recordedData: [Double]

  init(
    _ recorder: Recorder, outputs: [Traced], parameters: [Double], data: [Double]
  ) throws {
    self.outputs = outputs.map { recorder.node(of: $0) }
    if let obstacle = recorder.obstacle { throw obstacle }
    operations = recorder.operations
    operands = recorder.operands
    constants = recorder.constants
    matrices = recorder.matrices
    guards = recorder.guards
    parameterCount = parameters.count
    dataCount = data.count
    recordedParameters = parameters
    recordedData = data
  }

  /// Records a function of parameters and data.
  ///
  /// Cost: one evaluation at about 50 ns an operation.
  ///
  /// - Throws: `RecordingObstacle` for code that cannot be recorded, and what the function throws.
  public static func recording(
    parameters: [Double], data: [Double] = [], limit: Int = 1 << 30,
    _ body: (_ parameters: [Traced], _ data: [Traced]) throws -> [Traced]
  ) throws -> Program {
    let recorder = Recorder(limit: limit)
    let p = parameters.enumerated().map { recorder.parameter($0, value: $1) }
    let d = data.enumerated().map { recorder.data($0, value: $1) }
    return try Program(recorder, outputs: body(p, d), parameters: parameters, data: data)
  }

  /// Records a function Rⁿ → Rᵐ.
  public static func recording(_ f: some VectorFunction, at x: [Double]) throws -> Program {
    try recording(parameters: x) { p, _ in try f(p) }
  }

  /// The operands of an operation.
  @inlinable
  public func operands(of operation: Operation) -> ArraySlice<UInt32> {
    operands[Int(operation.start)..<Int(operation.start + operation.count)]
  }

  /// The operands of the operation at a position.
  public func operands(at node: Int) -> ArraySlice<UInt32> { operands(of: operations[node]) }

  /// The number of operations that compute something.
  public var size: Int { operations.count { !$0.opcode.isLeaf } }
}
