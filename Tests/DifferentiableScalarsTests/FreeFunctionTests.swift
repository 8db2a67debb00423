// SPDX-License-Identifier: Apache-2.0
//
// Foundation is imported on purpose: the free functions must live beside the C library's in ordinary client code.

import DifferentiableScalars
import Foundation
import Testing

private func neuron<S: DifferentiableScalar>(_ w: S, _ x: S, _ b: S) -> S { tanh(w * x + b) }

/// A long expression of literals and generic numbers must type-check within the compiler's patience: with the static
/// functions at any length, with the free ones by the line.
private func longExpression<S: DifferentiableScalar>(_ x: S, _ y: S) -> S {
  0.5 * x * x - 2 * x * y + 3 * S.exp(-0.5 * (x - 1) * (x - 1)) + S.max(x, 0) - S.min(2 * y, 1)
    + S.pow(x, 2) / (1 + y * y) - 1.5e-3 * S.abs(x - y) + S.sqrt(1 + x * x) * (2 - S.sin(3 * x) * S.cos(y / 2))
    - 1 / (2 + S.sigmoid(-x))
}

private func byTheLine<S: DifferentiableScalar>(_ x: S, _ y: S) -> S {
  var total = 0.5 * x * x - 2 * x * y + 3 * exp(-0.5 * (x - 1) * (x - 1))
  total += S.max(x, 0) - S.min(2 * y, 1)
  total += pow(x, 2) / (1 + y * y)
  total -= 1.5e-3 * abs(x - y)
  total += sqrt(1 + x * x) * (2 - sin(3 * x) * cos(y / 2))
  return total - 1 / (2 + sigmoid(-x))
}

private func all<S: DifferentiableScalar>(_ x: S, _ y: S) -> [S] {
  [
    exp(x), expMinusOne(x), log(x), log(onePlus: x), sin(x), cos(x), tan(x), sinh(x), cosh(x), tanh(x), asin(x),
    acos(x),
    atan(x), atan2(x, y), asinh(x), acosh(y), atanh(x), sqrt(x), root(x, 3), pow(x, 3), pow(x, y), hypot(x, y), erf(x),
    abs(-x), clamp(y, lower: 0, upper: 1), relu(x), leakyRelu(-x, negativeSlope: 0.01), sigmoid(x),
    softplus(x), logSigmoid(x), select(x, isLessThan: y, then: x, else: y), pow(2, x), pow(x, 0.5),
  ]
}

private func allStatic<S: DifferentiableScalar>(_ x: S, _ y: S) -> [S] {
  [
    S.exp(x), S.expMinusOne(x), S.log(x), S.log(onePlus: x), S.sin(x), S.cos(x), S.tan(x), S.sinh(x), S.cosh(x),
    S.tanh(x),
    S.asin(x), S.acos(x), S.atan(x), S.atan2(y: x, x: y), S.asinh(x), S.acosh(y), S.atanh(x), S.sqrt(x), S.root(x, 3),
    S.pow(x, 3), S.pow(x, y), S.hypot(x, y), S.erf(x), S.abs(-x), S.clamp(y, lower: 0, upper: 1),
    S.relu(x), S.leakyRelu(-x, negativeSlope: 0.01), S.sigmoid(x), S.softplus(x), S.logSigmoid(x),
    S.select(x, isLessThan: y, then: x, else: y), S.pow(2, x), S.pow(x, 0.5),
  ]
}

struct FreeFunctionTests {
  @Test func theyAreTheStaticFunctions() {
    #expect(all(0.25, 1.5) == allStatic(0.25, 1.5))
    let x = Dual(0.25, tangent: 1.0)
    let y = Dual(1.5, tangent: 2.0)
    #expect(all(x, y).map(\.tangent) == allStatic(x, y).map(\.tangent))
  }

  @Test func plainCodeWithFoundationStillCompiles() {
    let x = 0.25
    let d: Double = exp(x) + log(x) + sin(x) + cos(x) + tan(x) + sinh(x) + cosh(x) + tanh(x)
    let e: Double = asin(x) + acos(x) + atan(x) + atan2(x, 1.0) + asinh(x) + acosh(1 + x) + atanh(x)
    let f: Double = sqrt(x) + pow(x, 2) + pow(x, 2.5) + pow(2.0, x) + hypot(x, 1.0) + erf(x) + abs(-x) + fabs(x)
    let g: Double = min(x, 1) + max(x, 1) + min(x, 1, 2) + floor(x) + x.rounded()
    let integers: Int = abs(-3) + min(1, 2) + max(1, 2)
    let single: Float = exp(Float(x)) + abs(Float(-x)) + min(Float(x), 1) + sqrt(Float(x))
    let inferred = sqrt(2.0) + exp(1) + pow(2, 0.5) + max(0.5, 1)
    #expect((d + e + f + g + Double(single) + inferred).isFinite)
    #expect(integers == 6)
    let roots = [4.0, 9.0].map { sqrt($0) }
    #expect(roots == [2, 3])
    let exponentials = [0.0, 1.0].map(exp)
    #expect(exponentials[0] == 1)
    let largest = [3.0, 1.0].reduce(0, max)
    #expect(largest == 3)
  }

  @Test func genericCodeReadsLikeMathematics() {
    #expect(neuron(2.0, 0.5, -1.0) == 0)
    #expect(neuron(Dual(2.0, tangent: 1), 0.5, -1).tangent == 0.5)
    let step = 0x1p-20
    let x = Dual(0.7, tangent: 1.0)
    let slope = longExpression(x, 0.3).tangent
    #expect((slope - byTheLine(x, 0.3).tangent).magnitude <= 16 * slope.ulp)
    // Central difference: truncation h²f‴/6 with |f‴| < 100 and roundoff 10 u / h.
    let difference = (longExpression(0.7 + step, 0.3) - longExpression(0.7 - step, 0.3)) / (2 * step)
    #expect((slope - difference).magnitude < 17 * step * step + 10 * Double.ulpOfOne / step)
  }
}
