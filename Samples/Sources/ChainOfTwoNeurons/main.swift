// SPDX-License-Identifier: Apache-2.0
//
// Two linear neurons in a row: the smallest network whose gradient needs the chain rule. First the slope of the whole
// error by each weight, then the same slopes put together from those of the parts.

import Differentiation
import Foundation
import Plotting

var random = NumPyRandom(seed: 0)
let xs = random.uniforms(100)
let ys = xs.map { 4 + 3 * $0 + 0.3 * random.normal() }

// MARK: The parts

func neuron(_ weight: Double, _ offset: Double, _ x: Double) -> Double { weight * x + offset }
func squaredError(_ output: Double, _ y: Double) -> Double { (output - y) * (output - y) }

/// x → h → o → E. The weights are w11, w12 of the first neuron and w21, w22 of the second.
func wholeError(_ w: [Double], _ x: Double, _ y: Double) -> Double {
  squaredError(neuron(w[2], w[3], neuron(w[0], w[1], x)), y)
}

// MARK: Slopes, measured

/// The slope of a function by one of its arguments: forward by `step`, or central.
typealias Slope = (_ f: ([Double]) -> Double, _ index: Int, _ x: [Double]) -> Double

func forward(step: Double) -> Slope {
  { f, index, x in
    var right = x
    right[index] += step
    return (f(right) - f(x)) / step
  }
}

func central(step: Double) -> Slope {
  { f, index, x in
    var (left, right) = (x, x)
    left[index] -= step
    right[index] += step
    return (f(right) - f(left)) / (right[index] - left[index])
  }
}

// MARK: The gradient, two ways

/// Four slopes of the whole error: each runs the whole network again.
func gradientOfTheWhole(_ w: [Double], _ x: Double, _ y: Double, _ slope: Slope) -> [Double] {
  w.indices.map { slope({ wholeError($0, x, y) }, $0, w) }
}

/// Slopes of the parts, multiplied along the way from the error back to each weight.
func gradientByTheChainRule(_ w: [Double], _ x: Double, _ y: Double, _ slope: Slope) -> [Double] {
  let h = neuron(w[0], w[1], x)
  let o = neuron(w[2], w[3], h)
  let first: ([Double]) -> Double = { neuron($0[0], $0[1], $0[2]) }

  let dE_do = slope({ squaredError($0[0], y) }, 0, [o])
  let (do_dw21, do_dw22) = (slope(first, 0, [w[2], w[3], h]), slope(first, 1, [w[2], w[3], h]))
  let do_dh = slope(first, 2, [w[2], w[3], h])
  let (dh_dw11, dh_dw12) = (slope(first, 0, [w[0], w[1], x]), slope(first, 1, [w[0], w[1], x]))

  let dE_dh = dE_do * do_dh  // shared by both weights of the first neuron: computed once
  return [dE_dh * dh_dw11, dE_dh * dh_dw12, dE_do * do_dw21, dE_do * do_dw22]
}

/// The same error for the toolkit, which differentiates it exactly.
struct ChainError: ScalarField {
  let x: Double
  let y: Double
  func callAsFunction<S: DifferentiableScalar>(_ w: [S]) -> S {
    let hidden = w[0] * S(x) + w[1]
    let error = w[2] * hidden + w[3] - S(y)
    return error * error
  }
}

let start = [0.5, 0.5, 0.5, 0.5]
let (x, y) = (0.5, 5.5)
let exact = try Registry.standard.differentiators.make("tape").gradient(of: ChainError(x: x, y: y), at: start).gradient
let tiny = forward(step: 1e-12)
let good = central(step: 1e-5)
let rows: [(name: String, gradient: [Double])] = [
  ("whole error, step 1e-12", gradientOfTheWhole(start, x, y, tiny)),
  ("chain rule, step 1e-12", gradientByTheChainRule(start, x, y, tiny)),
  ("whole error, good step", gradientOfTheWhole(start, x, y, good)),
  ("chain rule, good step", gradientByTheChainRule(start, x, y, good)),
  ("tape", exact),
]
print("gradient at x = 0.5, y = 5.5 by w11, w12, w21, w22")
for row in rows {
  let numbers = row.gradient.map { String(format: "%12.7f", $0) }.joined()
  let distance = zip(row.gradient, exact).map { ($0 - $1).magnitude / $1.magnitude }.max()!
  let bound = distance == 0 ? "exact" : [1e-9, 1e-2].first { distance <= $0 }.map { "within \($0)" } ?? "wrong"
  print("  " + row.name.padding(toLength: 24, withPad: " ", startingAt: 0) + numbers + "  " + bound)
}

// MARK: Training, a point at a time

func train(epochs: Int, rate: Double, _ gradient: ([Double], Double, Double) -> [Double]) -> [Double] {
  var w = start
  for _ in 0..<epochs {
    for (x, y) in zip(xs, ys) {
      let slopes = gradient(w, x, y)
      for i in w.indices { w[i] -= rate * slopes[i] }
    }
  }
  return w
}

/// The two neurons are one line: w21 (w11 x + w12) + w22.
func line(_ w: [Double]) -> (slope: Double, offset: Double) { (w[2] * w[0], w[2] * w[1] + w[3]) }

let whole = train(epochs: 100, rate: 0.001) { gradientOfTheWhole($0, $1, $2, tiny) }
let chained = train(epochs: 50, rate: 0.01) { gradientByTheChainRule($0, $1, $2, tiny) }
let fit = try Registry.standard.curves.make("line").fitted(x: xs, y: ys)  // y = a + b x
print("\nafter training with steps of 1e-12")
for (name, w) in [("whole error, 100 epochs of 0.001", whole), ("chain rule,    50 epochs of 0.01 ", chained)] {
  let error = zip(xs, ys).reduce(0) { $0 + wholeError(w, $1.0, $1.1) }
  print("  \(name): " + String(format: "y = %.1f x + %.1f, error %.0f", line(w).slope, line(w).offset, error))
}
print("  least squares:                   " + String(format: "y = %.1f x + %.1f", fit["b"]!.value, fit["a"]!.value))

if let path = CommandLine.arguments.dropFirst().first {
  func drawn(_ w: [Double]) -> PlotSeries.Shape {
    .line([0, 1].map { PlotPoint($0, line(w).slope * $0 + line(w).offset) })
  }
  let panel = PlotPanel(
    x: PlotAxis("x"), y: PlotAxis("y", range: 3...9),
    series: [
      PlotSeries("data", colour: .blue, .points(zip(xs, ys).map { PlotPoint($0, $1) })),
      PlotSeries("whole error", colour: .vermillion, drawn(whole)),
      PlotSeries("chain rule", colour: .green, drawn(chained)),
    ])
  try PlotRenderer().write(Plot(title: "Two neurons in a row, trained", panels: [panel]), to: path)
}
