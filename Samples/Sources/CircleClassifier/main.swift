// SPDX-License-Identifier: Apache-2.0
//
// Is a point inside the circle? 33 parameters learn it from four thousand examples: the toolkit's trainer at work.

import Differentiation
import Foundation
import Plotting

// 5000 points uniform in [-1, 1]², in single precision; inside where x² + y² ≤ 0.5².
var random = NumPyRandom(seed: 0)
let draws = random.uniforms(10_000, in: -1..<1)
let points = (0..<5000).map { [draws[2 * $0], draws[2 * $0 + 1]] }
let data = try DataSet(
  points: points.map { $0.map { Double(Float($0)) } },
  classes: points.map { $0[0] * $0[0] + $0[1] * $0[1] <= 0.25 ? 1 : 0 }, classNames: ["outside", "inside"])

// 4000 to learn from and 1000 to judge by: train_test_split(test_size=0.2, random_state=42).
let split = try trainTestSplitIndices(count: data.count, testFraction: 0.2, seed: 42)

// Linear(2, 8), ReLU, Linear(8, 1), Sigmoid. The output p is the probability of "inside", and a sample with the answer
// t costs -(t log p + (1 - t) log(1 - p)).
let registry = Registry.standard
let model = try registry.models.make("mlp:inputs=2,hidden=8,outputs=1,activation=relu,output=sigmoid")
let loss = try registry.losses.make("binary-cross-entropy")
let prepared = try PreparedData(
  data, split: DataSplit(training: split.train, validation: split.test), model: model, loss: loss)

// 50 times over the examples, 32 a step, in order: 6250 steps of 0.1 against the gradient.
let trainer = try Trainer(
  model: model, loss: loss, differentiator: registry.differentiators.make("tape"),
  optimizer: registry.optimizers.make("sgd:lr=0.1"),
  configuration: TrainingConfiguration(epochs: 50, batch: 32, shuffle: false, seed: 0), data: prepared)
let result = try trainer.run(from: trainer.initialState(with: registry.initializers.make("torch-linear")))
try result.requireSuccess()

print("\(model.parameters.count) parameters, \(result.state.step) steps")
print("epoch   train_loss   val_loss   val_acc")
for record in result.history where record.epoch == 1 || record.epoch % 10 == 0 {
  let validation = record.validation!
  print(
    String(
      format: "%5d %12.3f %10.3f %9.3f", record.epoch, record.trainingLoss, validation.loss, validation.accuracy!))
}

// Four of five points are outside: who always says so is right that often, and has learnt nothing.
let final = result.validation!
let right = Int((final.accuracy! * Double(final.samples)).rounded())
let lazy = Int((final.baselineAccuracy! * Double(final.samples)).rounded())
print("\nright: \(right) of \(final.samples); \"outside\" for all of them: \(lazy) of \(final.samples)")
print("989 of 1000 in single precision is \(Double(Float(0.989)))")

// The probability along a line from the middle to the edge.
func inside(_ x1: Double, _ x2: Double) throws -> Double {
  try model.checked(parameters: result.parameters, input: [x1, x2])[0]
}
print("\ndistance from the middle and the probability of \"inside\" there, to the right")
let probabilities = try [0.0, 0.3, 0.7, 1.0].map { String(format: "%.1f: %.1f", $0, try inside($0, 0)) }
print("  " + probabilities.joined(separator: ", "))

if let path = CommandLine.arguments.dropFirst().first {
  // The border p = ½ in every direction from the middle, by halving.
  let border = try stride(from: 0.0, through: 360, by: 1).map { degrees in
    let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    var (near, far) = (0.0, 1.0)
    for _ in 0..<30 {
      let middle = (near + far) / 2
      if try inside(middle * cosine, middle * sine) > 0.5 { near = middle } else { far = middle }
    }
    return PlotPoint(near * cosine, near * sine)
  }
  let circle = stride(from: 0.0, through: 360, by: 1).map {
    PlotPoint(0.5 * cos($0 * .pi / 180), 0.5 * sin($0 * .pi / 180))
  }
  // The first thousand of the examples; all four thousand would be a carpet.
  func examples(_ answer: Double) -> PlotSeries.Shape {
    .points(
      split.train.prefix(1000).filter { data.targets[$0][0] == answer }.map {
        PlotPoint(data.inputs[$0][0], data.inputs[$0][1])
      })
  }
  let panel = PlotPanel(
    x: PlotAxis("X1", range: -1...1), y: PlotAxis("X2", range: -1...1.6),
    series: [
      PlotSeries("outside", colour: .sky, examples(0)), PlotSeries("inside", colour: .orange, examples(1)),
      PlotSeries("the circle", colour: .black, .line(circle)),
      PlotSeries("p = 1/2", colour: .vermillion, .line(border)),
    ])
  try PlotRenderer().write(Plot(title: "Decision Boundary and Training Data", panels: [panel]), to: path)
}
