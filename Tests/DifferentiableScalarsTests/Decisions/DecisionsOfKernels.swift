// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Testing

/// Decisions of `docs/numerics.md` about the array kernels and the complex step.
struct DecisionsOfKernels {
  private func weights(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let tape = Tape()
    let v = tape.variables(x)
    let y = Variable.logSumExp(v)
    let adjoints = tape.adjoints(of: y)
    return (y.value, v.map { adjoints[$0] })
  }

  @Test func decision30InfiniteLargestElementOfLogSumExp() {
    let inf = Double.infinity
    #expect(weights([inf, 1]) == (inf, [1, 0]))
    #expect(weights([1, -inf]) == (1, [1, 0]))
    #expect(weights([-inf, -inf]) == (-inf, [1, 0]))
    #expect(weights([1000, 0]) == (1000, [1, 0]))
    #expect(weights([-1000, -1000]).gradient == [0.5, 0.5])
    #expect(weights([inf, .nan]).value.isNaN)
    #expect(weights([.nan, 1]).value.isNaN)
    #expect(weights([3]) == (3, [1]))
  }

  @Test func decision30ZeroTargetsLeaveTheirTermsOut() {
    let tape = Tape()
    let z = tape.variables([0, -.infinity])
    let y = Variable.softmaxCrossEntropy(logits: z, target: [1, 0])
    let adjoints = tape.adjoints(of: y)
    #expect(y.value == 0)
    #expect(z.map { adjoints[$0] } == [0, 0])
  }

  /// The curvature of a dominated element keeps its digits: f = log(eˣ + e^(2x)) has f″ = w (1 - w), w = 1/(1 + e^-x).
  @Test func decision30CurvatureOfADominatedElement() throws {
    struct F: UnivariateFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: S) -> S { S.logSumExp([x, 2 * x]) }
    }
    for x in [-100.0, 50, 300] {
      let e = Double.exp(-x.magnitude)
      let expected = e / ((1 + e) * (1 + e))
      for result in try SecondOrder.all(F(), at: x) where !result.scalar.contains("Complex") || x < 200 {
        #expect((result.second - expected).magnitude <= 8 * expected.ulp, "\(result)")
      }
    }
  }

  /// Where an exact derivative lies below 2⁻⁷⁴², the complex step gives 0; between there and 2⁻⁶⁹⁰ it loses digits.
  @Test func decision29TheStepBoundsTheRange() {
    #expect(ComplexStep.exp(.variable(-600)).tangent == 0)
    #expect(Dual.exp(Dual(-600.0, tangent: 1)).tangent > 0)
    let inside = ComplexStep.exp(.variable(-470)).tangent
    #expect((inside - .exp(-470)).magnitude <= 2 * inside.ulp)
  }

  /// Near 0 at the scale of the step itself: the polar form holds where the complex logarithm would not.
  @Test(arguments: [1e-300, 1e-100, 1e-50])
  func decision29ArgumentsAsSmallAsTheStep(x: Double) {
    #expect(ComplexStep.log(.variable(x)).tangent == 1 / x)
    let root = ComplexStep.sqrt(.variable(x)).tangent
    #expect((root - 0.5 / x.squareRoot()).magnitude <= 2 * root.ulp)
  }

  /// At a branch point the complex function answers √h or π/4; here it is the one-sided slope.
  @Test func decision29BranchPoints() {
    #expect(ComplexStep.asin(.variable(1)).tangent == .infinity)
    #expect(ComplexStep.acos(.variable(-1)).tangent == -.infinity)
    #expect(ComplexStep.atanh(.variable(1)).tangent == .infinity)
    #expect(ComplexStep.acosh(.variable(1)).tangent == .infinity)
    #expect(ComplexStep.log(onePlus: .variable(-1)).tangent == .infinity)
  }
}
