// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A function of parameters and a sample, ready to be summed over samples with its gradient.
///
///     Σᵢ w f(θ, xᵢ)  and  Σᵢ w ∂f/∂θⱼ(θ, xᵢ)
///
/// One sample was recorded; it is replayed over panels of samples. The samples are cut into blocks by their number
/// alone, each block is summed by itself and the sums are added in order: the result does not depend on the number of
/// threads.
public final class PanelRunner: Sendable {
  /// The recorded sample.
  public let program: Program
  /// The instruction set that it runs on.
  public let instructionSet: InstructionSet
  private let plan: PanelPlan
  private let bodies: PanelWorkspaces
  private let decisions: PanelWorkspaces?
  private let team: WorkerTeam?

  /// The largest number of blocks that samples are cut into.
  static let blockLimit = 16
  /// The memory that a panel should fit into.
  static let panelBytes = 384 * 1024

  /// Compiles a recorded sample with one output.
  ///
  /// - Parameters:
  ///   - recorded: the program of one sample.
  ///   - threads: how many work at a time.
  ///   - instructionSet: the machine's widest unless stated.
  public init(_ recorded: Program, threads: Int = 1, instructionSet: InstructionSet = .best) throws {
    program = recorded
    plan = try PanelPlan(recorded)
    team = threads > 1 ? WorkerTeam(size: threads - 1) : nil
    self.instructionSet = Swift.min(instructionSet, .best)
    bodies = PanelWorkspaces(plan.body, plan, on: self.instructionSet)
    decisions = plan.decisions.map { [plan, set = self.instructionSet] in PanelWorkspaces($0, plan, on: set) }
  }

  /// The rows that a panel needs: the operations of a sample with its gradient.
  public var rowCount: Int { plan.rowCount }

  /// The matrices of parameters that a sample is multiplied with, those that were found in it among them.
  public var matrixCount: Int { Set(plan.body.derivatives.map(\.place)).count }

  /// Whether samples may take another branch than the recorded one.
  public var hasSampleGuards: Bool { plan.decisions != nil }

  /// Samples of a panel for so many samples.
  func lanes(for count: Int) -> Int {
    let fitting = Swift.max(8, Swift.min(128, Self.panelBytes / (8 * Swift.max(plan.rowCount, 1)) / 8 * 8))
    if !plan.body.derivatives.isEmpty, fitting < 128 {
      // Matrix products want wide panels, threads want two.
      return Swift.min(64, ((count + 1) / 2 + 7) / 8 * 8)
    }
    let panels = (count + fitting - 1) / fitting
    return ((count + panels - 1) / panels + 7) / 8 * 8
  }

  /// For each sample, whether it takes the recorded branches; nil where a decision on parameters alone comes out
  /// otherwise, and so for all.
  public func samplesThatHold(
    parameters: [Double], samples: SampleRows, at positions: ArraySlice<Int>? = nil
  ) -> [Bool]? {
    let count = positions?.count ?? samples.count
    guard let decisions else { return Array(repeating: true, count: count) }
    let workspace = decisions.take(lanes: 64)
    defer { decisions.give(workspace) }
    let code = workspace.code
    guard let flags = code.flags, workspace.start(parameters) else { return nil }
    var result: [Bool] = []
    result.reserveCapacity(count)
    var none: [Double] = []
    for start in stride(from: 0, to: count, by: code.lanes) {
      let inPanel = Swift.min(code.lanes, count - start)
      workspace.memory.clear(flags..<(flags + code.lanes))
      workspace.memory.load(code, samples, positions, start, inPanel, weight: 1)
      workspace.memory.run(code.code, on: instructionSet, weights: parameters, adding: &none)
      result += workspace.memory.numbers(flags..<(flags + inPanel)).map { $0 == 0 }
    }
    return result
  }

  /// Σᵢ w f at θ, with its gradient added to `gradient`; nil where a decision on parameters alone comes out otherwise.
  ///
  /// The samples must take the recorded branches: see ``samplesThatHold(parameters:samples:at:)``.
  ///
  /// - Parameters:
  ///   - parameters: θ.
  ///   - samples: as many numbers a row as the program has data.
  ///   - positions: the samples to sum over; all where nil.
  ///   - weight: the weight w of every sample.
  ///   - gradient: what is added to.
  public func callAsFunction(
    parameters: [Double], samples: SampleRows, at positions: ArraySlice<Int>? = nil, weight: Double,
    adding gradient: inout [Double]
  ) -> Double? {
    let count = positions?.count ?? samples.count
    if count == 0 { return 0 }
    precondition(parameters.count == plan.parameterCount && gradient.count == plan.parameterCount)
    let workspace = bodies.take(lanes: lanes(for: count))
    defer { bodies.give(workspace) }
    return sum(
      PanelCall(
        parameters: parameters, samples: samples, positions: positions, first: 0, count: count, weight: weight,
        lanes: workspace.code.lanes), workspace, adding: &gradient)
  }

