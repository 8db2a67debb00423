// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension FormulaCode {
  /// Code for an expression over parameters and columns in given orders; each variable is one of them.
  ///
  /// What depends on no variable is computed here. A power whose exponent is then an integer becomes an integer power,
  /// defined for every base.
  init(_ expression: FormulaTree, parameters: [String: Int], columns: [String: Int]) {
    let builder = Builder(parameters: parameters, columns: columns)
    self = builder.code(expression)
  }
}

/// Emits instructions for the nodes in order.
private struct Builder {
  /// A number, or a condition that has not become a number yet: fused with the choice that asks for it.
  private enum Entry {
    case value(FormulaCode.Operand)
    case less(FormulaCode.Operand, FormulaCode.Operand)
  }

  private typealias Operand = FormulaCode.Operand

  private let parameters: [String: Int]
  private let columns: [String: Int]
  private var code = FormulaCode()
  private var free: [Int] = []
  /// Where the constants are, by their bits.
  private var places: [UInt64: Int] = [:]

  init(parameters: [String: Int], columns: [String: Int]) {
    self.parameters = parameters
    self.columns = columns
  }

  func code(_ expression: FormulaTree) -> FormulaCode {
    var builder = self
    var stack: [Entry] = []
    for node in expression.nodes {
      let count = node.operandCount
      let arguments = Array(stack.suffix(count))
      stack.removeLast(count)
      stack.append(builder.emit(node, arguments))
    }
    builder.code.result = builder.value(stack[0])
    return builder.code
  }

  // MARK: Operands and slots

  private mutating func constant(_ x: Double) -> Operand {
    if let index = places[x.bitPattern] { return Operand(.constant, index) }
    places[x.bitPattern] = code.constants.count
    code.constants.append(x)
    return Operand(.constant, code.constants.count - 1)
  }

  private func number(_ operand: Operand) -> Double? {
    operand.source == .constant ? code.constants[Int(operand.index)] : nil
  }

  /// A slot is free again once it was read: every result is read once.
  private mutating func release(_ operand: Operand) {
    if operand.source == .slot, !free.contains(Int(operand.index)) { free.append(Int(operand.index)) }
  }

