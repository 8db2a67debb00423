// SPDX-License-Identifier: Apache-2.0
//
// A line through ten noisy points, a point at a time: and why the loss of the last point says little.

import Differentiation
import Foundation
import Plotting

// x = 0, 1, …, 9 and y = x with noise, from NumPy's numbers for seed 33.
var random = NumPyRandom(seed: 33)
let xs = (0..<10).map { Double($0) }
let ys = xs.map { $0 + random.normal() }

let model = try Registry.standard.models.make("line")
let loss = try Registry.standard.losses.make("sum-of-squares")
let tape = try Registry.standard.differentiators.make("tape")
let optimizer = try Registry.standard.optimizers.make("sgd:lr=0.001,momentum=0.2")

// The loss of one point, and the mean over all of them: functions of the line's slope and offset.
let points = try zip(xs, ys).map { try Objective(model: model, loss: loss, inputs: [[$0]], targets: [[$1]]) }
let all = try Objective(model: model, loss: loss, inputs: xs.map { [$0] }, targets: ys.map { [$0] })

var parameters = [-0.5, 0.5]
var state = optimizer.initialState(parameterCount: 2)
var course: [(last: Double, mean: Double)] = []

print("epoch   loss of the last point   mean loss")
for epoch in 0...100 {
  var last = 0.0
  for point in points {
    let result = try tape.gradient(of: point, at: parameters)
    last = result.value[0]  // before this point's step, after all others'
    try optimizer.step(&parameters, gradient: result.gradient, state: &state)
  }
  course.append((last, try all(parameters)))
  if epoch % 10 == 0 { print(String(format: "%5d %24.6f %11.4f", epoch, last, course[epoch].mean)) }
}

let fit = try Registry.standard.curves.make("line").fitted(x: xs, y: ys)  // y = a + b x
let best = [fit["b"]!.value, fit["a"]!.value]
print()
for (name, line) in [("learnt:       ", parameters), ("least squares:", best)] {
  print(name, String(format: "y = %.4f x %+.4f, mean loss %.4f", line[0], line[1], try all(line)))
}
let rises = zip(course, course.dropFirst()).count { $0.last < $1.last }
print("the last point's loss rose in \(rises) of 100 epochs")

if let path = CommandLine.arguments.dropFirst().first {
  func curve(_ values: [Double]) -> PlotSeries.Shape {
    .line(values.enumerated().map { PlotPoint(Double($0), $1) })
  }
  func line(_ p: [Double]) -> PlotSeries.Shape { .line([0, 9].map { PlotPoint($0, p[0] * $0 + p[1]) }) }
  let panels = [
    PlotPanel(
      x: PlotAxis("x"), y: PlotAxis("y", range: -2...18),
      series: [
        PlotSeries("data", colour: .blue, .points(zip(xs, ys).map { PlotPoint($0, $1) })),
        PlotSeries("learnt", colour: .vermillion, line(parameters)),
        PlotSeries("least squares", colour: .green, line(best)),
      ]),
    PlotPanel(
      x: PlotAxis("epoch"), y: PlotAxis("squared error", isLogarithmic: true, range: 1e-5...1e3),
      series: [
        PlotSeries("of the last point", colour: .orange, curve(course.map(\.last))),
        PlotSeries("mean", colour: .black, curve(course.map(\.mean))),
      ]),
  ]
  try PlotRenderer().write(Plot(title: "A noisy line, learnt point by point", panels: panels), to: path)
}
