// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A recorded sample in its parts: what is computed once a call, and what for every sample.
///
///     θ ─head→ u ─uniform→ v ;  for every sample: body(v, x, w) → w f, w ∂f/∂u ;  Σ ─pullback→ ∂/∂θ
///
/// `head` is what the function computes from parameters alone, `uniform` what of its derivative depends on these alone.
struct PanelPlan: Sendable {
  let parameterCount: Int
  let dataCount: Int
  let head: FlatCode
  let uniform: FlatCode
  let pullback: FlatCode
  /// Parameters are v; data are the sample's, then the weight; outputs w f and w ∂f/∂u.
  let body: Program
  /// What decides whether the recording is a sample's; nil where no sample can decide it otherwise.
  let decisions: Program?
  /// The rows that a panel needs.
  let rowCount: Int

  init(_ recorded: Program) throws {
    precondition(recorded.outputs.count == 1, "a sum over samples has one output")
    parameterCount = recorded.parameterCount
    dataCount = recorded.dataCount
    let (head, inner) = try recorded.optimized().hoistingParameterPart()
    self.head = FlatCode(head)
    pullback = FlatCode(try head.pullback().optimized())
    let (uniform, body) = try inner.weightedPullback().optimized().droppingDetachment().hoistingParameterPart()
    self.uniform = FlatCode(uniform)
    // The samples that a panel gets have passed the guards before; those of the slopes are among them.
    var unguarded = body
    unguarded.guards = []
    self.body = unguarded.removingDeadCode()
    var decisions = body
    decisions.outputs = []
    self.decisions = body.guards.isEmpty ? nil : decisions.removingDeadCode()
    rowCount = PanelCode.rowCount(self.body)
  }
}

/// The memories of a plan's parts that run once a call.
final class PlanMemory {
  private let plan: PanelPlan
  private let head: MachineMemory
  private let uniform: MachineMemory
  private let pullback: MachineMemory

  init(_ plan: PanelPlan) {
    self.plan = plan
    head = plan.head.makeMemory()
    uniform = plan.uniform.makeMemory()
    pullback = plan.pullback.makeMemory()
  }

  /// From θ to v, into the memory of a panel; false where a decision on parameters alone comes out otherwise.
  func start(_ parameters: [Double], panel: MachineMemory, at place: Int, on set: InstructionSet) -> Bool {
    if plan.head.isIdentity, plan.uniform.isIdentity {
      panel.store(parameters, at: place)
      return true
    }
    head.store(parameters, at: plan.head.parameterPlace)
    guard plan.head.run(head, on: set) else { return false }
    uniform.copy(plan.head.outputRange, of: head, to: plan.uniform.parameterPlace)
    guard plan.uniform.run(uniform, on: set) else { return false }
    panel.copy(plan.uniform.outputRange, of: uniform, to: place)
    return true
  }

  /// Adds ∂/∂θ to a gradient, from the sums over the samples of w f and w ∂f/∂u.
  func finish(
    _ sums: MachineMemory, _ parameters: [Double], adding gradient: inout [Double], on set: InstructionSet
  ) -> Bool {
    if plan.head.isIdentity {
      sums.add(1..<(1 + gradient.count), to: &gradient)
      return true
    }
    pullback.store(parameters, at: plan.pullback.parameterPlace)
    pullback.copy(1..<sums.count, of: sums, to: plan.pullback.dataPlace)
    guard plan.pullback.run(pullback, on: set) else { return false }
    let end = plan.pullback.outputRange.upperBound
    pullback.add((end - gradient.count)..<end, to: &gradient)
    return true
  }
}
