// SPDX-License-Identifier: Apache-2.0
//
// A small network learns to tell two half circles apart: the training loop written out, from the random numbers of the
// lesson that it comes from, so that its printed lines come out.

import Differentiation
import Foundation
import Plotting

// A hundred points of two interleaved half circles: scikit-learn's make_moons with NumPy's numbers for seed 1337.
var numpy = NumPyRandom(seed: 1337)
let moons = try makeMoons(count: 100, noise: 0.1, random: &numpy)
let signs = moons.labels.map { 2.0 * Double($0) - 1 }  // -1 and 1

// 2 inputs, two layers of 16 and one output, each with tanh: 337 parameters, drawn neuron by neuron by CPython's generator.
let model = try Registry.standard.models.make("mlp:inputs=2,hidden=16x16,outputs=1,activation=tanh,output=tanh")
var python = PythonRandom(seed: 1337)
var parameters = try model.parameters.parameters(neuronByNeuron: python.uniforms(model.parameters.count, in: -1..<1))

// L(θ) = Σ max(1 - yᵢ s(θ; xᵢ), 0) / n: right answers beyond the margin cost nothing.
let objective = try Objective(
  model: model, loss: Registry.standard.losses.make("hinge"), inputs: moons.points, targets: signs.map { [$0] })

func score(_ parameters: [Double], _ point: [Double]) throws -> Double {
  try model.checked(parameters: parameters, input: point)[0]
}

let tape = try Registry.standard.differentiators.make("tape")
var losses: [Double] = []
let steps = 21
for step in 0..<steps {
  let result = try tape.gradient(of: objective, at: parameters)  // forward and backward over all points
  losses.append(result.value[0])
  if step % 10 == 0 {
    let right = try zip(moons.points, signs).count { try (score(parameters, $0) > 0) == ($1 > 0) }
    print(String(format: "step %d loss %.4f, accuracy %.2f%%", step, losses[step], Double(right)))
  }
  // The learning rate falls from 1 to 0.1: large steps first, small ones near the end.
  let rate = 1 - 0.9 * Double(step) / Double(steps)
  for i in parameters.indices { parameters[i] -= rate * result.gradient[i] }
}

// What the network says about the plane: a character for each quarter to the right and each half upwards.
print("\nwhere the network says 1 (#) and -1 (.)")
for y in stride(from: 1.5, through: -1.0, by: -0.5) {
  let row = try stride(from: -1.5, through: 2.5, by: 0.25).map { try score(parameters, [$0, y]) > 0 ? "#" : "." }
  print("  " + row.joined())
}

if let path = CommandLine.arguments.dropFirst().first {
  func points(_ sign: Double) -> PlotSeries.Shape {
    .points(zip(moons.points, signs).filter { $0.1 == sign }.map { PlotPoint($0.0[0], $0.0[1]) })
  }
  // The border, where the score changes its sign, is found column by column.
  var border: [PlotPoint] = []
  for x in stride(from: -2.0, through: 3, by: 0.02) {
    let column = try stride(from: -1.75, through: 2.25, by: 0.02).map { ($0, try score(parameters, [x, $0])) }
    for (below, above) in zip(column, column.dropFirst()) where (below.1 > 0) != (above.1 > 0) {
      border.append(PlotPoint(x, (below.0 + above.0) / 2))
    }
  }
  let plane = PlotPanel(
    x: PlotAxis("x1", range: -2...3), y: PlotAxis("x2", range: -1.75...2.25),
    series: [
      PlotSeries("border", colour: .black, .points(border)),
      PlotSeries("class 1", colour: .vermillion, points(1)),
      PlotSeries("class -1", colour: .blue, points(-1)),
    ], height: 2)
  let course = PlotPanel(
    x: PlotAxis("step"), y: PlotAxis("loss"),
    series: [PlotSeries(colour: .green, .line(losses.enumerated().map { PlotPoint(Double($0), $1) }))])
  try PlotRenderer().write(Plot(title: "Two moons after 21 steps", panels: [plane, course]), to: path)
}
