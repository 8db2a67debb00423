// SPDX-License-Identifier: Apache-2.0
//
// Ratios, each taken in one run with its two sides alternating: what erasure costs, what a gradient costs in plain
// evaluations, and what a training costs in bare loops. Run: swift run -c release Benchmarks [--check]
//
// With --check it fails where a ratio is above its limit in Limits.swift. No test does: times are no property of a
// program on a machine that does other things as well.

import Differentiation
import DifferentiationCore
import Foundation
import Models

/// Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)², summed in order.
struct Rosenbrock: ScalarField {
  @inline(__always)
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    var total: S = 0
    for i in 0..<(x.count - 1) {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      total += 100 * (a * a) + b * b
    }
    return total
  }

  /// The benchmark point: no coordinate at the minimum but one.
  static func point(_ count: Int) -> [Double] {
    (0..<count).map { i -> Double in
      if i % 2 == 0 { return -1.2 + 0.001 * Double(i % 97) }
      return 1.0 - 0.002 * Double(i % 89)
    }
  }
}

func rosenbrockRatios(_ benchmarks: inout Benchmarks) throws {
  let x = Rosenbrock.point(1000)
  let direct = Rosenbrock()
  let list: [any ScalarField] = [direct]
  let erased = list[0].erased
  precondition((direct(x) - 209433.181532336).magnitude < 1e-6, "the value of the workload's definition")

  let duals = x.map { Dual<Double>($0, tangent: 1) }
  let batch = x.map { BatchedDual8($0, tangent: SIMD8(repeating: 1)) }
  let tape = Tape()
  var adjoints = Adjoints()
  func gradient(_ f: some ScalarField) throws -> Double {
    tape.reset()
    let inputs = tape.variables(x)
    let y = try f(inputs)
    tape.sweep([(y, 1)], into: &adjoints)
    return adjoints[inputs[0]]
  }

  try benchmarks.report("Rosenbrock-1000 through any, Double") {
    try ratio(20_000, { try erased(x) }, to: { direct(x) })
  }
  try benchmarks.report("Rosenbrock-1000 through any, dual") {
    try ratio(5000, { try erased(duals).tangent }, to: { direct(duals).tangent })
  }
  try benchmarks.report("Rosenbrock-1000 through any, eight tangents") {
    try ratio(1000, { try erased(batch).tangent[0] }, to: { direct(batch).tangent[0] })
  }
  try benchmarks.report("Rosenbrock-1000 through any, tape") {
    try ratio(1000, { try gradient(erased) }, to: { try gradient(direct) })
  }
  try benchmarks.report("Rosenbrock-1000 gradient by tape, in plain evaluations") {
    try ratio(1000, { try gradient(direct) }, to: { direct(x) })
  }
  print("  \(tape.count) nodes of \(MemoryLayout<TapeNode>.stride) bytes")
}

func modelRatios(_ benchmarks: inout Benchmarks) throws {
  let direct = try MultilayerPerceptron(inputs: 2, hidden: [16, 16], outputs: 1)
  let made = try Registry.standard.models.make("mlp:inputs=2,hidden=16x16,outputs=1")
  let parameters = (0..<made.parameters.count).map { 0.5 - Double(($0 * 37) % 101) / 101 }
  let inputs = (0..<100).map { [0.3 - 0.01 * Double($0), 0.01 * Double($0)] }
  let duals = parameters.map { Dual<Double>($0, tangent: 1) }
  let dualInputs = inputs.map { $0.map { Dual<Double>($0) } }
  let tape = Tape()
  var adjoints = Adjoints()
  func value(_ model: some Model) throws -> Double {
    try inputs.reduce(0) { try $0 + model(parameters: parameters[...], input: $1[...])[0] }
  }
  func tangent(_ model: some Model) throws -> Double {
    try dualInputs.reduce(0) { try $0 + model(parameters: duals[...], input: $1[...])[0].tangent }
  }
  func gradient(_ model: some Model) throws -> Double {
    tape.reset()
    let variables = tape.variables(parameters)
    var total = Variable(0.0)
    for x in inputs { total += try model(parameters: variables[...], input: x.map { Variable($0) }[...])[0] }
    tape.sweep([(total, 1)], into: &adjoints)
    return adjoints[variables[0]]
  }
  try benchmarks.report("mlp from the registry, 100 samples, Double") {
    try ratio(500, { try value(made) }, to: { try value(direct) })
  }
  try benchmarks.report("mlp from the registry, 100 samples, dual") {
    try ratio(500, { try tangent(made) }, to: { try tangent(direct) })
  }
  try benchmarks.report("mlp from the registry, 100 samples, tape") {
    try ratio(100, { try gradient(made) }, to: { try gradient(direct) })
  }
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.allSatisfy({ $0 == "--check" }) else {
  print("usage: Benchmarks [--check]")
  exit(64)
}
var benchmarks = Benchmarks(isCheck: !arguments.isEmpty)
try rosenbrockRatios(&benchmarks)
try modelRatios(&benchmarks)
try trainingRatios(&benchmarks)
if benchmarks.isCheck {
  let objections = Limits.objections(to: benchmarks.ratios)
  for objection in objections { print("FAIL: \(objection)") }
  if !objections.isEmpty { exit(1) }
  print("ok: every ratio is within its limit")
}
