// SPDX-License-Identifier: Apache-2.0
//
// Reverse mode from nothing: no import, no library, nothing hidden.
//
// Each operation on a `Value` computes its result and writes one line on a tape: which earlier lines went in, and how
// fast the result moves with each of them. That is all that the chain rule needs. Afterwards one walk over the tape,
// from the end to the beginning, gives the slope of the result by every number on it.

/// One line of the tape.
struct Line {
  /// The operation, for people.
  var name: String
  /// The result.
  var value: Double
  /// Where the operands stand, and the slope of the result by each: ∂value/∂operand.
  var operands: [(line: Int, slope: Double)]
}

/// The record of a computation, in the order in which it was made: operands always stand before their results.
final class MicroTape {
  private(set) var lines: [Line] = []

  /// Writes a line and gives the value that stands for it.
  func write(_ name: String, _ value: Double, _ operands: [(line: Int, slope: Double)] = []) -> Value {
    lines.append(Line(name: name, value: value, operands: operands))
    return Value(number: value, line: lines.count - 1, tape: self)
  }

  /// A number to differentiate by: a line without operands.
  func input(_ value: Double, _ name: String) -> Value { write(name, value) }

  /// dresult/dline for every line: the reverse sweep.
  ///
  /// A line's slope is complete when all lines that use it have been passed, and those stand behind it. So each line
  /// hands its slope on to its operands, times the slope of the operation. `+=` because an operand may be used often: the
  /// ways add up. With `=` the last use would win, which is the classic mistake.
  func slopes(of result: Value) -> [Double] {
    var slopes = Array(repeating: 0.0, count: lines.count)
    slopes[result.line] = 1  // the result moves as fast as itself
    for index in lines.indices.reversed() {
      for operand in lines[index].operands {
        slopes[operand.line] += operand.slope * slopes[index]
      }
    }
    return slopes
  }
}

/// A number that remembers where it stands on its tape.
struct Value {
  let number: Double
  let line: Int
  let tape: MicroTape
}

// MARK: The rules, each written once

extension Value {
  /// d(x + y) = dx + dy
  static func + (x: Value, y: Value) -> Value {
    x.tape.write("+", x.number + y.number, [(x.line, 1), (y.line, 1)])
  }

  /// d(x - y) = dx - dy
  static func - (x: Value, y: Value) -> Value {
    x.tape.write("-", x.number - y.number, [(x.line, 1), (y.line, -1)])
  }

  /// d(x y) = y dx + x dy
  static func * (x: Value, y: Value) -> Value {
    x.tape.write("*", x.number * y.number, [(x.line, y.number), (y.line, x.number)])
  }

  /// d(x / y) = dx / y - x dy / y²
  static func / (x: Value, y: Value) -> Value {
    x.tape.write("/", x.number / y.number, [(x.line, 1 / y.number), (y.line, -x.number / (y.number * y.number))])
  }

  /// d max(x, 0) = dx for x > 0, else 0
  static func relu(_ x: Value) -> Value {
    x.tape.write("relu", max(x.number, 0), [(x.line, x.number > 0 ? 1 : 0)])
  }

  /// d√x = dx / (2 √x)
  static func squareRoot(_ x: Value) -> Value {
    let root = x.number.squareRoot()
    return x.tape.write("√", root, [(x.line, 1 / (2 * root))])
  }

  /// A constant has a line, too, which nobody asks for: simple, and a little wasteful.
  static func * (k: Double, x: Value) -> Value { x.tape.input(k, "\(k)") * x }
  /// x + k
  static func + (x: Value, k: Double) -> Value { x + x.tape.input(k, "\(k)") }
}
