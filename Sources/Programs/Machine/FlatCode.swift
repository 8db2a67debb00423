// SPDX-License-Identifier: Apache-2.0

import CPanelKernels
import DifferentiableScalars

/// A program as instructions for one point at a time.
///
/// Operations of one kind on one level are one instruction over a row of numbers. Operands that lie side by side are
/// read where they are; others are gathered first, once for all their uses.
public struct FlatCode: Sendable {
  private(set) var list = InstructionList()
  let parameterPlace: Int
  let dataPlace: Int
  /// The outputs stand side by side from here on.
  let outputPlace: Int
  let constants: [(place: Int, numbers: [Double])]
  let guards: [(guard: Guard, left: Int, right: Int)]
  let parameterCount: Int
  let dataCount: Int
  let outputCount: Int

  /// Compiles a program.
  public init(_ whole: Program) {
    let program = whole.expandingLayers().droppingDetachment()
    var builder = FlatCodeBuilder(program)
    builder.build()
    outputPlace = builder.gatherOutputs()
    list = builder.list
    parameterPlace = builder.parameterPlace
    dataPlace = builder.dataPlace
    constants = builder.constants
    guards = program.guards.map { ($0, builder.place[Int($0.left)], builder.place[Int($0.right)]) }
    parameterCount = program.parameterCount
    dataCount = program.dataCount
    outputCount = program.outputs.count
  }

  /// The number of instructions.
  public var instructionCount: Int { list.instructions.count }

  /// Memory for it, with the constants in place.
  func makeMemory() -> MachineMemory {
    let memory = MachineMemory(count: list.extent)
    for (place, numbers) in constants { memory.store(numbers, at: place) }
    return memory
  }

  /// Where the outputs are.
  var outputRange: Range<Int> { outputPlace..<(outputPlace + outputCount) }

  /// Runs it on what stands in the memory; false where a guard does not hold.
  func run(_ memory: MachineMemory, on set: InstructionSet) -> Bool {
    memory.run(list, on: set)
    return guards.allSatisfy { $0.guard.holds(memory[$0.left], memory[$0.right]) }
  }

  /// Runs it at a point; false where a guard does not hold, and then the outputs are not the function's.
  func run(parameters: [Double], data: [Double], memory: MachineMemory, on set: InstructionSet) -> Bool {
    precondition(parameters.count == parameterCount && data.count == dataCount)
    memory.store(parameters, at: parameterPlace)
    memory.store(data, at: dataPlace)
    return run(memory, on: set)
  }

  /// The outputs of the last run.
  func outputs(_ memory: MachineMemory) -> [Double] { memory.numbers(outputRange) }
}

/// Lays out the memory and emits the instructions of a `FlatCode`.
struct FlatCodeBuilder {
  let program: Program
  var list = InstructionList()
  let parameterPlace: Int
  let dataPlace: Int
  var constants: [(place: Int, numbers: [Double])] = []
  /// Where each operation's result is.
  var place: [Int]
  private var constantPlaces: [[UInt64]: Int] = [:]
  private var gathered: [[Int]: Int] = [:]
  private let isConstant: [Bool]

  init(_ program: Program) {
    self.program = program
    parameterPlace = list.allocate(program.parameterCount)
    dataPlace = list.allocate(program.dataCount)
    place = Array(repeating: 0, count: program.operations.count)
    isConstant = program.operations.map { $0.opcode == .constant }
    let all = list.allocate(program.constants.count)
    constants.append((all, program.constants))
    for (node, operation) in program.operations.enumerated() {
      switch operation.opcode {
      case .parameter: place[node] = parameterPlace + Int(operation.payload)
      case .data: place[node] = dataPlace + Int(operation.payload)
      case .constant: place[node] = all + Int(operation.payload)
      default: break
      }
    }
  }

  mutating func build() {
    let wanted = program.operations.map { !$0.opcode.isLeaf }
    for group in program.groups(of: wanted, byShape: true) { emit(group) }
  }

