// SPDX-License-Identifier: Apache-2.0

import CPanelKernels
import DifferentiableScalars

/// A program as instructions for a panel of samples at a time, with its outputs summed over the samples.
///
/// A row holds one operation's results for all samples of the panel. What depends on parameters alone is computed once a
/// call, before the first panel, by a `FlatCode`, and enters the rows' instructions as single numbers.
struct PanelCode: Sendable {
  /// Samples of a panel; a multiple of eight.
  let lanes: Int
  /// Run once a call: rows that hold one number everywhere.
  let prologue: InstructionList
  /// Run once a panel.
  let code: InstructionList
  let extent: Int
  let constants: (place: Int, numbers: [Double])
  /// Where the numbers from the head go.
  let parameterPlace: Int
  /// The rows of data: the number of the column and the row's place.
  let columns: [(column: Int, place: Int)]
  /// Data that are loaded sample by sample, and transposed by the code.
  let blocks: [SampleBlock]
  /// Where the sums are, and what becomes of each.
  let sums: Range<Int>
  let sumTargets: [SumTarget]
  /// The row that is not 0 for a sample where a guard does not hold; nil for a program without guards.
  let flags: Int?
  /// Where the outputs of every sample are, a row a sample; nil where they are not kept.
  let result: InstructionList.Matrix?

  /// Compiles a body: a program whose parameters are numbers given once a call.
  init(_ body: PanelBody, lanes: Int) {
    var builder = PanelCodeBuilder(body, lanes: lanes)
    builder.build()
    self.lanes = lanes
    prologue = builder.prologue
    code = builder.list
    extent = builder.list.extent
    constants = (builder.constantPlace, body.program.constants)
    parameterPlace = builder.parameterPlace
    columns = builder.columns
    blocks = builder.blocks
    sums = builder.sums
    sumTargets = builder.sumTargets
    flags = builder.flags
    result = builder.result
  }

  /// The number of rows of a program: what the width of a panel is chosen by.
  static func rowCount(_ body: PanelBody) -> Int {
    let varying = body.program.varying
    let fused = SummedOutputs(body.program, isRow: varying, outputCount: body.scalarOutputs).isFused
    return zip(varying, fused).count { $0 && !$1 }
  }

  func makeMemory() -> MachineMemory {
    let memory = MachineMemory(count: extent)
    memory.store(constants.numbers, at: constants.place)
    return memory
  }
}

/// Consecutive data of the samples of a panel: a row a sample.
struct SampleBlock: Sendable {
  let columns: Range<Int>
  let place: Int
  /// The distance of two samples.
  let row: Int
}

/// What becomes of the sum of a row over all samples: it is multiplied by a number and added to an output.
struct SumTarget: Sendable {
  /// The number.
  enum Factor: Sendable {
    case constant(Double)
    /// One of those that are given once a call.
    case parameter(Int)
  }

  let output: Int
  let factor: Factor
}

/// Lays out rows and emits the instructions of a `PanelCode`.
struct PanelCodeBuilder {
  let body: PanelBody
  var program: Program { body.program }
  let lanes: Int
  var list = InstructionList()
  var prologue = InstructionList()
  let constantPlace: Int
  let parameterPlace: Int
  /// A number that is 0.
  let zeroPlace: Int
  private(set) var columns: [(column: Int, place: Int)] = []
  private(set) var blocks: [SampleBlock] = []
  private(set) var sums = 0..<0
  private(set) var sumTargets: [SumTarget] = []
  private(set) var flags: Int?
  private(set) var result: InstructionList.Matrix?
  var place: [Int]
  let isRow: [Bool]
  private var broadcasts: [Int: Int] = [:]
  /// The transposes of consecutive rows.
  var transposes: [(place: Int, count: Int, matrix: InstructionList.Matrix)] = []

  init(_ body: PanelBody, lanes: Int) {
    self.body = body
    let program = body.program
    self.lanes = lanes
    isRow = program.varying
    place = Array(repeating: 0, count: program.operations.count)
    constantPlace = list.allocate(program.constants.count)
    parameterPlace = list.allocate(body.numberCount)
    zeroPlace = list.allocate(1)
    let loaded = program.dataBlocks()
    for block in loaded { load(block) }
    let isLoaded = Set(loaded.joined())
    for (node, operation) in program.operations.enumerated() {
      switch operation.opcode {
      case .constant: place[node] = constantPlace + Int(operation.payload)
      case .parameter: place[node] = parameterPlace + Int(operation.payload)
      case .data where !isLoaded.contains(node):
        place[node] = list.allocate(lanes)
        columns.append((Int(operation.payload), place[node]))
      default: break
      }
    }
  }

