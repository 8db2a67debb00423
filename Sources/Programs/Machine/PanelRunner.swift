// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Dispatch
import Synchronization

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
  private let codes: PanelCodes
  private let decisionCodes: PanelCodes?
  private let threads: Int

  /// The largest number of blocks that samples are cut into.
  static let blockLimit = 16
  /// The memory that a panel should fit into.
  static let panelBytes = 384 * 1024

  /// Compiles a recorded sample with one output.
  ///
  /// - Parameters:
  ///   - threads: how many work at a time.
  ///   - instructionSet: the machine's widest unless stated.
  public init(_ recorded: Program, threads: Int = 1, instructionSet: InstructionSet = .best) throws {
    program = recorded
    plan = try PanelPlan(recorded)
    self.threads = Swift.max(1, threads)
    self.instructionSet = Swift.min(instructionSet, .best)
    codes = PanelCodes(plan.body, plan)
    decisionCodes = plan.decisions.map { [plan] in PanelCodes($0, plan) }
  }

  /// The rows that a panel needs: the operations of a sample with its gradient.
  public var rowCount: Int { plan.rowCount }

  /// Whether samples may take another branch than the recorded one.
  public var hasSampleGuards: Bool { plan.decisions != nil }

  /// Samples of a panel for so many samples.
  func lanes(for count: Int) -> Int {
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
    guard let decisionCodes else { return Array(repeating: true, count: count) }
    let compiled = decisionCodes.code(lanes: 64)
    return compiled.workspaces.with { workspace -> [Bool]? in
      let code = compiled.code
      guard let flags = code.flags, workspace.start(code, parameters, on: instructionSet) else { return nil }
      var result: [Bool] = []
      result.reserveCapacity(count)
      for start in stride(from: 0, to: count, by: code.lanes) {
        let inPanel = Swift.min(code.lanes, count - start)
        workspace.memory.clear(flags..<(flags + code.lanes))
        workspace.load(code, samples, positions, start, inPanel, weight: 1)
        workspace.memory.run(code.code, on: instructionSet)
        result += workspace.memory.numbers(flags..<(flags + inPanel)).map { $0 == 0 }
      }
      return result
    }
  }

  /// Σᵢ w f at θ, with its gradient added to `gradient`; nil where a decision on parameters alone comes out otherwise.
  ///
  /// The samples must take the recorded branches: see ``samplesThatHold(parameters:samples:at:)``.
  ///
  /// - Parameters:
  ///   - samples: as many numbers a row as the program has data.
  ///   - positions: the samples to sum over; all where nil.
  ///   - weight: the weight w of every sample.
  public func callAsFunction(
    parameters: [Double], samples: SampleRows, at positions: ArraySlice<Int>? = nil, weight: Double,
    adding gradient: inout [Double]
  ) -> Double? {
    let count = positions?.count ?? samples.count
    if count == 0 { return 0 }
    let compiled = codes.code(lanes: lanes(for: count))
    let call = Call(
      parameters: parameters, samples: samples, positions: positions, weight: weight, count: count,
      panels: (count + compiled.code.lanes - 1) / compiled.code.lanes)
    return compiled.workspaces.with { workspace in
      guard workspace.start(compiled.code, parameters, on: instructionSet) else { return nil }
      if threads == 1 || call.blocks == 1 {
        workspace.clearTotals()
        for block in 0..<call.blocks {
          run(compiled.code, workspace, call, block)
          workspace.addSums(compiled.code)
        }
      } else {
        let parts = runOnThreads(compiled, call)
        workspace.clearTotals()
        for part in parts { workspace.add(part) }
      }
      return workspace.finish(compiled.code, parameters, adding: &gradient, on: instructionSet)
    }
  }

  private struct Call {
    let parameters: [Double]
    let samples: SampleRows
    let positions: ArraySlice<Int>?
    let weight: Double
    let count: Int
    let panels: Int
    var blocks: Int { Swift.min(PanelRunner.blockLimit, panels) }
  }

  private func run(_ code: PanelCode, _ workspace: PanelWorkspace, _ call: Call, _ block: Int) {
    workspace.memory.clear(code.sums)
    for panel in (block * call.panels / call.blocks)..<((block + 1) * call.panels / call.blocks) {
      let start = panel * code.lanes
      let inPanel = Swift.min(code.lanes, call.count - start)
      workspace.load(code, call.samples, call.positions, start, inPanel, weight: call.weight)
      workspace.memory.run(code.code, on: instructionSet)
    }
  }

  private func runOnThreads(_ compiled: PanelCodes.Compiled, _ call: Call) -> [[Double]] {
    let parts = Mutex<[[Double]]>(Array(repeating: [], count: call.blocks))
    let team = Swift.min(threads, call.blocks)
    DispatchQueue.concurrentPerform(iterations: team) { worker in
      compiled.workspaces.with { workspace in
        // The decisions came out right for the caller's workspace, and so they do here.
        _ = workspace.start(compiled.code, call.parameters, on: instructionSet)
        for block in stride(from: worker, to: call.blocks, by: team) {
          run(compiled.code, workspace, call, block)
          let sums = workspace.memory.numbers(compiled.code.sums)
          parts.withLock { $0[block] = sums }
        }
      }
    }
    return parts.withLock { $0 }
  }
}

