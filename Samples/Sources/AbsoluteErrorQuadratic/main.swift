// SPDX-License-Identifier: Apache-2.0
//
// A parabola through twenty noisy points by the mean absolute error. With gradients that are never set to zero (as the
// lesson that this comes from has it), and as it should be.

import Differentiation
import Foundation
import Plotting

// f with its parameters fixed is a function of x alone.
func quadratic(_ a: Double, _ b: Double, _ c: Double) -> (Double) -> Double { { x in a * x * x + b * x + c } }
print("3x² + 4x + 5 at 2.5: \(quadratic(3, 4, 5)(2.5))")

// y = f(x)(1 + N(0, 0.4)) + N(0, 1.5), with NumPy's numbers for seed 42.
let data = try Registry.standard.dataSets.make("document-003-quadratic").generate()
func list(_ numbers: some Sequence<Double>) -> String {
  numbers.map { String(format: "%.4f", $0) }.joined(separator: ", ")
}
print("x: \(list(data.inputs.prefix(5).map { $0[0] })), …")
print("y: \(list(data.targets.prefix(5).map { $0[0] })), …")

// L(a, b, c) = Σ |a xᵢ² + b xᵢ + c - yᵢ| / n
let error = try Objective(
  model: Registry.standard.models.make("quadratic"), loss: Registry.standard.losses.make("mean-absolute"),
  inputs: data.inputs, targets: data.targets)
let tape = try Registry.standard.differentiators.make("tape")
let start = [1.1, 1.2, 1.3]

print(String(format: "\nmean absolute error at 1.1, 1.1, 1.1: %.4f", try error([1.1, 1.1, 1.1])))
let first = try tape.gradient(of: error, at: start)
print(String(format: "mean absolute error at 1.1, 1.2, 1.3: %.4f", first.value[0]))
print("its gradient: \(list(first.gradient))")

// MARK: Descent, with the mistake and without

/// Nine steps of 0.01 downhill. Where `forgets`, the gradients of all steps so far are added up, as happens in a framework
/// that accumulates and is never told to start again: each step repeats all those before it.
func descend(forgettingToZero forgets: Bool) throws -> (losses: [Double], parameters: [Double]) {
  var parameters = start
  var gradient = [0.0, 0, 0]
  var losses: [Double] = []
  for _ in 0..<9 {
    let result = try tape.gradient(of: error, at: parameters)
    losses.append(result.value[0])
    for i in 0..<3 {
      gradient[i] = (forgets ? gradient[i] : 0) + result.gradient[i]
      parameters[i] -= 0.01 * gradient[i]
    }
  }
  return (losses, parameters)
}

let forgetful = try descend(forgettingToZero: true)
let proper = try descend(forgettingToZero: false)
print("\nstep   gradients added up   gradient of each step")
for step in 0..<8 {
  print(String(format: "%4d %20.2f %23.2f", step, forgetful.losses[step + 1], proper.losses[step + 1]))
}
print("added up: \(list(forgetful.parameters)), loss " + String(format: "%.4f", try error(forgetful.parameters)))
print("of each:  \(list(proper.parameters)), loss " + String(format: "%.4f", try error(proper.parameters)))

// The sum falls faster here. It is a method, not a better slope: v ← v + g is momentum 1, a ball without friction.
let ball = try Registry.standard.optimizers.make("sgd:lr=0.01,momentum=1")
var rolled = start
var state = ball.initialState(parameterCount: 3)
for _ in 0..<9 { try ball.step(&rolled, gradient: tape.gradient(of: error, at: rolled).gradient, state: &state) }
let same = zip(rolled, forgetful.parameters).allSatisfy { ($0 - $1).magnitude < 1e-12 }
print("momentum 1 gives the same: \(same ? "yes" : "no")")

// MARK: Going on

/// The losses of 400 steps by an optimizer with a schedule of its learning rate.
func run(_ optimizer: String, _ schedule: String) throws -> (losses: [Double], parameters: [Double]) {
  var optimizer = try Registry.standard.optimizers.make(optimizer)
  optimizer.schedule = try Registry.standard.schedules.make(schedule)
  var (parameters, losses) = (start, [Double]())
  var state = optimizer.initialState(parameterCount: 3)
  for _ in 0..<400 {
    let result = try tape.gradient(of: error, at: parameters)
    losses.append(result.value[0])
    try optimizer.step(&parameters, gradient: result.gradient, state: &state)
  }
  return (losses, parameters)
}

let rolling = try run("sgd:lr=0.01,momentum=1", "constant")
let long = try run("sgd:lr=0.5", "constant")
let slowed = try run("sgd:lr=0.5", "linear:total=400")
print("\n400 steps             smallest loss   last loss")
for (name, losses) in [
  ("added up, 0.01", rolling.losses), ("0.5, constant", long.losses), ("0.5, falling to 0", slowed.losses),
] {
  let numbers = String(format: "%15.3f %11.3f", losses.min()!, losses.last!)
  print(name.padding(toLength: 20, withPad: " ", startingAt: 0) + numbers)
}

if let path = CommandLine.arguments.dropFirst().first {
  let grid = stride(from: -2.0, through: 2, by: 0.05)
  func curve(_ p: [Double]) -> PlotSeries.Shape { .line(grid.map { PlotPoint($0, quadratic(p[0], p[1], p[2])($0)) }) }
  let fits = PlotPanel(
    x: PlotAxis("x"), y: PlotAxis("y", range: 0...30),
    series: [
      PlotSeries("data", colour: .black, .points(zip(data.inputs, data.targets).map { PlotPoint($0[0], $1[0]) })),
      PlotSeries("start", colour: .orange, curve(start)),
      PlotSeries("9 steps, added up", colour: .vermillion, curve(forgetful.parameters)),
      PlotSeries("400 steps, falling rate", colour: .blue, curve(slowed.parameters)),
    ], height: 1.4)
  func course(_ losses: [Double]) -> PlotSeries.Shape { .line(losses.enumerated().map { PlotPoint(Double($0), $1) }) }
  let losses = PlotPanel(
    x: PlotAxis("step"), y: PlotAxis("mean absolute error", range: 1...8),
    series: [
      PlotSeries("added up, 0.01", colour: .vermillion, course(rolling.losses)),
      PlotSeries("0.5, constant", colour: .green, course(long.losses)),
      PlotSeries("0.5, falling to 0", colour: .blue, course(slowed.losses)),
    ])
  try PlotRenderer().write(Plot(title: "A parabola by the mean absolute error", panels: [fits, losses]), to: path)
}