  private func sum(_ call: PanelCall, _ workspace: PanelWorkspace, adding gradient: inout [Double]) -> Double? {
    guard workspace.start(call.parameters) else { return nil }
    workspace.clearTotals()
    let place = workspace.code.sums.lowerBound
    if let team, call.blocks > 1 {
      run(call, workspace, on: team, adding: &gradient)
    } else if call.blocks == call.panels, plan.addsMatricesOnce {
      // A block of one panel: its sums are the same whether they are added at once or by themselves first.
      for block in 0..<call.blocks {
        workspace.run(call, block, addingMatrices: &gradient)
        workspace.addSums(workspace.memory, at: place)
      }
    } else {
      workspace.makeBlockSums(1)
      for block in 0..<call.blocks {
        workspace.run(call, block, matrices: workspace.matrixSums[0])
        workspace.matrixSums[0].add(0..<workspace.matrixSums[0].count, to: &gradient)
        workspace.addSums(workspace.memory, at: place)
      }
    }
    return workspace.finish(call.parameters, adding: &gradient)
  }

  /// Plain gradient descent over batches of samples in their order: θ ← θ − rate · mean gradient.
  ///
  /// The samples must take the recorded branches. It ends before a step whose value or gradient is not finite, or whose
  /// decisions on parameters come out otherwise.
  ///
  /// - Parameters:
  ///   - x: the parameters θ, which are moved.
  ///   - samples: the samples, a row each.
  ///   - batch: the number of samples of a step; the last of an epoch may have fewer.
  ///   - rate: the learning rate.
  ///   - first: the number of steps that were made before: where in the samples it begins.
  ///   - steps: the number of steps to make.
  ///   - value: set to the last step's mean before the step, if one is made.
  /// - Returns: the number of steps made.
  public func descend(
    _ x: inout [Double], over samples: SampleRows, batch: Int, rate: Double, from first: Int, steps: Int,
    value: inout Double
  ) -> Int {
    precondition(x.count == plan.parameterCount && batch > 0 && samples.count > 0)
    let perEpoch = (samples.count + batch - 1) / batch
    var gradient: [Double] = []
    var done = 0
    while done < steps {
      // Batches of one size in a row, by one workspace.
      let index = (first + done) % perEpoch
      let count = Swift.min(batch, samples.count - index * batch)
      let full = samples.count / batch
      let inRow = perEpoch == 1 ? steps - done : (index < full ? Swift.min(full - index, steps - done) : 1)
      let workspace = bodies.take(lanes: lanes(for: count))
      defer { bodies.give(workspace) }
      let weight = 1 / Double(count)
      for k in 0..<inRow {
        let start = perEpoch == 1 ? 0 : (index + k) * batch
        if workspace.canStep(count) {
          guard let sum = workspace.step(&x, samples, start, count, weight: weight, rate: rate) else { return done }
          value = sum
        } else {
          if gradient.isEmpty { gradient = x }
          for i in gradient.indices { gradient[i] = 0 }
          guard
            let sum = sum(
              PanelCall(
                parameters: x, samples: samples, positions: nil, first: start, count: count, weight: weight,
                lanes: workspace.code.lanes), workspace, adding: &gradient)
          else { return done }
          var check = sum * 0
          for slope in gradient { check += slope * 0 }
          guard check == 0 else { return done }
          for i in x.indices { x[i] -= rate * gradient[i] }
          value = sum
        }
        done += 1
      }
    }
    return done
  }

  /// The blocks on several threads; then their sums in order, whoever made them.
  private func run(_ call: PanelCall, _ own: PanelWorkspace, on team: WorkerTeam, adding gradient: inout [Double]) {
    MachineMemory.share(&gradient) { shared in
      // The first block's matrices need not wait for others, where its sums are the same when they are added at once.
      let direct = call.blocks == call.panels && plan.addsMatricesOnce
      let job = PanelJob(call, own, bodies, firstMatrices: direct ? shared : nil)
      team.run { job.work(isCaller: $0) }
      for block in 0..<call.blocks { own.addSums(own.blockSums, at: block * own.code.sums.count) }
      let extent = own.code.code.sumExtent
      if extent > 0 {
        let reduction = MatrixReduction(own.matrixSums[(direct ? 1 : 0)..<call.blocks], extent, to: shared)
        team.run { reduction.work(isCaller: $0) }
      }
    }
  }
}
