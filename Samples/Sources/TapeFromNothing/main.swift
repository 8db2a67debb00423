// SPDX-License-Identifier: Apache-2.0
//
// `MicroTape.swift` is reverse mode from nothing. Here it is used, its tape is printed, and at the end the toolkit, which
// `MicroTape.swift` knows nothing of, is asked for the same gradient.

import Differentiation
import Foundation

// MARK: A neuron with its error

// L = (relu(w₁ x₁ + w₂ x₂ + b) - y)²
let tape = MicroTape()
let x1 = tape.input(2, "x1")
let x2 = tape.input(1.5, "x2")
let w1 = tape.input(-3, "w1")
let w2 = tape.input(1, "w2")
let b = tape.input(7, "b")
let y = tape.input(1, "y")
let output = Value.relu(w1 * x1 + w2 * x2 + b)
let error = output - y
let loss = error * error  // one value used twice: both ways back count

let slopes = tape.slopes(of: loss)
print("line  operation     value    dL/dline   from (line: slope)")
for (index, line) in tape.lines.enumerated() {
  let operands = line.operands.map { "\($0.line): \($0.slope)" }.joined(separator: ", ")
  let name = line.name.padding(toLength: 9, withPad: " ", startingAt: 0)
  let row =
    String(format: "%4d  ", index) + name + String(format: "%10.4f%12.4f   ", line.value, slopes[index]) + operands
  print(row.replacing(#/ +$/#, with: ""))
}
print("\ndL/dw1 = \(slopes[w1.line]), dL/dw2 = \(slopes[w2.line]), dL/db = \(slopes[b.line])")

// MARK: Checked against the toolkit

/// The same function, for the toolkit's scalars.
struct NeuronLoss: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> S {
    let error = S.relu(p[2] * p[0] + p[3] * p[1] + p[4]) - p[5]
    return error * error
  }
}

/// A longer one: 200 steps of x ← √(x² + 0.1 a x) / (1 + 0.001 a), with both inputs used in every step.
struct LongLoop: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> S {
    var x = p[0]
    for _ in 0..<200 { x = S.sqrt(x * x + 0.1 * (p[1] * x)) / (0.001 * p[1] + 1) }
    return x
  }
}

func longLoop(_ x: Value, _ a: Value) -> Value {
  var x = x
  for _ in 0..<200 { x = Value.squareRoot(x * x + 0.1 * (a * x)) / (0.001 * a + 1) }
  return x
}

let library = try Registry.standard.differentiators.make("tape")
let neuron = try library.gradient(of: NeuronLoss(), at: [2, 1.5, -3, 1, 7, 1]).gradient
let same = neuron == [x1, x2, w1, w2, b, y].map { slopes[$0.line] }
print("\nthe toolkit's tape on the neuron: \(same ? "the same to the last bit" : "\(neuron)")")

let long = MicroTape()
let (start, a) = (long.input(1, "x"), long.input(0.5, "a"))
let result = longLoop(start, a)
let mine = long.slopes(of: result)
let theirs = try library.gradient(of: LongLoop(), at: [1, 0.5])
print("a loop of 200 steps: \(long.lines.count) lines")
for (name, value, gradient) in [
  ("MicroTape", result.number, [mine[start.line], mine[a.line]]), ("toolkit  ", theirs.value[0], theirs.gradient),
] {
  print("  \(name) " + String(format: "value %.10f  by x %.10f  by a %.10f", value, gradient[0], gradient[1]))
}