  /// Lays out data that are transposed on their way to their rows.
  private mutating func load(_ nodes: Range<Int>) {
    let first = Int(program.operations[nodes.lowerBound].payload)
    let width = (nodes.count + 7) / 8 * 8
    let samples = list.allocate(lanes * width)
    let rows = list.allocate(width * lanes)
    blocks.append(SampleBlock(columns: first..<(first + nodes.count), place: samples, row: width))
    list.emitTransposition(
      lanes, width, .init(place: samples, row: width), to: .init(place: rows, row: lanes))
    for (offset, node) in nodes.enumerated() { place[node] = rows + offset * lanes }
    transposes.append((rows, nodes.count, .init(place: samples, row: width)))
  }

  mutating func build() {
    let reductions = SummedOutputs(program, isRow: isRow, outputCount: body.scalarOutputs)
    let wanted = program.operations.indices.map { isRow[$0] && !reductions.isFused[$0] }
    for group in program.groups(of: wanted, byShape: false) { emit(group) }
    emit(reductions)
    for derivative in body.derivatives { emit(derivative) }
    emitGuards()
    if body.keepsOutputs { result = transposed(program.outputs) }
    // A transposition reads whole blocks of eight rows.
    if !program.matrices.isEmpty || body.keepsOutputs { _ = list.allocate(8 * lanes) }
  }

  private mutating func emitGuards() {
    guard !program.guards.isEmpty else { return }
    let dest = list.allocate(lanes)
    flags = dest
    for g in program.guards {
      let left = list.list([row(g.left)])
      let right = list.list([row(g.right)])
      list.emitGuard(g.relation, outcome: g.outcome, w: lanes, dest: dest, a: left, b: right)
    }
  }

  private mutating func emit(_ group: OperationGroup) {
    let opcode = group.operation.opcode
    switch opcode {
    case .layer, .transposedLayer: break
    case .row: emitProduct(group.nodes)
    case .accumulate:
      let terms = group.nodes.flatMap { sumPlaces(Int($0)) }
      list.emit(PK_ACCUMULATE, n: group.nodes.count, w: lanes, dest: allocate(group.nodes), a: list.list(terms))
    case .logSumExp:
      let terms = group.nodes.flatMap { node in
        let rows = program.operands(at: Int(node)).map { row($0) }
        return [rows.count] + rows
      }
      list.emit(PK_LOGSUMEXP, n: group.nodes.count, w: lanes, dest: allocate(group.nodes), a: list.list(terms))
    case .select:
      let lists = (0..<4).map { k in group.nodes.map { row(operand($0, k)) } }
      list.emit(
        PK_SELECT, n: group.nodes.count, w: lanes, dest: allocate(group.nodes), a: list.list(lists[0]),
        b: list.list(lists[1]), c: list.list(lists[2]), d: list.list(lists[3]))
    default:
      if let kernel = opcode.unaryKernel {
        let x = group.nodes.map { place[Int(operand($0, 0))] }
        list.emit(
          kernel, payload: group.operation.payload, n: group.nodes.count, w: lanes, dest: allocate(group.nodes),
          a: list.list(x))
      } else if let kernel = opcode.binaryKernel {
        emit(kernel, group.nodes)
      }
    }
  }

  /// The operations of a binary group, by which operand is one number.
  private mutating func emit(_ kernel: pk_operation, _ nodes: [UInt32]) {
    for mode in [PK_ROW_ROW, PK_NUMBER_ROW, PK_ROW_NUMBER] {
      let part = nodes.filter { node in
        switch (isRow[Int(operand(node, 0))], isRow[Int(operand(node, 1))]) {
        case (true, true): mode == PK_ROW_ROW
        case (false, _): mode == PK_NUMBER_ROW
        case (true, false): mode == PK_ROW_NUMBER
        }
      }
      if part.isEmpty { continue }
      let x = part.map { place[Int(operand($0, 0))] }
      let y = part.map { place[Int(operand($0, 1))] }
      list.emit(
        kernel, mode: mode, n: part.count, w: lanes, dest: allocate(part), a: list.list(x), b: list.list(y))
    }
  }

