// SPDX-License-Identifier: Apache-2.0
//
// max(m x + b, 0): a line that is cut off at zero. One is dull; sums of them bend wherever one begins.

import Differentiation
import Foundation
import Plotting

// The three sums of the lesson, as slope and offset of each line.
let sums: [(name: String, lines: [(m: Double, b: Double)])] = [
  ("one", [(1, 1)]),
  ("two", [(-1.5, -2.0), (1.5, 1.7)]),
  ("three", [(-1.5, -2.0), (1.5, 1.7), (-1.1, 2.0)]),
]

/// Σ max(mᵢ x + bᵢ, 0) as a function of x.
struct ReluSum: UnivariateFunction {
  let lines: [(m: Double, b: Double)]
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S {
    lines.reduce(0) { $0 + S.relu(S($1.m) * x + S($1.b)) }
  }
}

print("   x" + sums.map { String(repeating: " ", count: 12 - $0.name.count) + $0.name }.joined())
for x in stride(from: -5.0, through: 2, by: 1) {
  print(String(format: "%4.0f", x) + sums.map { String(format: "%12.2f", ReluSum(lines: $0.lines)(x)) }.joined())
}

// MARK: The slope, piece by piece

// Each line is on or off. Between two kinks the slope is the sum of the m of those that are on.
let three = ReluSum(lines: sums[2].lines)
let tape = try Registry.standard.differentiators.make("tape")
let kinks = sums[2].lines.map { -$0.b / $0.m }.sorted()
print("\nthree lines: kinks at " + kinks.map { String(format: "%.4f", $0) }.joined(separator: ", "))
for x in [-3, -1.2, 0, 2] {
  let on = sums[2].lines.filter { $0.m * x + $0.b > 0 }.map { "\($0.m)" }.joined(separator: " + ")
  print(String(format: "  at %4.1f the slope is %4.1f = ", x, try tape.derivative(of: three, at: x).derivative) + on)
}

// MARK: At a kink

// relu has slope 0 on the left of 0 and 1 on the right. At 0 itself there is none: the rule says 0, a quotient on both
// sides gives the mean, and each knows what it is worth.
struct Relu: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.relu(x) }
}

print("\nrelu at 0")
for method in ["tape", "dual", "complex-step", "finite-difference"] {
  let result = try Registry.standard.differentiators.make(method).derivative(of: Relu(), at: 0)
  let error = result.gradientErrors.map { String(format: " ± %.2f", $0[0]) } ?? ""
  print("  \(method): " + String(format: "%.1f", result.derivative) + error)
}
let methods = try ["tape", "complex-step", "finite-difference:scheme=forward"].map {
  try Registry.standard.differentiators.make($0)
}
let report = try ConsensusCheck(methods: methods).run(TargetFunction(Relu()), at: [0])
print("  the check, with a quotient to the right: \(report.verdict), cause: \(report.findings[0].cause)")
print("    slopes on both sides: \(report.findings[0].slopes!.map { String(format: "%.1f", $0) })")

// MARK: Fitting with them

// Slopes and offsets are parameters: eight lines learn a parabola.
let model = try Registry.standard.models.make("relu-sum:count=8")
let xs = (-20...20).map { Double($0) / 10 }
let parabola = try Objective(
  model: model, loss: Registry.standard.losses.make("mean-squared"), inputs: xs.map { [$0] },
  targets: xs.map { [$0 * $0] })
// Alternately rising and falling, each beginning at another place.
var parameters: [Double] = []
for line in 0..<8 { parameters += [line % 2 == 0 ? 0.5 : -0.5, -0.2 * Double(line)] }
let adam = try Registry.standard.optimizers.make("adam:lr=0.02")
var state = adam.initialState(parameterCount: parameters.count)
print("\neight lines learn x² on [-2, 2]")
for step in 0...1000 {
  let result = try tape.gradient(of: parabola, at: parameters)
  if step % 250 == 0 { print(String(format: "  step %4d: mean squared error %.4f", step, result.value[0])) }
  try adam.step(&parameters, gradient: result.gradient, state: &state)
}

if let path = CommandLine.arguments.dropFirst().first {
  let grid = stride(from: -5.0, through: 2.1, by: 0.02)
  let curves = zip(sums, [PlotColour.green, .blue, .vermillion]).map { sum, colour in
    PlotSeries(sum.name, colour: colour, .line(grid.map { PlotPoint($0, ReluSum(lines: sum.lines)($0)) }))
  }
  let learnt = try xs.map { PlotPoint($0, try model.checked(parameters: parameters, input: [$0])[0]) }
  let panels = [
    PlotPanel(x: PlotAxis("x"), y: PlotAxis("y", range: -1...10), series: curves, marksZero: true),
    PlotPanel(
      x: PlotAxis("x"), y: PlotAxis("y"),
      series: [
        PlotSeries("x²", colour: .black, .points(xs.map { PlotPoint($0, $0 * $0) })),
        PlotSeries("eight lines", colour: .blue, .line(learnt)),
      ]),
  ]
  try PlotRenderer().write(
    Plot(title: "Sums of one, two and three cut-off lines; eight that learnt", panels: panels), to: path)
}
