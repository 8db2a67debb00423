// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs

extension Explanation {
  /// How much is taken apart.
  public struct Limits: Sendable {
    /// The largest number of operations.
    public var operations = 5000
    /// How many paths are listed for an input.
    public var paths = 16
    /// Whether operations that change nothing (a sum of one term, a division by 1) are left out.
    public var elides = false
    /// Limits as they are.
    public init(operations: Int = 5000, paths: Int = 16, elides: Bool = false) {
      self.operations = operations
      self.paths = paths
      self.elides = elides
    }
  }

  /// Takes a function apart at a point.
  ///
  /// Cost: for n operations and d directions d forward sweeps, one backward, and 2n evaluations for what is measured.
  ///
  /// - Parameters:
  ///   - f: the function Rⁿ → Rᵐ.
  ///   - x: the point.
  ///   - names: the names of its n inputs.
  ///   - output: which of the m outputs.
  ///   - outputName: what it is called.
  ///   - wrt: the inputs that tangents and path sums are wanted for; nil for all.
  ///   - isSecondOrder: whether second derivatives are wanted too; they know nothing of a planted rule.
  ///   - planted: a wrong rule to plant, to be found.
  ///   - limits: how much is taken apart.
  /// - Throws: ``ExplanationError``, and what the function throws.
  public init(
    of f: some VectorFunction, at x: [Double], names: [String], output: Int = 0, outputName: String = "f",
    wrt: [String]? = nil, isSecondOrder: Bool = false, planted: PlantedRule? = nil, limits: Limits = Limits()
  ) throws {
    let program: Program
    do {
      program = try Program.recording(parameters: x, limit: 1 << 20) { p, _ in try f.erased(p) }
    } catch let obstacle as RecordingObstacle {
      throw ExplanationError.notRecordable("\(obstacle)")
    }
    try self.init(
      program, names: names, output: output, outputName: outputName, wrt: wrt, isSecondOrder: isSecondOrder,
      planted: planted, limits: limits)
  }

  /// Takes a recorded program apart where it was recorded.
  public init(
    _ program: Program, names: [String], output: Int = 0, outputName: String = "f", wrt: [String]? = nil,
    isSecondOrder: Bool = false, planted: PlantedRule? = nil, limits: Limits = Limits()
  ) throws {
    let anatomy = Anatomy(program, names: names, output: output, outputName: outputName, elides: limits.elides)
    guard anatomy.operations.count <= limits.operations else {
      throw ExplanationError.tooLong(operations: anatomy.operations.count, limit: limits.operations)
    }
    let directions = try (wrt ?? names).map { name in
      guard let node = anatomy.inputNode(named: name) else {
        throw ExplanationError.unknownInput(name, known: names)
      }
      return node
    }
    let values = anatomy.values()
    var slopes = anatomy.slopes(values)
    try planted?.plant(in: &slopes, of: anatomy)
    let tangents = directions.map { anatomy.tangents(of: $0, slopes) }
    let second = isSecondOrder ? directions.map { anatomy.secondTangents($0, $0) } : nil
    let terms = anatomy.adjointTerms(slopes)
    let measured = anatomy.measuredAdjoints(values)
    nodes = anatomy.operations.indices.map { i in
      let operation = anatomy.operations[i]
      return Node(
        kind: operation.opcode == .constant ? .constant : (operation.opcode.isLeaf ? .input : .operation),
        name: anatomy.names[i], expression: anatomy.expressions[i],
        operation: operation.opcode.isLeaf ? "" : operation.opcode.name,
        payload: operation.opcode.isLeaf ? 0 : Int(operation.payload), operands: anatomy.operands[i],
        value: values[i], slopes: slopes[i], tangents: tangents.map { $0[i] },
        secondTangents: second.map { $0.map { $0[i] } }, adjoint: terms.adjoints[i], adjointTerms: terms.terms[i],
        measured: measured[i])
    }
    self.output = anatomy.output
    self.directions = directions
    self.planted = planted
    pathSums = directions.map { anatomy.paths(from: $0, slopes, limit: limits.paths, total: terms.adjoints[$0]) }
    decisions = anatomy.decisions.map(Decision.init)
    if isSecondOrder {
      hessian = directions.map { a in directions.map { anatomy.secondTangents(a, $0)[anatomy.output] } }
    }
  }
}