  private func operand(_ node: UInt32, _ position: Int) -> UInt32 {
    program.operands[Int(program.operations[Int(node)].start) + position]
  }

  /// The counts and places of a sum's terms, as `PK_ACCUMULATE` reads them.
  private mutating func sumPlaces(_ node: Int) -> [Int] {
    let x = Array(program.operands(at: node))
    let p = Int(program.operations[node].payload)
    var numbers: [Int] = []
    var rows: [Int] = []
    var numberRow: [Int] = []
    var rowRow: [Int] = []
    for term in x[(2 * p)...] {
      if isRow[Int(term)] { rows.append(place[Int(term)]) } else { numbers.append(place[Int(term)]) }
    }
    for (u, v) in zip(x[..<p], x[p..<(2 * p)]) {
      switch (isRow[Int(u)], isRow[Int(v)]) {
      case (true, true): rowRow += [place[Int(u)], place[Int(v)]]
      case (true, false): numberRow += [place[Int(v)], place[Int(u)]]
      case (false, true): numberRow += [place[Int(u)], place[Int(v)]]
      // Products of two numbers were brought to the head.
      case (false, false): numberRow += [place[Int(u)], row(v)]
      }
    }
    return [numbers.count, rows.count, numberRow.count / 2, rowRow.count / 2] + numbers + rows + numberRow + rowRow
  }

  mutating func allocate(_ nodes: [UInt32]) -> Int {
    let dest = list.allocate(nodes.count * lanes)
    for (offset, node) in nodes.enumerated() { place[Int(node)] = dest + offset * lanes }
    return dest
  }

  /// The row of an operation; one number becomes a row before the first panel.
  mutating func row(_ node: UInt32) -> Int {
    if isRow[Int(node)] { return place[Int(node)] }
    let number = place[Int(node)]
    if let known = broadcasts[number] { return known }
    let dest = list.allocate(lanes)
    prologue.emit(PK_BROADCAST, n: 1, w: lanes, dest: dest, a: prologue.list([number]))
    broadcasts[number] = dest
    return dest
  }

  // MARK: Sums over the samples

  private func factor(_ node: UInt32?) -> SumTarget.Factor {
    guard let node else { return .constant(1) }
    if node == SummedOutputs.minusOne { return .constant(-1) }
    let operation = program.operations[Int(node)]
    return operation.opcode == .constant
      ? .constant(program.constants[Int(operation.payload)]) : .parameter(Int(operation.payload))
  }

  private mutating func emit(_ reductions: SummedOutputs) {
    let dots = reductions.dots.map { (place[Int($0.left)], place[Int($0.right)], $0.output) }
    let rows = reductions.rows.map { (row($0.node), SumTarget(output: $0.output, factor: factor($0.factor))) }
    let arranged = ProductArrangement(dots)
    let first = list.allocate(rows.count + dots.count)
    var next = first
    sums = first..<(first + rows.count + dots.count)
    if !rows.isEmpty {
      list.emit(PK_REDUCE_SUM, n: rows.count, w: lanes, dest: next, a: list.list(rows.map(\.0)))
      sumTargets += rows.map(\.1)
      next += rows.count
    }
    if !arranged.fours.isEmpty {
      let fours = arranged.fours
      list.emit(
        PK_REDUCE_DOT4, n: 4 * fours.count, w: lanes, dest: next, a: list.list(fours.map(\.shared)),
        b: list.list(fours.flatMap { $0.others.map(\.place) }))
      sumTargets += fours.flatMap { $0.others.map { SumTarget(output: $0.output, factor: .constant(1)) } }
      next += 4 * fours.count
    }
    if !arranged.singles.isEmpty {
      let singles = arranged.singles
      list.emit(
        PK_REDUCE_DOT, n: singles.count, w: lanes, dest: next, a: list.list(singles.map(\.0)),
        b: list.list(singles.map(\.1)))
      sumTargets += singles.map { SumTarget(output: $0.2, factor: .constant(1)) }
    }
  }
}
