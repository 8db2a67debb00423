// SPDX-License-Identifier: Apache-2.0
//
// A method of differentiation of your own: `Richardson.swift` is the method, and this is what it gets for it. Named,
// tested against the contract, compared with the others, and used to train.

import Differentiation
import DifferentiationTesting
import Foundation
import Plotting

/// A registry is a value: the standard one, copied, with one more line.
func withRichardson() -> Registry {
  var registry = Registry.standard
  registry.differentiators.register(Richardson.entry)
  return registry
}

let registry = withRichardson()
let mine = try registry.differentiators.make("richardson")

/// sin(eˣ), which gets steeper and steeper.
struct Chirp: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.sin(S.exp(x)) }
}

/// A function of two variables.
struct Product: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S { S.exp(x[0]) * S.sin(x[1]) }
}

// MARK: What comes for free

// Three functions were written; gradients and Hessians, error estimates and black boxes come with them.
let first = try mine.derivative(of: Chirp(), at: 1)
print(String(format: "sin(eˣ) at 1: %.10f, exact %.10f", first.derivative, Double.exp(1) * .cos(.exp(1))))
print("  error estimate below 1e-10: \(first.gradientErrors![0] < 1e-10 ? "yes" : "no")")
let hessian = try mine.hessian(of: TargetFunction(Product()), at: [0.5, 1])
print("Hessian of eˣ sin y at (0.5, 1):")
for row in hessian.rows { print("  " + row.map { String(format: "%9.6f", $0) }.joined(separator: " ")) }

// MARK: The contract

let failures =
  DifferentiatorSuite(mine).failures() + CatalogEntrySuite(Richardson.entry, probe: .differentiators).failures()
print("\nconformance: \(failures.isEmpty ? "passed" : "\(failures.count) failures, first: \(failures[0])")")

// A method that is wrong does not get through: the same with one percent too much.
let wrong = WrongDifferentiator(mine, .onePercent)
let broken = DifferentiatorSuite(wrong).violatedRules().map(\.rawValue)
print("one percent too much breaks: \(broken.joined(separator: ", "))")

// MARK: In the check

let network = try registry.models.make("mlp:inputs=2,hidden=4,outputs=1,activation=tanh")
let objective = try Objective(
  model: network, loss: registry.losses.make("mean-squared"), inputs: [[0.5, -1], [1, 2], [-0.3, 0.7]],
  targets: [[1], [0], [0.5]])
let point = (0..<network.parameters.count).map { sin(Double($0)) }
let methods = try ["richardson", "tape", "complex-step"].map { try registry.differentiators.make($0) }
let report = try ConsensusCheck(methods: methods).run(objective.target, at: point)
print("\n\(network.specification): \(report.components) derivatives, \(report.families) witnesses: \(report.verdict)")

// MARK: In training

/// A line through noisy points, by 200 steps with a method.
func trained(_ method: String) throws -> [Double] {
  let model = try registry.models.make("line")
  let loss = try registry.losses.make("mean-squared")
  let data = try registry.dataSets.make("line").generate(seed: 0)
  let trainer = try Trainer(
    model: model, loss: loss, differentiator: registry.differentiators.make(method),
    optimizer: registry.optimizers.make("sgd:lr=0.2"), configuration: TrainingConfiguration(epochs: 200),
    data: PreparedData(data, model: model, loss: loss))
  return try trainer.run(from: trainer.initialState(with: registry.initializers.make("zeros"))).parameters
}

let (byMine, byTape) = (try trained("richardson"), try trained("tape"))
print(String(format: "\ntrained: y = %.4f x + %.4f", byMine[0], byMine[1]))
let same = zip(byMine, byTape).allSatisfy { ($0 - $1).magnitude < 1e-9 }
print("the tape gives the same to nine digits: \(same ? "yes" : "no")")

if let path = CommandLine.arguments.dropFirst().first {
  let exact = Double.exp(1) * .cos(.exp(1))
  func error(_ method: String) throws -> Double {
    (try registry.differentiators.make(method).derivative(of: Chirp(), at: 1).derivative - exact).magnitude
  }
  let levels = Array(3...14)
  let mine = try levels.map { PlotPoint(Double($0), try error("richardson:levels=\($0)")) }
  // The central quotient at the last of the halved steps, from ¼ on: binade(1/8) = 1/8.
  let plain = try levels.map {
    PlotPoint(Double($0), try error("finite-difference:h=\(pow(2, -2 - Double($0))),order=2"))
  }
  let panel = PlotPanel(
    x: PlotAxis("steps halved"), y: PlotAxis("error", isLogarithmic: true),
    series: [
      PlotSeries("the smallest step alone", colour: .vermillion, .line(plain.filter { $0.y > 0 })),
      PlotSeries("extrapolated", colour: .blue, .line(mine.filter { $0.y > 0 })),
    ])
  try PlotRenderer().write(Plot(title: "The derivative of sin(exp x) at 1", panels: [panel]), to: path)
}
