// SPDX-License-Identifier: Apache-2.0

import CPanelKernels
import DifferentiableScalars

/// The samples and parameters of one call.
struct PanelCall {
  let parameters: [Double]
  let samples: SampleRows
  let positions: ArraySlice<Int>?
  /// Where among the positions it begins, and how many there are.
  let first: Int
  let count: Int
  let weight: Double
  let panels: Int
  let blocks: Int

  init(
    parameters: [Double], samples: SampleRows, positions: ArraySlice<Int>?, first: Int, count: Int, weight: Double,
    lanes: Int
  ) {
    self.parameters = parameters
    self.samples = samples
    self.positions = positions
    self.first = first
    self.count = count
    self.weight = weight
    panels = (count + lanes - 1) / lanes
    blocks = Swift.min(PanelRunner.blockLimit, panels)
  }

  /// The panels of a block.
  func panels(of block: Int) -> Range<Int> {
    (block * panels / blocks)..<((block + 1) * panels / blocks)
  }
}

/// What one call at a time works in.
///
/// All numbers are in memories at fixed addresses: properties of a class would pay a dynamic exclusivity check an access,
/// a sixth of the time of a small step.
final class PanelWorkspace {
  let code: PanelCode
  let memory: MachineMemory
  private let plan: PanelPlan
  private let set: InstructionSet
  private let parts: PlanMemory
  private let totals: MachineMemory
  private let outputs: MachineMemory
  /// The sums of all blocks of a call, one behind the other.
  private(set) var blockSums = MachineMemory(count: 0)
  /// For each block the sums by matrices, at the places of the parameters; empty where there are none.
  private(set) var matrixSums: [MachineMemory] = []
  /// What the only panel of the last call was loaded with. As long as it is kept here, the numbers at its address are
  /// these.
  private var loaded: (samples: SampleRows, weight: Double)?

  init(_ code: PanelCode, _ plan: PanelPlan, on set: InstructionSet) {
    self.code = code
    self.plan = plan
    self.set = set
    memory = code.makeMemory()
    parts = PlanMemory(plan)
    totals = MachineMemory(count: code.sums.count)
    outputs = MachineMemory(count: plan.body.scalarOutputs)
  }

  func start(_ parameters: [Double]) -> Bool {
    guard parts.start(parameters, panel: memory, at: code.parameterPlace, on: set) else { return false }
    if !code.prologue.instructions.isEmpty { memory.run(code.prologue, on: set) }
    return true
  }

  /// As ``start(_:)``, from a workspace that has started for the same call.
  func start(like other: PanelWorkspace) {
    let first = code.parameterPlace
    memory.copy(first..<(first + plan.body.numberCount), of: other.memory, to: first)
    if !code.prologue.instructions.isEmpty { memory.run(code.prologue, on: set) }
  }

  func load(_ call: PanelCall, _ panel: Int) {
    let first = panel * code.lanes
    let count = Swift.min(code.lanes, call.count - first)
    let isWhole = call.positions == nil && count == call.samples.count
    if isWhole, isLoaded(call.samples, call.weight) { return }
    memory.load(code, call.samples, call.positions, call.first + first, count, weight: call.weight)
    loaded = isWhole ? (call.samples, call.weight) : nil
  }

  private func isLoaded(_ samples: SampleRows, _ weight: Double) -> Bool {
    guard let loaded else { return false }
    return loaded.weight == weight && loaded.samples.isSameMemory(as: samples)
  }

  /// Whether ``step(_:_:_:_:weight:rate:)`` does so many samples: they fit into the panel, and the numbers of the panel
  /// are parameters as they are.
  func canStep(_ count: Int) -> Bool {
    count <= code.lanes && plan.selection != nil && plan.pullback == nil && code.code.sumExtent == 0
  }