  private mutating func emit(_ group: OperationGroup) {
    var nodes = group.nodes
    let opcode = group.operation.opcode
    if nodes.count > 1 {
      // In the order of the operands, so that they lie side by side where that can be.
      nodes.sort { x, y in
        for (a, b) in zip(program.operands(at: Int(x)), program.operands(at: Int(y)))
        where place[Int(a)] != place[Int(b)] {
          return place[Int(a)] < place[Int(b)]
        }
        return x < y
      }
    }
    let count = nodes.count
    let width = (count + 7) / 8 * 8
    let operandCount = Int(group.operation.count)
    if opcode == .accumulate, count < 4, operandCount > 12 {
      for node in nodes { emitLongSum(Int(node)) }
      return
    }
    let columns = (0..<operandCount).map { position in
      nodes.map { program.operands[Int(program.operations[Int($0)].start) + position] }
    }
    switch opcode {
    case .accumulate: emitSums(nodes, columns, products: Int(group.operation.payload), width)
    case .logSumExp:
      let rows = columns.map { row($0) }
      let dest = allocate(nodes)
      list.emit(PK_LOGSUMEXP, n: 1, w: width, dest: dest, a: list.list([rows.count] + rows))
    case .select:
      let rows = columns.map { row($0) }
      let dest = allocate(nodes)
      list.emit(
        PK_SELECT, n: 1, w: width, dest: dest, a: list.list([rows[0]]), b: list.list([rows[1]]),
        c: list.list([rows[2]]), d: list.list([rows[3]]))
    default:
      if let kernel = opcode.unaryKernel {
        let x = row(columns[0])
        list.emit(
          kernel, payload: group.operation.payload, n: 1, w: width, dest: allocate(nodes), a: list.list([x]))
      } else if let kernel = opcode.binaryKernel {
        let mode: pk_mode =
          isOneNumber(columns[0]) ? PK_NUMBER_ROW : (isOneNumber(columns[1]) ? PK_ROW_NUMBER : PK_ROW_ROW)
        let x = mode == PK_NUMBER_ROW ? place[Int(columns[0][0])] : row(columns[0])
        let y = mode == PK_ROW_NUMBER ? place[Int(columns[1][0])] : row(columns[1])
        list.emit(
          kernel, mode: mode, n: 1, w: width, dest: allocate(nodes), a: list.list([x]), b: list.list([y]))
      }
    }
  }

  /// Sums of the same shape, side by side.
  private mutating func emitSums(_ nodes: [UInt32], _ columns: [[UInt32]], products p: Int, _ width: Int) {
    var numbers: [Int] = []
    var rows: [Int] = []
    var numberRow: [Int] = []
    var rowRow: [Int] = []
    for column in columns[(2 * p)...] {
      if isOneNumber(column) { numbers.append(place[Int(column[0])]) } else { rows.append(row(column)) }
    }
    for i in 0..<p {
      if isOneNumber(columns[i]) {
        numberRow += [place[Int(columns[i][0])], row(columns[p + i])]
      } else if isOneNumber(columns[p + i]) {
        numberRow += [place[Int(columns[p + i][0])], row(columns[i])]
      } else {
        rowRow += [row(columns[i]), row(columns[p + i])]
      }
    }
    let counts = [numbers.count, rows.count, numberRow.count / 2, rowRow.count / 2]
    let dest = allocate(nodes)
    list.emit(PK_ACCUMULATE, n: 1, w: width, dest: dest, a: list.list(counts + numbers + rows + numberRow + rowRow))
  }

  /// One sum of many terms: its terms side by side.
  private mutating func emitLongSum(_ node: Int) {
    let x = Array(program.operands(at: node))
    let p = Int(program.operations[node].payload)
    let dest = allocate([UInt32(node)])
    list.emit(PK_GATHER, n: 1, w: 1, dest: dest, a: list.list([constantRow([0])]))
    if x.count > 2 * p {
      let a = row(Array(x[(2 * p)...]))
      list.emit(PK_SUM, n: x.count - 2 * p, w: 8, dest: dest, a: list.list([a]))
    }
    if p > 0 {
      let a = row(Array(x[..<p]))
      let b = row(Array(x[p..<(2 * p)]))
      list.emit(PK_DOT, n: p, w: 8, dest: dest, a: list.list([a]), b: list.list([b]))
    }
  }

  private mutating func allocate(_ nodes: [UInt32]) -> Int {
    let dest = list.allocate(nodes.count)
    for (offset, node) in nodes.enumerated() { place[Int(node)] = dest + offset }
    return dest
  }

  private func isOneNumber(_ nodes: [UInt32]) -> Bool {
    nodes.count > 1 && nodes.allSatisfy { place[Int($0)] == place[Int(nodes[0])] }
  }

  /// Where these operations' results lie side by side; they are gathered if they do not yet.
  private mutating func row(_ nodes: [UInt32]) -> Int {
    let places = nodes.map { place[Int($0)] }
    if zip(places, places.dropFirst()).allSatisfy({ $1 == $0 + 1 }) { return places[0] }
    if nodes.allSatisfy({ isConstant[Int($0)] }) {
      return constantRow(nodes.map { program.constants[Int(program.operations[Int($0)].payload)] })
    }
    if let known = gathered[places] { return known }
    let dest = list.allocate(places.count)
    list.emit(PK_GATHER, n: places.count, w: 1, dest: dest, a: list.list(places))
    gathered[places] = dest
    return dest
  }

  private mutating func constantRow(_ numbers: [Double]) -> Int {
    let bits = numbers.map(\.bitPattern)
    if let known = constantPlaces[bits] { return known }
    let dest = list.allocate(numbers.count)
    constants.append((dest, numbers))
    constantPlaces[bits] = dest
    return dest
  }

  /// Brings the outputs side by side.
  mutating func gatherOutputs() -> Int {
    guard !program.outputs.isEmpty else { return 0 }
    return row(program.outputs)
  }
}
