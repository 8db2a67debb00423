// SPDX-License-Identifier: Apache-2.0
//
// The rate of change of a function by a quotient of differences, with a step that is too small and with good ones.

import Differentiation
import Foundation
import Plotting

// A function is a type with a generic call: plain numbers go in, and so do the numbers of every method.
struct Square: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x }
}

struct Cube: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { x * x * x }
}

/// (x²)³: a square inside a cube.
struct CubeOfSquare: UnivariateFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { Cube()(Square()(x)) }
}

// MARK: Functions, before anything is differentiated

func add(_ a: Double, _ b: Double) -> Double { a + b }
func total(_ numbers: Double...) -> Double { numbers.reduce(0, +) }

print("Functions")
print("  square(4) = \(Square()(4.0)), square(10) = \(Square()(10.0)), cube(10) = \(Cube()(10.0))")
print("  add(10, 20) = \(add(10, 20)), add(10.5, 120) = \(add(10.5, 120))")
print("  total(1) = \(total(1)), total(2, 3) = \(total(2, 3)), total(2, 3, 4) = \(total(2, 3, 4))")
print("  doubled: \([1, 2, 3].map { 2 * $0 }), squared: \([1.0, 2, 3].map { Square()($0) })")

// MARK: The quotient

/// The step of the lesson. x + 1e-12 is not a number of the machine: it is rounded to the nearest one.
let tiny = 1e-12

/// (f(x₁) - f(x)) / (x₁ - x), divided by the distance as it came out.
func slope(_ f: some UnivariateFunction, at x: Double) throws -> Double {
  let moved = x + tiny
  return (try f(moved) - f(x)) / (moved - x)
}

/// (f(…, xᵢ + h, …) - f(…, xᵢ, …)) / h, divided by the distance as it was meant: xᵢ has moved by another one.
func partialSlope(_ f: ([Double]) -> Double, of index: Int, at x: [Double]) -> Double {
  var moved = x
  moved[index] += tiny
  return (f(moved) - f(x)) / tiny
}

print("\nA step of 1e-12, divided by x₁ - x as it came out")
print("  d(x²)/dx at 2 = \(try slope(Square(), at: 2)), d(x³)/dx at 2 = \(try slope(Cube(), at: 2))")

let surface: ([Double]) -> Double = { $0[0] * 5 + $0[1] * $0[1] }
let line: ([Double]) -> Double = { $0[0] * $0[2] + $0[1] }
print("\nThe same step, divided by 1e-12 as it was meant: right to three digits")
print("  5 x₁ + x₂² at (10, 20), by x₁: \(partialSlope(surface, of: 0, at: [10, 20])), exact 5")
print("  5 x₁ + x₂² at (10, 20), by x₂: \(partialSlope(surface, of: 1, at: [10, 20])), exact 40")
for (index, (name, exact)) in [("m", 3), ("c", 1), ("x", 1)].enumerated() {
  print("  m x + c at (1, 2, 3), by \(name): \(partialSlope(line, of: index, at: [1, 2, 3])), exact \(exact)")
}

// MARK: The chain rule

// With t = x² and y = t³, dy/dx = dy/dt · dt/dx: the slopes of the parts, each at its own place, multiplied.
let outer = partialSlope({ Cube()($0[0]) }, of: 0, at: [Square()(2.0)])
let inner = partialSlope({ Square()($0[0]) }, of: 0, at: [2])
print("\nThe chain rule for (x²)³ at 2")
print("  in one quotient:   \(partialSlope({ CubeOfSquare()($0[0]) }, of: 0, at: [2]))")
print("  dt/dx · dy/dt:     \(inner * outer) = \(inner) · \(outer)")
print("  exact, by a tape:  \(try make("tape").derivative(of: CubeOfSquare(), at: 2).derivative)")

// MARK: Good steps

func make(_ name: String) throws -> any Differentiator { try Registry.standard.differentiators.make(name) }

/// |quotient - 192| for a step of 10ᵖ and a rule of the library.
func error(of scheme: String, step: Double) throws -> Double {
  let method = try make("finite-difference:h=\(step),\(scheme),denominator=step")
  return (try method.derivative(of: CubeOfSquare(), at: 2).derivative - 192).magnitude
}

let schemes = [("forward", "order=1"), ("central", "order=2"), ("fourth order", "order=4")]
print("\nHow far from 192, by step and rule")
print("     step    forward    central  fourth order")
for step in [1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12] {
  let errors = try schemes.map { String(format: "%10.0e", try error(of: $0.1, step: step)) }
  print(String(format: "  %7.0e ", step) + errors.joined(separator: " "))
}

// The library looks for the step itself, and says how far to trust what it finds.
let searched = try make("finite-difference").derivative(of: CubeOfSquare(), at: 2)
let deviation = (searched.derivative - 192).magnitude
print("\nA searched step: \(String(format: "%.8f", searched.derivative))")
print("  its own error estimate is below 1e-9: \(searched.gradientErrors![0] < 1e-9 ? "yes" : "no")")
print("  the error is within the estimate: \(deviation <= searched.gradientErrors![0] ? "yes" : "no")")

// MARK: The picture

if let path = CommandLine.arguments.dropFirst().first {
  let steps = stride(from: -1.0, through: -14, by: -0.125).map { pow(10, $0) }
  let series = try zip(schemes, [PlotColour.blue, .vermillion, .green]).map { scheme, colour in
    // An error of exactly 0 has no place on a logarithmic axis.
    let points = try steps.map { PlotPoint($0, try error(of: scheme.1, step: $0)) }.filter { $0.y > 0 }
    return PlotSeries(scheme.0, colour: colour, .line(points))
  }
  let panel = PlotPanel(
    x: PlotAxis("step h", isLogarithmic: true),
    y: PlotAxis("|quotient - 192|", isLogarithmic: true, range: 1e-11...1e5), series: series)
  try PlotRenderer().write(Plot(title: "The derivative of (x²)³ at 2, by step", panels: [panel]), to: path)
}
