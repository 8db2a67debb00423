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

  /// Whether samples may take another branch than the recorded one.
  public var hasSampleGuards: Bool { plan.decisions != nil }

  /// Samples of a panel for so many samples.
  func lanes(for count: Int) -> Int {
    if !plan.body.derivatives.isEmpty {
      // Matrix products want wide panels, threads want two.
      return Swift.min(64, ((count + 1) / 2 + 7) / 8 * 8)
    }
    let fitting = Swift.max(8, Swift.min(128, Self.panelBytes / (8 * Swift.max(plan.rowCount, 1)) / 8 * 8))
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
    guard workspace.start(parameters) else { return nil }
    let panels = (count + workspace.code.lanes - 1) / workspace.code.lanes
    let call = PanelCall(
      parameters: parameters, samples: samples, positions: positions, weight: weight, count: count, panels: panels,
      blocks: Swift.min(Self.blockLimit, panels))
    workspace.clearTotals()
    let place = workspace.code.sums.lowerBound
    if let team, call.blocks > 1 {
      run(call, workspace, on: team, adding: &gradient)
    } else if call.blocks == panels, plan.addsMatricesOnce {
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
    return workspace.finish(parameters, adding: &gradient)
  }

  /// The blocks on several threads; then their sums in order, whoever made them.
  private func run(_ call: PanelCall, _ own: PanelWorkspace, on team: WorkerTeam, adding gradient: inout [Double]) {
    let job = PanelJob(call, own, bodies)
    team.run { job.work(isCaller: $0) }
    for block in 0..<call.blocks { own.addSums(own.blockSums, at: block * own.code.sums.count) }
    let extent = own.code.code.sumExtent
    if extent > 0 {
      MachineMemory.share(&gradient) { shared in
        let reduction = MatrixReduction(own.matrixSums[..<call.blocks], extent, to: shared)
        team.run { reduction.work(isCaller: $0) }
      }
    }
  }
}
