// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Dispatch
import Synchronization

/// Samples in memory: blocks that each hold a part of every sample's row, one sample after another.
public struct PanelSamples: Sendable {
  private let blocks: [(numbers: [Double], width: Int)]
  /// The number of samples.
  public let count: Int

  /// Samples.
  public init(_ blocks: [(numbers: [Double], width: Int)], count: Int) {
    precondition(blocks.allSatisfy { $0.numbers.count == $0.width * count }, "a block of another number of samples")
    self.blocks = blocks
    self.count = count
  }

  func block(ofColumn column: Int) -> (numbers: [Double], width: Int, column: Int) {
    var column = column
    for block in blocks {
      if column < block.width { return (block.numbers, block.width, column) }
      column -= block.width
    }
    preconditionFailure("the samples have too few columns")
  }
}

/// A function of parameters and a sample, ready to be summed over samples with its gradient.
///
///     sums = Σᵢ wᵢ f(θ, xᵢ)  and  Σᵢ wᵢ ∂f/∂θⱼ(θ, xᵢ)
///
/// One sample was recorded; it is replayed over panels of samples. The samples are cut into blocks by their number
/// alone, each block is summed by itself and the sums are added in order: the result does not depend on the number of
/// threads.
public final class PanelRunner: Sendable {
  /// The recorded sample.
  public let program: Program
  /// The instruction set that it runs on.
  public let instructionSet: InstructionSet
  /// What is computed once a call.
  private let head: ProgramRunner
  private let headIsIdentity: Bool
  /// From ∂/∂(head's outputs) to ∂/∂θ.
  private let headPullback: ProgramRunner?
  private let body: Program
  /// What of the body's gradient depends on parameters alone, again computed once a call.
  private let bodyHead: ProgramRunner
  private let gradient: Program
  private let rows: Int
  private let codes = PanelCodes()
  /// What decides whether the recording is a sample's; nil where no sample can decide it otherwise.
  private let guards: (program: Program, codes: PanelCodes)?
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
    precondition(recorded.outputs.count == 1, "a sum over samples has one output")
    program = try recorded.optimized()
    self.threads = Swift.max(1, threads)
    self.instructionSet = Swift.min(instructionSet, .best)
    let (head, body) = try program.hoistingParameterPart()
    self.head = ProgramRunner(head, instructionSet: instructionSet)
    headIsIdentity =
      head.outputs.count == head.parameterCount
      && head.outputs.enumerated().allSatisfy { index, node in
        let operation = head.operations[Int(node)]
        return operation.opcode == .parameter && Int(operation.payload) == index
      }
    headPullback =
      headIsIdentity ? nil : ProgramRunner(try head.pullback().optimized(), instructionSet: instructionSet)
    self.body = body
    let whole = try body.weightedPullback().optimized().droppingDetachment()
    let (second, gradient) = try whole.hoistingParameterPart()
    bodyHead = ProgramRunner(second, instructionSet: instructionSet)
    // The samples that a panel gets have passed the recording's guards before.
    var unguarded = gradient
    unguarded.guards = []
    self.gradient = unguarded.removingDeadCode()
    rows = PanelCode.rowCount(gradient)
    // Those of the slopes are among them.
    var decisions = gradient
    decisions.outputs = []
    guards = gradient.guards.isEmpty ? nil : (decisions.removingDeadCode(), PanelCodes())
  }

  /// Whether samples may take another branch than the recorded one.
  public var hasSampleGuards: Bool { guards != nil }

  /// For each sample, whether it takes the recorded branches; nil where a decision on parameters alone comes out
  /// otherwise, and so for all.
  public func samplesThatHold(parameters: [Double], samples: PanelSamples) -> [Bool]? {
    guard let numbers = headIsIdentity ? parameters : head(parameters: parameters),
      let inner = bodyHead(parameters: numbers)
    else { return nil }
    guard let guards else { return Array(repeating: true, count: samples.count) }
    var result: [Bool] = []
    result.reserveCapacity(samples.count)
    let compiled = guards.codes.code(for: guards.program, lanes: 64)
    compiled.memories.with { memory in
      let code = compiled.code
      guard let flags = code.flags else { return }
      memory.store(inner, at: code.parameterPlace)
      memory.run(code.prologue, on: instructionSet)
      for start in stride(from: 0, to: samples.count, by: code.lanes) {
        let inPanel = Swift.min(code.lanes, samples.count - start)
        for (column, place) in code.columns {
          let (numbers, width, column) = samples.block(ofColumn: column)
          memory.storeColumn(
            column, of: numbers, width: width, from: start, count: inPanel, row: place, lanes: code.lanes)
        }
        memory.clear(flags..<(flags + code.lanes))
        memory.run(code.code, on: instructionSet)
        result += memory.numbers(flags..<(flags + inPanel)).map { $0 == 0 }
      }
    }
    return result
  }

  /// The number of operations a sample, of which one row each.
  public var rowCount: Int { rows }

  /// Samples of a panel for so many samples.
  func lanes(for count: Int) -> Int {
    let fitting = Swift.max(8, Swift.min(128, Self.panelBytes / (8 * Swift.max(rows, 1)) / 8 * 8))
    let panels = (count + fitting - 1) / fitting
    return ((count + panels - 1) / panels + 7) / 8 * 8
  }

  /// Σᵢ w f and its gradient at θ; nil where a decision on parameters alone comes out otherwise.
  ///
  /// - Parameters:
  ///   - samples: as many numbers a row as the program has data.
  ///   - weight: the weight w of every sample.
  public func callAsFunction(
    parameters: [Double], samples: PanelSamples, weight: Double, gradient result: inout [Double]
  ) -> Double? {
    guard let numbers = headIsIdentity ? parameters : head(parameters: parameters),
      let inner = bodyHead(parameters: numbers)
    else { return nil }
    let count = samples.count
    if count == 0 { return 0 }
    let lanes = lanes(for: count)
    let compiled = codes.code(for: gradient, lanes: lanes)
    let panels = (count + lanes - 1) / lanes
    let blocks = Swift.min(Self.blockLimit, panels)
    var total = Array(repeating: 0.0, count: compiled.code.sums.count)
    if threads == 1 || blocks == 1 {
      for block in 0..<blocks {
        compiled.memories.with { memory in
          run(compiled.code, memory, inner, samples, weight, panels, block, blocks)
          memory.add(compiled.code.sums, to: &total)
        }
      }
    } else {
      let parts = Mutex<[[Double]]>(Array(repeating: [], count: blocks))
      let team = Swift.min(threads, blocks)
      DispatchQueue.concurrentPerform(iterations: team) { worker in
        compiled.memories.with { memory in
          for block in stride(from: worker, to: blocks, by: team) {
            run(compiled.code, memory, inner, samples, weight, panels, block, blocks)
            let sums = memory.numbers(compiled.code.sums)
            parts.withLock { $0[block] = sums }
          }
        }
      }
      for part in parts.withLock({ $0 }) { for i in total.indices { total[i] += part[i] } }
    }
    return collect(compiled.code, total, inner, parameters, &result)
  }

  private func run(
    _ code: PanelCode, _ memory: MachineMemory, _ numbers: [Double], _ samples: PanelSamples,
    _ weight: Double, _ panels: Int, _ block: Int, _ blocks: Int
  ) {
    let width = body.dataCount
    memory.store(numbers, at: code.parameterPlace)
    memory.run(code.prologue, on: instructionSet)
    memory.clear(code.sums)
    for panel in (block * panels / blocks)..<((block + 1) * panels / blocks) {
      let start = panel * code.lanes
      let inPanel = Swift.min(code.lanes, samples.count - start)
      for (column, place) in code.columns {
        if column == width {
          memory.storeWeights(weight, count: inPanel, row: place, lanes: code.lanes)
        } else {
          let (numbers, width, column) = samples.block(ofColumn: column)
          memory.storeColumn(
            column, of: numbers, width: width, from: start, count: inPanel, row: place, lanes: code.lanes)
        }
      }
      memory.run(code.code, on: instructionSet)
    }
  }

  private func collect(
    _ code: PanelCode, _ sums: [Double], _ numbers: [Double], _ parameters: [Double], _ result: inout [Double]
  ) -> Double? {
    var outputs = Array(repeating: 0.0, count: gradient.outputs.count)
    for (sum, target) in zip(sums, code.sumTargets) {
      switch target.factor {
      case .constant(let factor): outputs[target.output] += factor * sum
      case .parameter(let index): outputs[target.output] += numbers[index] * sum
      }
    }
    if result.count != parameters.count { result = Array(repeating: 0, count: parameters.count) }
    if let headPullback {
      let adjoints = Array(outputs[1...])
      guard let full = headPullback(parameters: parameters, data: adjoints) else { return nil }
      let first = full.count - parameters.count
      for i in parameters.indices { result[i] = full[first + i] }
    } else {
      for i in parameters.indices { result[i] = outputs[1 + i] }
    }
    return outputs[0]
  }
}

/// The instructions of one program for panels of different widths, with memory for them.
private final class PanelCodes: Sendable {
  struct Compiled: Sendable {
    let code: PanelCode
    let memories: Pool<MachineMemory>
  }

  private let known = Mutex<[Int: Compiled]>([:])

  func code(for program: Program, lanes: Int) -> Compiled {
    known.withLock { known in
      if let compiled = known[lanes] { return compiled }
      let code = PanelCode(program, lanes: lanes)
      let made = Compiled(code: code, memories: Pool { code.makeMemory() })
      known[lanes] = made
      return made
    }
  }
}
