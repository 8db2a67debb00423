// SPDX-License-Identifier: Apache-2.0
//
// A model of your own: `Bumps.swift` is the model, and this is what it gets for it. Named, tested against the contract,
// checked by every method, trained.

import Differentiation
import DifferentiationTesting
import Foundation
import Plotting

// A registry is a value: copy the standard one and add a line.
var registry = Registry.standard
registry.models.register(Bumps.entry)
let model = try registry.models.make("bumps:count=5,width=0.5")
print("\(model.specification): \(model.parameters.names.joined(separator: ", "))")
do {
  _ = try registry.models.make("bumps:count=0")
} catch {
  print("bumps:count=0: \(error)")
}

// The contract of a model, as the built-in ones pass it.
let failures = ModelSuite(model).failures() + CatalogEntrySuite(Bumps.entry, probe: .models).failures()
print("\nconformance: \(failures.isEmpty ? "passed" : "\(failures)")")

// Forty points of a wave with noise.
var random = NumPyRandom(seed: 7)
let xs = (0..<40).map { 6.2 * Double($0) / 39 }
let ys = xs.map { sin($0) + 0.3 * sin(3 * $0) + random.normal(mean: 0, standardDeviation: 0.05) }
let data = try DataSet(x: xs, y: ys)

// Flat bumps, evenly laid out, as a start.
let start = (0..<5).flatMap { [0.1, 1.5 * Double($0)] } + [0.0]

// Every method on the loss of all forty points, eleven parameters.
let loss = try registry.losses.make("mean-squared")
let objective = try Objective(model: model, loss: loss, inputs: data.inputs, targets: data.targets)
let methods = try registry.differentiators.names.map { try registry.differentiators.make($0) }
let report = try ConsensusCheck(methods: methods).run(objective.target, at: start)
print("\(methods.count) methods on \(report.components) derivatives: \(report.verdict)")

// Trained as any other.
let trainer = try Trainer(
  model: model, loss: loss, differentiator: registry.differentiators.make("tape"),
  optimizer: registry.optimizers.make("adam:lr=0.02"),
  configuration: TrainingConfiguration(epochs: 1000), data: PreparedData(data, model: model, loss: loss))
let result = try trainer.run(from: trainer.initialState(parameters: start))
print("\nepoch   mean squared error")
for epoch in [1, 10, 100, 1000] {
  print(String(format: "%5d %20.4f", epoch, result.history[epoch - 1].trainingLoss))
}
print(String(format: "R² %.3f, mean absolute error %.3f", result.training.r2!, result.training.meanAbsoluteError!))
print("\n      height   place")
for bump in 0..<5 {
  print(String(format: "%d %10.2f %7.2f", bump + 1, result.parameters[2 * bump], result.parameters[2 * bump + 1]))
}

if let path = CommandLine.arguments.dropFirst().first {
  let grid = stride(from: 0.0, through: 6.2, by: 0.05)
  func curve(_ parameters: [Double]) throws -> PlotSeries.Shape {
    .line(try grid.map { PlotPoint($0, try model.checked(parameters: parameters, input: [$0])[0]) })
  }
  // Each bump alone: all other heights 0.
  let single = try (0..<5).map { bump in
    var alone = result.parameters.map { _ in 0.0 }
    alone[2 * bump] = result.parameters[2 * bump]
    alone[2 * bump + 1] = result.parameters[2 * bump + 1]
    return PlotSeries(bump == 0 ? "each bump" : "", colour: .sky, try curve(alone))
  }
  let panel = PlotPanel(
    x: PlotAxis("x"), y: PlotAxis("y"),
    series: single + [
      PlotSeries("data", colour: .black, .points(zip(xs, ys).map { PlotPoint($0, $1) })),
      PlotSeries("start", colour: .orange, try curve(start)),
      PlotSeries("learnt", colour: .blue, try curve(result.parameters)),
    ], marksZero: true)
  try PlotRenderer().write(Plot(title: "Five bumps learn a wave", panels: [panel]), to: path)
}
