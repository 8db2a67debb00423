// SPDX-License-Identifier: Apache-2.0
//
// One function, written once, differentiated five ways that share as little as possible: and a sixth, written by hand,
// which is what the others are usually asked to check.

import Differentiation
import Foundation
import Plotting

/// The squared error of a neuron: E(w₁, w₂, b) = (tanh(w₁ x₁ + w₂ x₂ + b) - y)² at one sample.
struct NeuronError: ScalarField {
  let x1 = 2.0
  let x2 = 1.5
  let y = 0.25
  func callAsFunction<S: DifferentiableScalar>(_ p: [S]) -> S {
    let output = S.tanh(p[0] * S(x1) + p[1] * S(x2) + p[2])
    return (output - S(y)) * (output - S(y))
  }
}

let point = [-0.5, 0.25, 1]
let names = ["w1", "w2", "b"]

// 0. By hand: with o = tanh(z), dE/do = 2 (o - y), do/dz = 1 - o², dz/dw₁ = x₁, dz/dw₂ = x₂, dz/db = 1.
@Sendable func byHand(_ p: [Double]) -> [Double] {
  let (x1, x2, y) = (2.0, 1.5, 0.25)
  let o = tanh(p[0] * x1 + p[1] * x2 + p[2])
  let dE_dz = 2 * (o - y) * (1 - o * o)
  return [dE_dz * x1, dE_dz * x2, dE_dz]
}

// 1 to 5. Each method is a name.
let ways = [
  ("finite-difference", "values on both sides of the point"),
  ("complex-step", "a tiny imaginary part, of which no difference is taken"),
  ("dual", "forwards: a tangent travels with each number"),
  ("tape", "backwards: a record, and one sweep for all inputs"),
  ("compiled", "backwards: the record as a program that can be run again"),
]

print("method                     dE/dw1          dE/dw2           dE/db")
func show(_ name: String, _ gradient: [Double]) {
  let numbers = gradient.map { String(format: "%16.10f", $0) }
  print(name.padding(toLength: 17, withPad: " ", startingAt: 0) + numbers.joined())
}
show("by hand", byHand(point))
let methods = try ways.map { try Registry.standard.differentiators.make($0.0) }
for method in methods { show(method.name, try method.gradient(of: NeuronError(), at: point).gradient) }
print()
for (name, idea) in ways { print(name.padding(toLength: 18, withPad: " ", startingAt: 0) + idea) }

// MARK: One verdict

func check(_ what: String, _ gradient: @escaping @Sendable ([Double]) -> [Double]) throws {
  let target = TargetFunction(NeuronError(), inputs: ParameterLayout(names: names), gradient: gradient)
  let report = try ConsensusCheck(methods: methods).run(target, at: point)
  let blame = report.findings.map { "\($0.blamed.joined(separator: ", ")) at \($0.parameter)" }
  print("\(what): \(report.verdict)" + (blame.isEmpty ? "" : ", wrong: \(blame.joined(separator: "; "))"))
}

print()
try check("the formula above", byHand)
try check("the same with a forgotten factor 2") { byHand($0).map { $0 / 2 } }
try check("the same with x₁ and x₂ in each other's place") { p in
  let g = byHand(p)
  return [g[1], g[0], g[2]]
}

// MARK: What a gradient costs

/// A function of any number of inputs: Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)².
struct Rosenbrock: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    zip(x, x.dropFirst()).reduce(0) { sum, pair in
      let a = pair.1 - pair.0 * pair.0
      let b = 1 - pair.0
      return sum + 100 * a * a + b * b
    }
  }
}

let sizes = [2, 4, 8, 16, 32, 64]
print("\nevaluations for a gradient of n inputs")
print("n                 " + sizes.map { String(format: "%6d", $0) }.joined())
var costs: [(name: String, counts: [Int])] = []
for method in try methods + [Registry.standard.differentiators.make("dual-batch")] {
  let counts = try sizes.map { try method.gradient(of: Rosenbrock(), at: Array(repeating: 0.5, count: $0)).evaluations }
  let numbers = counts.map { String(format: "%6d", $0) }
  print(method.name.padding(toLength: 18, withPad: " ", startingAt: 0) + numbers.joined())
  costs.append((method.name, counts))
}

if let path = CommandLine.arguments.dropFirst().first {
  let series = zip(costs, PlotColour.allCases).map { cost, colour in
    PlotSeries(cost.name, colour: colour, .line(zip(sizes, cost.counts).map { PlotPoint(Double($0), Double($1)) }))
  }
  let panel = PlotPanel(
    x: PlotAxis("inputs", isLogarithmic: true), y: PlotAxis("evaluations", isLogarithmic: true, range: 0.5...1000),
    series: series)
  try PlotRenderer().write(Plot(title: "What a gradient costs", panels: [panel]), to: path)
}
