// SPDX-License-Identifier: Apache-2.0
//
// y = 3x again, now by gradients: forward, loss, backward, step, one example at a time, with a little momentum.

import Differentiation
import Foundation
import Plotting

/// (w x + b - y)² as a function of [w, b, x]: with the input as a variable, its slope comes with the others.
struct SquaredError: ScalarField {
  let y: Double
  func callAsFunction<S: DifferentiableScalar>(_ v: [S]) -> S {
    let (w, b, x) = (v[0], v[1], v[2])
    let error = w * x + b - S(y)
    return error * error
  }
}

let examples = (1...6).map { (x: Double($0), y: 3 * Double($0)) }
let tape = try Registry.standard.differentiators.make("tape")

// v ← 0.2 v + g;  θ ← θ - 0.01 v: a fifth of the last step's velocity remains.
let optimizer = try Registry.standard.optimizers.make("sgd:lr=0.01,momentum=0.2")
var parameters = [0.9422, -0.2910]
var state = optimizer.initialState(parameterCount: 2)
var course: [(weight: Double, offset: Double, loss: Double)] = []

for epoch in 0...200 {
  var sum = 0.0
  for (x, y) in examples {
    let prediction = parameters[0] * x + parameters[1]  // forward
    let loss = try tape.gradient(of: SquaredError(y: y), at: parameters + [x])  // loss and backward
    // The gradient is a result of its own each time: there is nothing to set to zero.
    let byParameters = Array(loss.gradient.prefix(2))
    try optimizer.step(&parameters, gradient: byParameters, state: &state)  // step
    sum += loss.value[0]

    if epoch % 20 == 0, x == 1 {
      let numbers = String(
        format: "weight: %.3f, x.grad: %.3f, loss: %.3f, prediction: %.3f", parameters[0], loss.gradient[2],
        loss.value[0], prediction)
      print("Epoch \("\(epoch)".padding(toLength: 3, withPad: " ", startingAt: 0)), \(numbers)")
    }
  }
  course.append((parameters[0], parameters[1], sum / 6))
}

print(String(format: "\nlearnt: y = %.4f x + %.4f", parameters[0], parameters[1]))
for x in [1.5, 10, -4] {
  print(String(format: "  at x = %4.1f: %8.4f, and 3x is %5.1f", x, parameters[0] * x + parameters[1], 3 * x))
}

if let path = CommandLine.arguments.dropFirst().first {
  func points(_ values: [Double]) -> PlotSeries.Shape {
    .line(values.enumerated().map { PlotPoint(Double($0), $1) })
  }
  let panels = [
    PlotPanel(
      x: PlotAxis("epoch"), y: PlotAxis("parameter"),
      series: [
        PlotSeries("weight", colour: .blue, points(course.map(\.weight))),
        PlotSeries("offset", colour: .vermillion, points(course.map(\.offset))),
      ], marksZero: true),
    PlotPanel(
      x: PlotAxis("epoch"), y: PlotAxis("mean loss", isLogarithmic: true),
      series: [PlotSeries(colour: .green, points(course.map(\.loss)))]),
  ]
  try PlotRenderer().write(Plot(title: "y = 3x by stochastic gradient descent", panels: panels), to: path)
}
