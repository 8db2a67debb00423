// SPDX-License-Identifier: Apache-2.0

// A program that takes only the parts without GSL. A test reads from the linked binary that none came in.

import CompiledReverse
import ComplexSteps
import Curves
import DataSets
import DifferentiationCore
import ForwardMode
import Losses
import Models
import Optimizers
import RandomStreams
import ReverseMode
import Schedules
import TabularData
import Training

struct Rosenbrock: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    let a = x[1] - x[0] * x[0]
    let b = 1 - x[0]
    return 100 * a * a + b * b
  }
}

let methods: [any Differentiator] = [
  DualDifferentiator(), BatchedDualDifferentiator(), TapeDifferentiator(), ComplexStepDifferentiator(),
  CompiledDifferentiator(),
]
for method in methods {
  print(method.name, try method.gradient(of: Rosenbrock(), at: [3, 5]).gradient)
}

// Twenty epochs on the documents' y = 3x.
var registry = Registry()
registry.models.register(Line.entry)
registry.losses.register(MeanSquared.entry)
registry.optimizers.register(GradientDescent.entry)
registry.schedules.register(ConstantSchedule.entry)
registry.initializers.register(ZeroInitializer.entry)
registry.dataSets.register(Document004Proportion.entry)
let model = try registry.models.make("line")
let loss = try registry.losses.make("mean-squared")
let data = try registry.dataSets.make("document-004-y3x").generate(streams: NamedStreams(seed: 0))
let trainer = try Trainer(
  model: model, loss: loss, differentiator: TapeDifferentiator(), optimizer: registry.optimizers.make("sgd:lr=0.05"),
  configuration: TrainingConfiguration(epochs: 20), data: PreparedData(data, split: nil, model: model, loss: loss))
let result = try trainer.run(from: trainer.initialState(with: registry.initializers.make("zeros")))
try result.requireSuccess()
let losses = result.history.map(\.trainingLoss)
print("trained", losses.count, losses[19] < 0.01 * losses[0] ? "and learnt" : "and did not learn")

// A built-in curve: its value, and its guess from rows of y = 3 x².
registry.curves.register(PowerLaw.entry)
let curve = try registry.curves.make("power-law")
let rows = [1.0, 2, 3, 4]
let samples = CurveSamples(
  predictors: rows, width: 1, response: try rows.map { try curve.value(parameters: [3, 2], row: [$0]) })
let guess = try curve.startRule?(samples) ?? []
let isRight = zip(guess, [3, 2]).allSatisfy { ($0 - $1).magnitude < 1e-9 }
print("guessed", guess.count, isRight ? "and right" : "and wrong")
