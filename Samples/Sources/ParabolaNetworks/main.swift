// SPDX-License-Identifier: Apache-2.0
//
// Three networks learn a parabola: one too small, one large enough, and one from noisy points. None knows anything
// beyond the points that it has seen.

import Differentiation
import Foundation
import Plotting

let registry = Registry.standard

/// A network trained point by point with a little momentum, from random parameters of a seed.
func train(_ model: AnyModel, on data: DataSet, epochs: Int, seed: UInt64) throws -> TrainingResult {
  let loss = try registry.losses.make("sum-of-squares")
  let trainer = try Trainer(
    model: model, loss: loss, differentiator: registry.differentiators.make("tape"),
    optimizer: registry.optimizers.make("sgd:lr=0.001,momentum=0.1"),
    configuration: TrainingConfiguration(epochs: epochs, batch: 1, shuffle: false, seed: seed),
    data: PreparedData(data, model: model, loss: loss))
  return try trainer.run(from: trainer.initialState(with: registry.initializers.make("torch-linear")))
}

func value(_ model: AnyModel, _ result: TrainingResult, at x: Double) throws -> Double {
  try model.checked(parameters: result.parameters, input: [x])[0]
}

// MARK: Two units

// y = x² at -5, -4, …, 5, by two sigmoids and a line on top: seven parameters. Whether it gets away from a straight line
// depends on where it starts, so one run says nothing: ten do.
let parabola = try registry.dataSets.make("parabola").generate()
let small = try registry.models.make("mlp:inputs=1,hidden=2,outputs=1,activation=sigmoid")
let runs = try (0..<10).map { try train(small, on: parabola, epochs: 2000, seed: $0) }
print("two sigmoids, \(small.parameters.count) parameters, 2000 epochs, mean squared error for seeds 0 to 9")
for (seed, run) in runs.enumerated() {
  print(String(format: "  %d: %5.1f", seed, run.training.loss) + (run.training.loss < 20 ? "  a parabola" : ""))
}
print("  a parabola in \(runs.count { $0.training.loss < 20 }) of 10")

// MARK: Ten and ten

let large = try registry.models.make("mlp:inputs=1,hidden=10x10,outputs=1,activation=relu")
let deep = try train(large, on: parabola, epochs: 2000, seed: 0)
print("\ntwo layers of ten cut-off lines, \(large.parameters.count) parameters")
for epoch in [1, 101, 501, 1001, 2000] {
  print(String(format: "  epoch %4d: mean squared error %.4f", epoch, deep.history[epoch - 1].trainingLoss))
}

// MARK: Beyond what was seen

let best = runs.min { $0.training.loss < $1.training.loss }!
print("\n  x     x²   two sigmoids   ten and ten")
for x in stride(from: 2.0, through: 10, by: 2) {
  let row = String(format: "%14.1f %13.1f", try value(small, best, at: x), try value(large, deep, at: x))
  print(String(format: "%3.0f %6.0f", x, x * x) + " " + row + (x > 5 ? "   not seen" : ""))
}

// MARK: Noise on x

// (x + noise)²: the noise is squared, too, and grows with |x|. A unit of relu whose sum is negative at every point has no
// slope and never learns again: a layer of five can die as a whole, and then the network is a constant.
let noisy = try registry.dataSets.make("parabola:noise=1,noise-on=argument").generate(seed: 0)
let mixed = try registry.models.make("mlp:inputs=1,hidden=5x5,outputs=1,activation=sigmoid+relu")
let attempts = try (0..<10).map { try train(mixed, on: noisy, epochs: 1000, seed: $0) }
let variance = try train(registry.models.make("mlp:inputs=1,hidden=none,outputs=1"), on: noisy, epochs: 1000, seed: 0)
print("\n(x + noise)², five sigmoids and five cut-off lines, \(mixed.parameters.count) parameters, 1000 epochs")
print("  errors: " + attempts.map { String(format: "%.0f", $0.training.loss) }.joined(separator: " "))
print(String(format: "  a straight line: %.0f", variance.training.loss))

if let path = CommandLine.arguments.dropFirst().first {
  let grid = stride(from: -10.0, through: 10, by: 0.1)
  func curve(_ model: AnyModel, _ result: TrainingResult) throws -> PlotSeries.Shape {
    .line(try grid.map { PlotPoint($0, try value(model, result, at: $0)) })
  }
  func points(_ data: DataSet) -> PlotSeries.Shape {
    .points(zip(data.inputs, data.targets).map { PlotPoint($0[0], $1[0]) })
  }
  let learnt = attempts.min { $0.training.loss < $1.training.loss }!
  let panels = [
    PlotPanel(
      x: PlotAxis("x"), y: PlotAxis("y", range: -10...200),
      series: [
        PlotSeries("x²", colour: .orange, .line(grid.map { PlotPoint($0, $0 * $0) })),
        PlotSeries("seen", colour: .black, points(parabola)),
        PlotSeries("two sigmoids", colour: .vermillion, try curve(small, best)),
        PlotSeries("ten and ten", colour: .blue, try curve(large, deep)),
      ]),
    PlotPanel(
      x: PlotAxis("x"), y: PlotAxis("y", range: -10...80),
      series: [
        PlotSeries("noisy, seen", colour: .black, points(noisy)),
        PlotSeries("five and five", colour: .green, try curve(mixed, learnt)),
      ]),
  ]
  try PlotRenderer().write(Plot(title: "Networks that learnt a parabola from -5 to 5", panels: panels), to: path)
}
