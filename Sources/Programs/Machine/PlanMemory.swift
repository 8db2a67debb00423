// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// The memories of a plan's parts that run once a call.
final class PlanMemory {
  private let plan: PanelPlan
  private let head: MachineMemory
  private let uniform: MachineMemory
  private let pullback: MachineMemory

  init(_ plan: PanelPlan) {
    self.plan = plan
    head = plan.head.code.makeMemory()
    uniform = plan.uniform.code.makeMemory()
    pullback = plan.pullback?.code.makeMemory() ?? MachineMemory(count: 0)
  }

  /// From θ to v, into the memory of a panel; false where a decision on parameters alone comes out otherwise.
  func start(_ parameters: [Double], panel: MachineMemory, at place: Int, on set: InstructionSet) -> Bool {
    if let selection = plan.selection {
      panel.store(parameters, selection, at: place)
      return true
    }
    head.store(parameters, plan.head.inputs, at: plan.head.code.parameterPlace)
    guard plan.head.code.run(head, on: set) else { return false }
    if let inputs = plan.uniform.inputs {
      uniform.copy(inputs, from: plan.head.code.outputPlace, of: head, to: plan.uniform.code.parameterPlace)
    } else {
      uniform.copy(plan.head.code.outputRange, of: head, to: plan.uniform.code.parameterPlace)
    }
    guard plan.uniform.code.run(uniform, on: set) else { return false }
    panel.copy(plan.uniform.code.outputRange, of: uniform, to: place)
    return true
  }

  /// Adds ∂/∂θ to a gradient, from the sums over the samples of w f and w ∂f/∂u.
  func finish(
    _ sums: MachineMemory, _ parameters: [Double], adding gradient: inout [Double], on set: InstructionSet
  ) -> Bool {
    guard let part = plan.pullback else {
      sums.add(from: 1, to: &gradient, at: plan.pullbackTargets)
      return true
    }
    pullback.store(parameters, part.inputs, at: part.code.parameterPlace)
    pullback.copy(1..<sums.count, of: sums, to: part.code.dataPlace)
    guard part.code.run(pullback, on: set) else { return false }
    pullback.add(from: part.code.outputPlace, to: &gradient, at: plan.pullbackTargets)
    return true
  }
}
