// SPDX-License-Identifier: Apache-2.0
//
// A difference quotient is off. Its step is not known, but it can be changed from outside: the derivative at x of
// g(t) = f(x + s (t - x)) is s f′(x), and the quotient of g with the step h is s times that of f with the step s h. So
// the method is asked again with some 64 times its step, with a 64th, and further on:
// - Truncation shrinks with the step, roundoff grows. One number found by chance says neither; the larger of three errors
//   at either step does, with factors that are no powers of two, so that the values are rounded in other places.
// - Where the same wrong value comes back at steps 4096 times apart, and further, the step is not at fault.

/// A method by differences, asked again about one component with other steps.
struct StepTrial {
  let method: any Differentiator
  let f: TargetFunction
  let x: [Double]
  let row: Int
  let column: Int

  /// Truncation, roundoff, or nil where the value does not depend on the step.
  ///
  /// Cost: up to fourteen derivatives of one component.
  func fault(found: Double, slope: Double) -> Cause? {
    let gap = (found - slope).magnitude
    // x + h is rounded by as much at every factor.
    if (roundingOfStep * slope).magnitude > gap / 4 { return .roundoff }
    let wider = [61, 37, 97].map(quotient)
    let narrower = [1.0 / 61, 1.0 / 37, 1.0 / 97].map(quotient)
    if isSame(wider[0], found, gap), isSame(narrower[0], found, gap) {
      let size = x[column].magnitude
      // A ripple may be finer, and a step relative to max(|x|, 1) far too large for a small x.
      let finer = [0x1p-12, 0x1p-18] + (size > 0 && size < 0x1p-6 ? [size, size * 0x1p-6] : [])
      let helps = finer.contains { isSame(quotient($0), slope, 2 * gap) }
      let comesBack = [0x1p12, 0x1p-12].contains { isSame(quotient($0), found, gap) }
      if comesBack, !helps { return nil }
    }
    let (wide, narrow) = (error(wider, slope), error(narrower, slope))
    // Where one of them has no value (an edge of the domain, a step below the last place), the other is held against
    // the quotient itself.
    guard let wide else { return narrow.map { $0 < gap } ?? true ? .truncation : .roundoff }
    guard let narrow else { return wide < gap ? .roundoff : .truncation }
    return narrow > wide ? .roundoff : .truncation
  }

  /// The relative error that the rounding of x + h makes: a line is differentiated without it at 0.
  private var roundingOfStep: Double {
    let line = TargetFunction.blackBox { $0[0] }
    guard let here = try? method.jacobian(of: line, at: [x[column]]).derivative,
      let atZero = try? method.jacobian(of: line, at: [0]).derivative, here.isFinite, atZero.isFinite, atZero != 0
    else { return 0 }
    return here / atZero - 1
  }

  private func isSame(_ value: Double, _ other: Double, _ gap: Double) -> Bool {
    (value - other).magnitude <= gap / 4
  }

  /// The largest error of quotients that have a value; nil where none has.
  private func error(_ quotients: [Double], _ slope: Double) -> Double? {
    quotients.filter(\.isFinite).map { ($0 - slope).magnitude }.max()
  }

  /// The quotient with s times the step; NaN where there is none.
  private func quotient(_ s: Double) -> Double {
    let (f, x, row, column) = (f, x, row, column)
    let center = x[column]
    let line = TargetFunction.blackBox { t in
      var point = x
      point[column] = center + s * (t[0] - center)
      let y = try f.value(at: point)
      return y.indices.contains(row) ? y[row] : .nan
    }
    guard let result = try? method.jacobian(of: line, at: [center]) else { return .nan }
    return result.derivative / s
  }
}
