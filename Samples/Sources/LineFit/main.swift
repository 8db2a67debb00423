// SPDX-License-Identifier: Apache-2.0
//
// A line through noisy points by walking downhill, with slopes that are measured and with slopes that are exact.

import Differentiation
import Foundation
import Plotting

// A hundred points of y = 4 + 3x with noise, from NumPy's numbers for seed 0.
var random = NumPyRandom(seed: 0)
let xs = random.uniforms(100).map { 2 * $0 }
let ys = xs.map { 4 + 3 * $0 + 0.3 * random.normal() }

/// E(m, c) = Σ (m xᵢ + c - yᵢ)².
struct SquaredErrors: ScalarField {
  let xs: [Double]
  let ys: [Double]
  func callAsFunction<S: DifferentiableScalar>(_ line: [S]) -> S {
    let (m, c) = (line[0], line[1])
    return zip(xs, ys).reduce(0) { sum, point in
      let residual = m * S(point.0) + c - S(point.1)
      return sum + residual * residual
    }
  }
}

let error = SquaredErrors(xs: xs, ys: ys)
print("three of the points:")
for i in 0..<3 { print(String(format: "  x %.4f  y %.4f  without noise %.4f", xs[i], ys[i], 4 + 3 * xs[i])) }
print("error of m = 3, c = 4 on (1, 1), (2, 2), (3, 3): \(SquaredErrors(xs: [1, 2, 3], ys: [1, 2, 3])([3.0, 4]))")
print(String(format: "error of m = 3.00, c = 4 on the data: %.6f", error([3.0, 4])))
print(String(format: "error of m = 3.04, c = 4 on the data: %.6f", error([3.04, 4])))

/// A hundred steps downhill, with the gradient by a method; the error before each step, and where it ends.
func descend(_ method: String) throws -> (errors: [Double], line: [Double]) {
  let differentiator = try Registry.standard.differentiators.make(method)
  var line = [0.5, 0.5]
  var errors: [Double] = []
  for _ in 0..<100 {
    let result = try differentiator.gradient(of: error, at: line)
    errors.append(result.value[0])
    for i in line.indices { line[i] -= 0.001 * result.gradient[i] }
  }
  return (errors, line)
}

let exact = try descend("tape")
let measured = try descend("finite-difference:h=1e-12,order=1,denominator=step")

print("\n  i   error, exact slopes   slopes by a step of 1e-12")
for i in stride(from: 0, to: 100, by: 10) {
  print(String(format: "%3d   %19.4f   %25.1f", i, exact.errors[i], measured.errors[i]))
}
let falls = zip(exact.errors, exact.errors.dropFirst()).allSatisfy(>)
print("the error falls at every step: \(falls ? "yes" : "no")")

// Where the slope of E by m and by c is 0 there are two linear equations:
//   m Σx² + c Σx = Σxy
//   m Σx  + c n  = Σy
let n = Double(xs.count)
let (sumX, sumY) = (xs.reduce(0, +), ys.reduce(0, +))
let sumXX = zip(xs, xs).reduce(0) { $0 + $1.0 * $1.1 }
let sumXY = zip(xs, ys).reduce(0) { $0 + $1.0 * $1.1 }
let m = (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX)
let c = (sumY - m * sumX) / n

// And with standard errors, by the toolkit's fit.
let fit = try Registry.standard.curves.make("line").fitted(x: xs, y: ys)
print("\n                           m        c    error")
func show(_ name: String, _ line: [Double], digits: Int) {
  let numbers = [line[0], line[1], error(line)].map { String(format: "%9.\(digits)f", $0) }
  print(name.padding(toLength: 19, withPad: " ", startingAt: 0) + numbers.joined())
}
show("100 exact steps", exact.line, digits: 4)
// Noise in the last places of the data is noise in the third digit of such a slope: no more is worth printing.
show("100 measured steps", measured.line, digits: 2)
show("the equations", [m, c], digits: 4)
print("the toolkit's fit of y = a + b x:")
for parameter in fit.parameters {
  print("  \(parameter.name) = " + String(format: "%.4f ± %.4f", parameter.value, parameter.standardError!))
}

if let path = CommandLine.arguments.dropFirst().first {
  let ends = [0.0, 2]
  let points = zip(xs, ys).map { PlotPoint($0, $1) }
  let drawn = ends.map { PlotPoint($0, exact.line[0] * $0 + exact.line[1]) }
  let data = PlotPanel(
    x: PlotAxis("x"), y: PlotAxis("y", range: 3...13),
    series: [
      PlotSeries("data", colour: .blue, .points(points)),
      PlotSeries("after 100 steps", colour: .vermillion, .line(drawn)),
    ], height: 2)
  let course = PlotPanel(
    x: PlotAxis("step"), y: PlotAxis("error", isLogarithmic: true),
    series: [
      PlotSeries(colour: .green, .line(exact.errors.enumerated().map { PlotPoint(Double($0), $1) }))
    ])
  try PlotRenderer().write(Plot(title: "A line by gradient descent", panels: [data, course]), to: path)
}
