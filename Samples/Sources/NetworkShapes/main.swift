// SPDX-License-Identifier: Apache-2.0
//
// Neuron, layer, network: how many parameters each has, what they are called, and what happens when sizes do not fit.

import Differentiation
import Foundation
import Plotting

// MARK: Counting

// A neuron has a weight for each input and one offset. A layer is neurons side by side, a network is layers in a row.
let models = [
  ("Neuron(2)", "neuron:inputs=2"),
  ("Layer(2, 3)", "mlp:inputs=2,hidden=none,outputs=3,output=tanh"),
  ("MLP(3, [4, 4, 1])", "mlp:inputs=3,hidden=4x4,outputs=1,activation=tanh,output=tanh"),
  ("MLP(2, [16, 16, 1])", "mlp:inputs=2,hidden=16x16,outputs=1,activation=tanh,output=tanh"),
]
for (name, specification) in models {
  let layout = try Registry.standard.models.make(specification).parameters
  let blocks = layout.groups.map { "\($0.shape.map(String.init).joined(separator: "×"))" }.filter { !$0.isEmpty }
  let sum = blocks.isEmpty ? "2 weights + 1 offset" : blocks.joined(separator: " + ")
  print("\(name): \(layout.count) parameters = \(sum)")
}

// MARK: A shape that does not fit

// A network that pairs weights with inputs and stops at the shorter list would take two inputs for three, drop a weight
// of every neuron and say nothing. Here it is an error with both numbers.
let network = try Registry.standard.models.make(models[2].1)
let zeros = Array(repeating: 0.0, count: network.parameters.count)
do {
  _ = try network.checked(parameters: zeros, input: [2, 3])
} catch {
  print("\nMLP(3, …) with two inputs: \(error)")
}

// MARK: Four points, before any training

// The numbers of CPython's generator for seed 1337, drawn neuron by neuron.
let small = try Registry.standard.models.make("mlp:inputs=2,hidden=4x4,outputs=1,activation=tanh,output=tanh")
var random = PythonRandom(seed: 1337)
let parameters = try small.parameters.parameters(neuronByNeuron: random.uniforms(small.parameters.count, in: -1..<1))

let points = [[2.0, 3], [3, -1], [0.5, 1], [1, 1]]
let signs = [1.0, -1, -1, 1]
let scores = try points.map { try small.checked(parameters: parameters, input: $0)[0] }

// The margin loss of a score s for a sign y is max(1 - y s, 0): nothing to pay once y s ≥ 1.
let losses = zip(signs, scores).map { max(1 - $0 * $1, 0) }
let right = zip(signs, scores).count { ($0 > 0) == ($1 > 0) }
print("\nscores: " + scores.map { String(format: "%.2f", $0) }.joined(separator: " "))
print(String(format: "Loss: %.4f, Accuracy: %.2f%%", losses.reduce(0, +) / 4, 100 * Double(right) / 4))

// The same loss as a function of all 37 parameters, and its gradient.
let objective = try Objective(
  model: small, loss: Registry.standard.losses.make("hinge"), inputs: points, targets: signs.map { [$0] })
let result = try Registry.standard.differentiators.make("tape").gradient(of: objective.target, at: parameters)
print(String(format: "\nthe toolkit's loss of the same: %.4f; the four steepest parameters:", result.value[0]))
let steepest = result.gradient.indices.sorted { result.gradient[$0].magnitude > result.gradient[$1].magnitude }
for index in steepest.prefix(4) {
  print("  \(small.parameters.name(of: index)): " + String(format: "%.4f", result.gradient[index]))
}

if let path = CommandLine.arguments.dropFirst().first {
  let margin = stride(from: -2.0, through: 2, by: 0.02).map { PlotPoint($0, max(1 - $0, 0)) }
  func marks(_ isRight: Bool) -> PlotSeries.Shape {
    .points(zip(signs, scores).map(*).filter { ($0 > 0) == isRight }.map { PlotPoint($0, max(1 - $0, 0)) })
  }
  let panel = PlotPanel(
    x: PlotAxis("answer · score"), y: PlotAxis("loss"),
    series: [
      PlotSeries("max(1 - y s, 0)", colour: .black, .line(margin)),
      PlotSeries("wrong", colour: .vermillion, marks(false)), PlotSeries("right", colour: .blue, marks(true)),
    ])
  try PlotRenderer().write(
    Plot(title: "The margin loss, and the four points before training", panels: [panel]), to: path)
}
