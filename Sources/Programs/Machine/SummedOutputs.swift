// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// How the outputs of a program are summed over samples: a product of two rows needs no row of its own.
struct SummedOutputs {
  /// Rows, and the number that their sum is multiplied by, if any.
  private(set) var rows: [(node: UInt32, factor: UInt32?, output: Int)] = []
  private(set) var dots: [(left: UInt32, right: UInt32, output: Int)] = []
  /// The operations that need not be computed, because their parts are summed.
  private(set) var isFused: [Bool]

  /// Stands for the factor -1.
  static let minusOne = UInt32.max

  /// - Parameter outputCount: the number of outputs that are summed; those behind them are not.
  init(_ program: Program, isRow: [Bool], outputCount: Int) {
    isFused = Array(repeating: false, count: program.operations.count)
    let uses = program.useCounts
    for (index, node) in program.outputs[..<outputCount].enumerated() {
      let operation = program.operations[Int(node)]
      // A constant 0 is the derivative by a parameter that the output does not depend on.
      if operation.opcode == .constant, program.constants[Int(operation.payload)] == 0 { continue }
      let x = Array(program.operands(of: operation))
      let p = operation.opcode == .multiply ? 1 : (operation.opcode == .accumulate ? Int(operation.payload) : 0)
      let isNegation = operation.opcode == .negate && isRow[Int(x[0])]
      let isSum = p > 0 && x[(2 * p)...].allSatisfy { isRow[Int($0)] }
      guard isSum || isNegation, uses[Int(node)] == 1 else {
        rows.append((node, nil, index))
        continue
      }
      isFused[Int(node)] = true
      if isNegation {
        rows.append((x[0], SummedOutputs.minusOne, index))
        continue
      }
      for i in 0..<p {
        switch (isRow[Int(x[i])], isRow[Int(x[p + i])]) {
        case (true, true): dots.append((x[i], x[p + i], index))
        case (false, _): rows.append((x[p + i], x[i], index))
        case (true, false): rows.append((x[i], x[p + i], index))
        }
      }
      for term in x[(2 * p)...] { rows.append((term, nil, index)) }
    }
  }
}

/// Products of two rows, four with one row in common at a time where there are four.
struct ProductArrangement {
  private(set) var fours: [(shared: Int, others: [(place: Int, output: Int)])] = []
  private(set) var singles: [(Int, Int, Int)] = []

  init(_ products: [(Int, Int, Int)]) {
    var counts: [Int: Int] = [:]
    for (a, b, _) in products {
      counts[a, default: 0] += 1
      counts[b, default: 0] += 1
    }
    var order: [Int] = []
    var others: [Int: [(place: Int, output: Int)]] = [:]
    for (a, b, output) in products {
      let (shared, other) = counts[a, default: 0] >= counts[b, default: 0] ? (a, b) : (b, a)
      if others[shared] == nil { order.append(shared) }
      others[shared, default: []].append((other, output))
    }
    for shared in order {
      let list = others[shared] ?? []
      let whole = list.count / 4 * 4
      for start in stride(from: 0, to: whole, by: 4) { fours.append((shared, Array(list[start..<(start + 4)]))) }
      for rest in list[whole...] { singles.append((shared, rest.place, rest.output)) }
    }
  }
}