  /// Emits one instruction; with `keeping`, what it reads will be read again.
  private mutating func instruction(
    _ opcode: FormulaCode.Opcode, _ operands: [Operand], keeping: Bool = false
  ) -> Operand {
    let numbers = operands.compactMap(number)
    var instruction = operands
    while instruction.count < 4 { instruction.append(operands[0]) }
    func made(_ slot: Int) -> FormulaCode.Instruction {
      FormulaCode.Instruction(
        opcode: opcode, a: instruction[0], b: instruction[1], c: instruction[2], d: instruction[3], slot: Int32(slot))
    }
    // For an integer power the second operand is the exponent itself.
    let needed = opcode == .integerPower ? 1 : operands.count
    if numbers.count >= needed, operands.prefix(needed).allSatisfy({ $0.source == .constant }) {
      var single = FormulaCode()
      single.constants = code.constants
      single.slotCount = 1
      single.instructions = [made(0)]
      single.result = Operand(.slot, 0)
      return constant(single.run([Double]()[...], [][...]))
    }
    if !keeping { operands.forEach { release($0) } }
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
    } else {
      slot = code.slotCount
      code.slotCount += 1
    }
    code.instructions.append(made(slot))
    return Operand(.slot, slot)
  }

  // MARK: Nodes

  private mutating func value(_ entry: Entry) -> Operand {
    switch entry {
    case .value(let operand): operand
    case .less(let a, let b): instruction(.choose, [a, b, constant(1), constant(0)])
    }
  }

  private mutating func emit(_ node: FormulaTree.Node, _ entries: [Entry]) -> Entry {
    if node == .choose {
      let a = value(entries[1])
      let b = value(entries[2])
      if case .less(let x, let y) = entries[0] { return .value(instruction(.choose, [x, y, a, b])) }
      return .value(choose(value(entries[0]), a, b))
    }
    let operands = entries.map { value($0) }
    switch node {
    case .less: return .less(operands[0], operands[1])
    case .greater: return .less(operands[1], operands[0])
    default: return .value(emit(node, operands))
    }
  }

  /// a where a truth value is 1, else b.
  private mutating func choose(_ truth: Operand, _ a: Operand, _ b: Operand) -> Operand {
    instruction(.choose, [constant(0.5), truth, a, b])
  }

  private mutating func emit(_ node: FormulaTree.Node, _ x: [Operand]) -> Operand {
    switch node {
    case .number(let value): return constant(value)
    case .pi: return constant(.pi)
    case .euler: return constant(2.718281828459045)
    case .variable(let name):
      if let index = parameters[name] { return Operand(.parameter, index) }
      return Operand(.column, columns[name] ?? 0)
    case .negate: return instruction(.negate, x)
    case .add: return instruction(.add, x)
    case .subtract: return instruction(.subtract, x)
    case .multiply: return instruction(.multiply, x)
    case .divide: return instruction(.divide, x)
    case .power: return power(x[0], x[1])
    case .atMost, .atLeast, .equal, .unequal: return comparison(node, x[0], x[1])
    case .and: return choose(x[0], x[1], constant(0))
    case .or: return choose(x[0], constant(1), x[1])
    case .not: return choose(x[0], constant(0), constant(1))
    case .call(.pow, _): return power(x[0], x[1])
    case .call(.min, _): return x.dropFirst().reduce(x[0]) { instruction(.min, [$0, $1]) }
    case .call(.max, _): return x.dropFirst().reduce(x[0]) { instruction(.max, [$0, $1]) }
    case .call(let function, _): return instruction(opcode(of: function), x)
    case .choose, .less, .greater: return x[0]
    }
  }

  private mutating func power(_ base: Operand, _ exponent: Operand) -> Operand {
    if let n = number(exponent), let integer = Int32(exactly: n) {
      return instruction(.integerPower, [base, Operand(.parameter, Int(integer))])
    }
    // e is Euler's number exactly, and its closest Double is not.
    if number(base) == 2.718281828459045 { return instruction(.exp, [exponent]) }
    return instruction(.power, [base, exponent])
  }

  /// Comparisons that hold for equal numbers. One with a NaN holds for `!=` only, as everywhere.
  private mutating func comparison(_ node: FormulaTree.Node, _ a: Operand, _ b: Operand) -> Operand {
    let zero = constant(0)
    let ordered = instruction(.ordered, [a, b], keeping: true)
    let holds: Operand
    switch node {
    case .atMost: holds = instruction(.choose, [b, a, zero, ordered])
    case .atLeast: holds = instruction(.choose, [a, b, zero, ordered])
    default:
      let notBelow = instruction(.choose, [a, b, zero, ordered], keeping: true)
      release(ordered)
      holds = instruction(.choose, [b, a, zero, notBelow])
    }
    return node == .unequal ? choose(holds, zero, constant(1)) : holds
  }

  private func opcode(of function: ElementaryFunction) -> FormulaCode.Opcode {
    switch function {
    case .exp: .exp
    case .exp2: .exp2
    case .exp10: .exp10
    case .expm1: .expm1
    case .log: .log
    case .log2: .log2
    case .log10: .log10
    case .log1p: .log1p
    case .sqrt: .sqrt
    case .cbrt: .cbrt
    case .abs: .abs
    case .sin: .sin
    case .cos: .cos
    case .tan: .tan
    case .sec: .sec
    case .csc: .csc
    case .cot: .cot
    case .asin: .asin
    case .acos: .acos
    case .atan: .atan
    case .sinh: .sinh
    case .cosh: .cosh
    case .tanh: .tanh
    case .asinh: .asinh
    case .acosh: .acosh
    case .atanh: .atanh
    case .erf: .erf
    case .sign: .sign
    case .sigmoid: .sigmoid
    case .softplus: .softplus
    case .logsigmoid: .logsigmoid
    case .relu: .relu
    case .atan2: .atan2
    case .hypot: .hypot
    case .pow: .power
    case .clamp: .clamp
    case .min: .min
    case .max: .max
    }
  }
}
