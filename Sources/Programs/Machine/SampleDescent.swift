// SPDX-License-Identifier: Apache-2.0

import CPanelKernels
import DifferentiableScalars

/// Gradient descent sample by sample, for few parameters: value and gradient of one sample as steps on single numbers.
///
/// There are such for terms of arithmetic alone, without decisions.
public struct SampleDescent: Sendable {
  private let steps: [pk_step]
  private let parameterCount: Int
  private let dataCount: Int
  private let value: Int
  private let slopes: [UInt16]
  /// The numbers, with the constants in place.
  private let numbers: [Double]
  private let instructionSet: InstructionSet

  /// Compiles a recorded sample; nil where it is none of these.
  public init?(_ recorded: Program, instructionSet: InstructionSet = .best) throws {
    guard recorded.outputs.count == 1, recorded.parameterCount <= Int(PK_DESCENT_LIMIT) else { return nil }
    let program = try recorded.jacobianProgram().droppingDetachment()
    guard program.guards.isEmpty else { return nil }
    var builder = SampleDescentBuilder(program)
    guard builder.build() else { return nil }
    steps = builder.steps
    numbers = builder.numbers
    parameterCount = program.parameterCount
    dataCount = program.dataCount
    value = builder.place[Int(program.outputs[0])]
    slopes = program.outputs.dropFirst().map { UInt16(builder.place[Int($0)]) }
    self.instructionSet = Swift.min(instructionSet, .best)
  }

  /// θ ← θ − rate · gradient for one sample after another, the first again behind the last.
  ///
  /// - Parameters:
  ///   - x: the parameters θ, which are moved.
  ///   - samples: the samples, a row each.
  ///   - rate: the learning rate.
  ///   - first: the number of steps that were made before.
  ///   - count: the number of steps to make; it ends before one whose value or gradient is not finite.
  ///   - value: set to the last step's value before the step, if one is made.
  /// - Returns: the number of steps made.
  public func callAsFunction(
    _ x: inout [Double], over samples: SampleRows, rate: Double, from first: Int, steps count: Int,
    value: inout Double
  ) -> Int {
    precondition(x.count == parameterCount && samples.count > 0 && samples.blocks.count == 1)
    precondition(samples.width == dataCount && first >= 0 && count >= 0)
    let memory = MachineMemory(count: numbers.count)
    memory.store(numbers, at: 0)
    memory.store(x, at: 0)
    let done = memory.descend(
      steps, slopes, value: self.value, samples, first: first % samples.count, times: count, rate: rate,
      on: instructionSet, last: &value)
    x = memory.numbers(0..<parameterCount)
    return done
  }
}

/// Lays out numbers and emits the steps of a `SampleDescent`.
private struct SampleDescentBuilder {
  let program: Program
  var steps: [pk_step] = []
  var numbers: [Double]
  /// Where each operation's result is.
  var place: [Int]

  init(_ program: Program) {
    self.program = program
    numbers = Array(repeating: 0, count: program.parameterCount + program.dataCount)
    place = Array(repeating: 0, count: program.operations.count)
  }

  /// Longer ones are no gain over panels.
  private static let stepLimit = 512

  mutating func build() -> Bool {
    for (node, operation) in program.operations.enumerated() {
      let x = program.operands(of: operation).map { place[Int($0)] }
      switch operation.opcode {
      case .parameter: place[node] = Int(operation.payload)
      case .data: place[node] = program.parameterCount + Int(operation.payload)
      case .constant:
        place[node] = numbers.count
        numbers.append(program.constants[Int(operation.payload)])
      case .add: place[node] = emit(PK_ADD.rawValue, x[0], x[1])
      case .subtract: place[node] = emit(PK_SUBTRACT.rawValue, x[0], x[1])
      case .multiply: place[node] = emit(PK_MULTIPLY.rawValue, x[0], x[1])
      case .divide: place[node] = emit(PK_DIVIDE.rawValue, x[0], x[1])
      case .negate: place[node] = emit(PK_NEGATE.rawValue, x[0])
      case .accumulate: place[node] = sum(x, products: Int(operation.payload))
      default: return false
      }
      if steps.count > Self.stepLimit { return false }
    }
    return true
  }

  private mutating func emit(_ operation: UInt32, _ a: Int, _ b: Int = 0, _ c: Int = 0) -> Int {
    let d = numbers.count
    numbers.append(0)
    steps.append(
      pk_step(operation: UInt16(operation), d: UInt16(d), a: UInt16(a), b: UInt16(b), c: UInt16(c)))
    return d
  }

  /// The terms first, then the products.
  private mutating func sum(_ x: [Int], products p: Int) -> Int {
    var total = x.count > 2 * p ? x[2 * p] : nil
    for term in x.dropFirst(2 * p + 1) { total = total.map { emit(PK_ADD.rawValue, $0, term) } }
    for i in 0..<p {
      total =
        total.map { emit(PK_MULTIPLY_ADD.rawValue, x[i], x[p + i], $0) } ?? emit(PK_MULTIPLY.rawValue, x[i], x[p + i])
    }
    guard let total else {
      numbers.append(0)
      return numbers.count - 1
    }
    return total
  }
}