  /// One step of gradient descent on samples from `first` on; nil, and no step, where it is not finite.
  func step(
    _ x: inout [Double], _ samples: SampleRows, _ first: Int, _ count: Int, weight: Double, rate: Double
  ) -> Double? {
    guard let selection = plan.selection else { return nil }
    memory.store(x, selection, at: code.parameterPlace)
    if !code.prologue.instructions.isEmpty { memory.run(code.prologue, on: set) }
    if count < samples.count {
      memory.load(code, samples, nil, first, count, weight: weight)
      loaded = nil
    } else if !isLoaded(samples, weight) {
      memory.load(code, samples, nil, 0, count, weight: weight)
      loaded = (samples, weight)
    }
    memory.clear(code.sums)
    memory.run(code.code, on: set)
    outputs.clear(0..<outputs.count)
    outputs.distribute(
      memory, from: code.sums.lowerBound, by: code.sumTargets, numbers: memory, at: code.parameterPlace)
    guard outputs.isFinite(0..<outputs.count) else { return nil }
    outputs.subtract(from: 1, times: rate, of: &x, at: plan.pullbackTargets)
    return outputs[0]
  }

  /// Sums over a block of samples, by matrices added to `gradient`.
  func run(_ call: PanelCall, _ block: Int, addingMatrices gradient: inout [Double]) {
    memory.clear(code.sums)
    for panel in call.panels(of: block) {
      load(call, panel)
      memory.run(code.code, on: set, weights: call.parameters, adding: &gradient)
    }
  }

  /// Sums over a block of samples, by matrices added to an array that others leave alone meanwhile.
  func run(_ call: PanelCall, _ block: Int, matrices: SharedNumbers) {
    memory.clear(code.sums)
    for panel in call.panels(of: block) {
      load(call, panel)
      memory.run(code.code, on: set, weights: call.parameters, adding: matrices)
    }
  }

  /// Sums over a block of samples, by matrices into a memory of their own.
  func run(_ call: PanelCall, _ block: Int, matrices: MachineMemory) {
    memory.clear(code.sums)
    matrices.clear(0..<matrices.count)
    for panel in call.panels(of: block) {
      load(call, panel)
      memory.run(code.code, on: set, weights: call.parameters, adding: matrices)
    }
  }

  /// Memory for the sums of so many blocks.
  func makeBlockSums(_ blocks: Int) {
    if blockSums.count < blocks * code.sums.count { blockSums = MachineMemory(count: blocks * code.sums.count) }
    while matrixSums.count < blocks { matrixSums.append(MachineMemory(count: code.code.sumExtent)) }
  }

  func clearTotals() { totals.clear(0..<totals.count) }

  /// Adds the sums of a block, which stand in a memory from a place on.
  func addSums(_ sums: MachineMemory, at place: Int) { totals.add(place..<(place + code.sums.count), of: sums) }

  /// From the sums of rows to outputs, and from these to the gradient.
  func finish(_ parameters: [Double], adding gradient: inout [Double]) -> Double? {
    outputs.clear(0..<outputs.count)
    outputs.distribute(totals, from: 0, by: code.sumTargets, numbers: memory, at: code.parameterPlace)
    return parts.finish(outputs, parameters, adding: &gradient, on: set) ? outputs[0] : nil
  }
}

extension MachineMemory {
  /// The samples of a panel, and their weights; behind the last sample, that one again with weight 0.
  func load(
    _ code: PanelCode, _ samples: SampleRows, _ positions: ArraySlice<Int>?, _ start: Int, _ count: Int, weight: Double
  ) {
    for block in code.blocks { load(code, block, samples, positions, start, count) }
    let width = samples.width
    for (column, place) in code.columns {
      if column == width {
        storeWeights(weight, count: count, row: place, lanes: code.lanes)
        continue
      }
      var column = column
      for block in samples.blocks {
        if column < block.width {
          storeColumn(
            column, of: block, at: positions, from: start, count: count, row: place, lanes: code.lanes)
          break
        }
        column -= block.width
      }
    }
  }

  private func load(
    _ code: PanelCode, _ target: SampleBlock, _ samples: SampleRows, _ positions: ArraySlice<Int>?, _ start: Int,
    _ count: Int
  ) {
    var first = 0
    for block in samples.blocks {
      let columns = target.columns.clamped(to: first..<(first + block.width))
      if !columns.isEmpty {
        storeRows(
          (columns.lowerBound - first)..<(columns.upperBound - first), of: block, at: positions, from: start,
          count: count, place: target.place + columns.lowerBound - target.columns.lowerBound, row: target.row,
          lanes: code.lanes)
      }
      first += block.width
    }
  }
}