/// What one call at a time works in.
///
/// All numbers are in memories at fixed addresses: properties of a class would pay a dynamic exclusivity check an access,
/// a sixth of the time of a small step.
private final class PanelWorkspace {
  let memory: MachineMemory
  private let plan: PanelPlan
  private let parts: PlanMemory
  private let totals: MachineMemory
  private let outputs: MachineMemory

  init(_ code: PanelCode, _ plan: PanelPlan) {
    self.plan = plan
    memory = code.makeMemory()
    parts = PlanMemory(plan)
    totals = MachineMemory(count: code.sums.count)
    outputs = MachineMemory(count: plan.body.outputs.count)
  }

  func start(_ code: PanelCode, _ parameters: [Double], on set: InstructionSet) -> Bool {
    guard parts.start(parameters, panel: memory, at: code.parameterPlace, on: set) else { return false }
    if !code.prologue.instructions.isEmpty { memory.run(code.prologue, on: set) }
    return true
  }

  func load(
    _ code: PanelCode, _ samples: SampleRows, _ positions: ArraySlice<Int>?, _ start: Int, _ count: Int, weight: Double
  ) {
    for (column, place) in code.columns {
      if column == plan.dataCount {
        memory.storeWeights(weight, count: count, row: place, lanes: code.lanes)
        continue
      }
      var column = column
      for block in samples.blocks {
        if column < block.width {
          memory.storeColumn(
            column, of: block, at: positions, from: start, count: count, row: place, lanes: code.lanes)
          break
        }
        column -= block.width
      }
    }
  }

  func clearTotals() { totals.clear(0..<totals.count) }
  func addSums(_ code: PanelCode) { totals.add(code.sums, of: memory) }
  func add(_ part: [Double]) { totals.add(part) }

  /// From the sums of rows to outputs, and from these to the gradient.
  func finish(
    _ code: PanelCode, _ parameters: [Double], adding gradient: inout [Double], on set: InstructionSet
  ) -> Double? {
    outputs.clear(0..<outputs.count)
    outputs.distribute(totals, by: code.sumTargets, numbers: memory, at: code.parameterPlace)
    return parts.finish(outputs, parameters, adding: &gradient, on: set) ? outputs[0] : nil
  }
}

/// The instructions of one program for panels of different widths, with memory for them.
private final class PanelCodes: Sendable {
  final class Compiled: Sendable {
    let code: PanelCode
    let workspaces: Pool<PanelWorkspace>

    init(code: PanelCode, workspaces: Pool<PanelWorkspace>) {
      self.code = code
      self.workspaces = workspaces
    }
  }

  private let program: Program
  private let plan: PanelPlan
  private struct State {
    var known: [Int: Compiled] = [:]
    var last: Compiled?
  }

  private let state = Mutex(State())

  init(_ program: Program, _ plan: PanelPlan) {
    self.program = program
    self.plan = plan
  }

  func code(lanes: Int) -> Compiled {
    state.withLock { state in
      if let last = state.last, last.code.lanes == lanes { return last }
      if let compiled = state.known[lanes] {
        state.last = compiled
        return compiled
      }
      let code = PanelCode(program, lanes: lanes)
      let made = Compiled(code: code, workspaces: Pool { [plan] in PanelWorkspace(code, plan) })
      state.known[lanes] = made
      state.last = made
      return made
    }
  }
}
