// SPDX-License-Identifier: Apache-2.0
//
// A curve's generic code is compiled in advance for the shipped scalars, and the double-double is none of them: called as
// it is, it runs unspecialised, hundreds of times slower. So a row is recorded once, and the recorded operations are run
// on double-doubles here, where they are compiled for them.

import DifferentiationCore
import Programs

/// A curve's value in a row, on double-doubles.
struct PreciseRow {
  private let term: AnySampleTerm
  /// nil where the row cannot be recorded, or where the data decide which way the code goes.
  private let program: Program?
  private var values: [DoubleDouble]

  /// From the curve at some parameters and the first row.
  init(_ rows: CurveRows, at theta: [Double]) {
    term = rows.term
    values = []
    let recorded = try? Program.recording(
      parameters: rows.expand(theta), data: Array(rows.predictors.prefix(rows.width)), limit: 1 << 12
    ) { parameters, data in
      [try rows.term.call(for: Traced.self)(parameters[...], data[...])]
    }
    guard let recorded, recorded.guards.isEmpty, recorded.matrices.isEmpty else {
      program = nil
      return
    }
    program = recorded
    values = Array(repeating: .zero, count: recorded.operations.count)
  }

  /// The value for all parameters and a row.
  mutating func value(_ parameters: [DoubleDouble], _ sample: [DoubleDouble]) throws -> DoubleDouble {
    guard let program else { return try term.call(for: DoubleDouble.self)(parameters[...], sample[...]) }
    for (index, operation) in program.operations.enumerated() {
      let first = Int(operation.start)
      func operand(_ k: Int) -> DoubleDouble { values[Int(program.operands[first + k])] }
      switch operation.opcode {
      case .parameter: values[index] = parameters[Int(operation.payload)]
      case .data: values[index] = sample[Int(operation.payload)]
      case .constant: values[index] = DoubleDouble(program.constants[Int(operation.payload)])
      case .add: values[index] = operand(0) + operand(1)
      case .subtract: values[index] = operand(0) - operand(1)
      case .negate: values[index] = -operand(0)
      case .multiply: values[index] = operand(0) * operand(1)
      case .divide: values[index] = operand(0) / operand(1)
      case .exp: values[index] = DoubleDouble.exp(operand(0))
      case .log: values[index] = DoubleDouble.log(operand(0))
      case .integerPower: values[index] = DoubleDouble.pow(operand(0), Int(operation.payload))
      case .power: values[index] = DoubleDouble.pow(operand(0), operand(1))
      default: values[index] = operation.result((0..<Int(operation.count)).map(operand))
      }
    }
    return values[Int(program.outputs[0])]
  }
}
