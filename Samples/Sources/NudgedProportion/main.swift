// SPDX-License-Identifier: Apache-2.0
//
// The simplest learning there is: guess, look at the error, nudge the weight in the other direction.

import Differentiation
import Foundation
import Plotting

let (x, y) = (3.0, 9.0)  // the only example, of y = 3 x
let start = 0.790480156656132  // drawn at random, once
let nudge = 0.05

var weight = start
var trace = [(weight: weight, error: x * weight - y)]

for step in 0..<90 {
  let prediction = x * weight
  let error = prediction - y
  if step % 10 == 0 { print(String(format: "step %2d: weight %.2f, error %.2f", step, weight, error)) }
  // Too much: less. Too little: more.
  weight -= error >= 0 ? nudge : -nudge
  trace.append((weight, x * weight - y))
  if error.magnitude <= 0.1 {
    print("\nfound after \(step) steps: y = weight · x")
    print("\(weight * x) = \(String(format: "%.2f · %.2f", weight, x))")
    break
  }
}

// The same from the toolkit. The error's sign is that of the slope of the squared error,
//   d(wx - y)²/dw = 2 x (wx - y)   with x > 0,
// so nudging is descent by the sign of the gradient.
struct SquaredError: ScalarField {
  let x = 3.0
  let y = 9.0
  func callAsFunction<S: DifferentiableScalar>(_ weights: [S]) -> S {
    let error = weights[0] * S(x) - S(y)
    return error * error
  }
}

let tape = try Registry.standard.differentiators.make("tape")
let optimizer = try Registry.standard.optimizers.make("sign-descent:lr=0.05")
var weights = [start]
var state = optimizer.initialState(parameterCount: 1)
for _ in 1..<trace.count {
  try optimizer.step(&weights, gradient: tape.gradient(of: SquaredError(), at: weights).gradient, state: &state)
}
print("\nby the gradient's sign: the same weight to the last bit: \(weights[0] == weight ? "yes" : "no")")

// A nudge of fixed length steps over the answer and back again for ever. A step in proportion to the gradient gets
// shorter as the slope vanishes: d(wx - y)²/dw is 0 at w = 3.
weights = [start]
for _ in 0..<20 {
  let slope = try tape.gradient(of: SquaredError(), at: weights).gradient[0]
  weights[0] -= 0.02 * slope
}
print(String(format: "20 steps in proportion to the gradient: weight %.6f", weights[0]))

if let path = CommandLine.arguments.dropFirst().first {
  let points = trace.enumerated().map { (Double($0), $1.weight, $1.error) }
  let panels = [
    PlotPanel(
      x: PlotAxis("step"), y: PlotAxis("weight"),
      series: [PlotSeries(colour: .blue, .steps(points.map { PlotPoint($0.0, $0.1) }))]),
    PlotPanel(
      x: PlotAxis("step"), y: PlotAxis("error"),
      series: [PlotSeries(colour: .vermillion, .steps(points.map { PlotPoint($0.0, $0.2) }))], marksZero: true),
  ]
  try PlotRenderer().write(Plot(title: "Nudges of 0.05 until y = 3x is learnt", panels: panels), to: path)
}
