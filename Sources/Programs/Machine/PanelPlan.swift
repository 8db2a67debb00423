// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A recorded sample in its parts: what is computed once a call, and what for every sample.
///
///     θ ─head→ u ─uniform→ v ;  for every sample: body(v, x, w) → w f, w ∂f/∂u ;  Σ ─pullback→ ∂/∂θ
///
/// `head` is what the function computes from parameters alone, `uniform` what of its derivative depends on these alone.
/// The weights of layers stay where they are in θ.
struct PanelPlan: Sendable {
  let parameterCount: Int
  let dataCount: Int
  let head: OncePart
  let uniform: OncePart
  /// From ∂/∂u to ∂/∂θ; nil where u is chosen from θ.
  let pullback: OncePart?
  /// θ's positions that the pullback's outputs are derivatives by.
  let pullbackTargets: [Int]
  /// What a panel runs.
  let body: PanelBody
  /// What decides whether the recording is a sample's; nil where no sample can decide it otherwise.
  let decisions: PanelBody?
  /// The rows that a panel needs.
  let rowCount: Int
  /// Whether each weight belongs to one product only, so that a panel's sums by matrices are one addition to a gradient.
  let addsMatricesOnce: Bool
  /// For each of v, its position in θ; nil where v is computed.
  let selection: [Int]?

  init(_ recorded: Program) throws {
    precondition(recorded.outputs.count == 1, "a sum over samples has one output")
    parameterCount = recorded.parameterCount
    dataCount = recorded.dataCount
    let layers = try recorded.optimized().recognizingLayers()
    let outer = try layers.program.hoisted()
    head = OncePart(outer.head)
    let gradient = try outer.body.weightedPullback(scalars: outer.scalarCount)
    let inner = try gradient.program.optimized().droppingDetachment().hoisted()
    uniform = OncePart(inner.head)
    // From a matrix of the body to its place in u, and from there to that in θ.
    let innerWeights = Dictionary(
      zip(outer.body.matrices, outer.weights).map { matrix, first in
        (matrix.first, layers.place(WeightMatrix(first: first, rows: matrix.rows, columns: matrix.columns)))
      }, uniquingKeysWith: { first, _ in first })
    func place(_ first: Int) -> WeightPlace {
      guard let place = innerWeights[first] else { preconditionFailure("a matrix without weights") }
      return place
    }
    let weights = inner.weights.map(place)
    let derivatives = gradient.matrices.map { derivative in
      var derivative = derivative
      derivative.place = place(derivative.matrix.first)
      return derivative
    }
    // The samples that a panel gets have passed the guards before; those of the slopes are among them.
    var unguarded = inner.body
    unguarded.guards = []
    body = PanelBody(
      program: unguarded.removingDeadCode(), numberCount: inner.scalarCount, weights: weights,
      scalarOutputs: gradient.scalarOutputs, derivatives: derivatives)
    var deciding = inner.body
    deciding.outputs = []
    decisions =
      inner.body.guards.isEmpty
      ? nil
      : PanelBody(
        program: deciding.removingDeadCode(), numberCount: inner.scalarCount, weights: weights, scalarOutputs: 0,
        derivatives: [])
    let ranges = derivatives.map { $0.place.range($0.matrix) }.sorted { $0.lowerBound < $1.lowerBound }
    addsMatricesOnce = zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    rowCount = PanelCode.rowCount(body)
    if let first = head.selection, let second = uniform.selection {
      selection = second.map { first[$0] }
    } else {
      selection = nil
    }
    if let chosen = head.selection {
      pullback = nil
      pullbackTargets = chosen
    } else {
      var back = try outer.head.compacted().program.pullback()
      // Only what can be other than zero.
      let first = back.outputs.count - back.parameterCount
      let parameters = head.inputs ?? Array(0..<parameterCount)
      back = try back.optimized()
      let live = (0..<back.parameterCount).filter { index in
        let operation = back.operations[Int(back.outputs[first + index])]
        return operation.opcode != .constant || back.constants[Int(operation.payload)] != 0
      }
      back.outputs = live.map { back.outputs[first + $0] }
      pullback = OncePart(code: FlatCode(back.removingDeadCode()), inputs: head.inputs, selection: nil)
      pullbackTargets = live.map { parameters[$0] }
    }
  }
}

/// What is run for every panel.
struct PanelBody: Sendable {
  /// Parameters are v, then the weights; data are the sample's, then the weight; outputs w f and w ∂f/∂u, then the factors
  /// of the derivatives by matrices.
  let program: Program
  /// The number of v.
  let numberCount: Int
  /// Where each of the program's matrices is in θ.
  let weights: [WeightPlace]
  /// The number of outputs that are summed as they are.
  let scalarOutputs: Int
  /// The derivatives by matrices; these are in θ.
  let derivatives: [MatrixDerivative]
  /// Whether the outputs of every sample are kept, sample by sample.
  var keepsOutputs = false
}

/// A program that is run once a call, on the parameters that it reads.
struct OncePart: Sendable {
  let code: FlatCode
  /// The parameters that it reads; nil for all in order.
  let inputs: [Int]?
  /// Where its outputs are parameters: which.
  let selection: [Int]?

  init(code: FlatCode, inputs: [Int]?, selection: [Int]?) {
    self.code = code
    self.inputs = inputs
    self.selection = selection
  }

  init(_ program: Program) {
    let (compact, inputs) = program.compacted()
    code = FlatCode(compact)
    self.inputs = inputs
    let leaves = compact.outputs.map { compact.operations[Int($0)] }
    selection =
      program.guards.isEmpty && leaves.allSatisfy { $0.opcode == .parameter }
      ? leaves.map { inputs?[Int($0.payload)] ?? Int($0.payload) } : nil
  }
}

extension Program {
  /// The program as a function of those parameters that it reads, and which these are; nil for all of them.
  func compacted() -> (program: Program, inputs: [Int]?) {
    let read = operations.filter { $0.opcode == .parameter }.map { Int($0.payload) }
    let inputs = Set(read).sorted()
    if inputs.count == parameterCount { return (self, nil) }
    let position = Dictionary(uniqueKeysWithValues: zip(inputs, 0...))
    var result = self
    for (node, operation) in operations.enumerated() where operation.opcode == .parameter {
      result.operations[node].payload = Int32(position[Int(operation.payload)] ?? 0)
    }
    result.recordedParameters = inputs.map { recordedParameters[$0] }
    result.parameterCount = inputs.count
    return (result, inputs)
  }
}
