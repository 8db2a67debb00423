// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension DifferenceDifferentiator {
  /// Entry by entry: each ∂fᵢ/∂xⱼ has its own step, error estimate and status.
  ///
  /// For m outputs the values along one coordinate are shared between the outputs where the steps coincide.
  public func jacobian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let counter = EvaluationCounter(f)
    let value = try counter.value(at: x)
    var result = DerivativeResult.empty(method: name, value: value, columns: x.count)
    for j in x.indices {
      var column = Line(counter, along: j, of: x, value: value)
      for i in value.indices {
        result.set(i, j, try differentiate({ try column.value(at: $0)[i] }, at: x[j]))
      }
    }
    result.evaluations = counter.count
    return result
  }

  /// Along the line x + t v at t = 0, in a unit of t that suits the coordinates' own steps.
  ///
  /// Where those differ by more than 2¹⁰ no step suits all coordinates: then through the Jacobian, which has one each.
  public func directionalDerivative(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    guard let unit = unit(of: v, at: x) else {
      let full = try jacobian(of: f, at: x)
      let rows = full.value.indices
      return DerivativeResult(
        method: name, value: full.value, rows: rows.map { [weighted(full.rows[$0], v)] },
        errors: full.errors.map { errors in rows.map { [weighted(errors[$0], v.map(\.magnitude))] } },
        statuses: full.statuses.map { statuses in rows.map { [worst(statuses[$0], v)] } },
        evaluations: full.evaluations)
    }
    let counter = EvaluationCounter(f)
    let value = try counter.value(at: x)
    var result = DerivativeResult.empty(method: name, value: value, columns: 1)
    if v.contains(where: { $0 != 0 }) {
      var line = Line(counter, from: x, direction: v.map { $0 * unit }, value: value)
      for i in value.indices {
        var estimate = try differentiate({ try line.value(at: $0)[i] }, at: 0)
        estimate.derivative /= unit
        estimate.error = estimate.error.map { $0 / unit }
        result.set(i, 0, estimate)
      }
    }
    result.evaluations = counter.count
    return result
  }

  /// Through the Jacobian; error estimates add with the cotangent's weights.
  public func vectorJacobianProduct(
    of f: TargetFunction, at x: [Double], cotangent c: [Double]
  ) throws -> DerivativeResult {
    let full = try jacobian(of: f, at: x)
    try Requirements.count(c, full.value.count, what: "the cotangent")
    return combined(full, c, count: x.count)
  }

  /// Second differences, each entry of the upper triangle once.
  public func hessian(of f: TargetFunction, at x: [Double]) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    let counter = EvaluationCounter(f)
    let value = try counter.value(at: x)
    try Requirements.scalar(value, method: name, request: "a Hessian")
    var result = DerivativeResult.empty(method: name, value: value, columns: x.count, rows: x.count)
    for i in x.indices {
      var line = Line(counter, along: i, of: x, value: value)
      result.set(i, i, try differentiateTwice({ try line.value(at: $0)[0] }, at: x[i]))
      for j in x.indices.dropFirst(i + 1) {
        var point = x
        let estimate = try differentiateTwice(
          { s, t in
            if s == x[i], t == x[j] { return value[0] }
            point[i] = s
            point[j] = t
            return try counter.value(at: point)[0]
          }, at: x[i], x[j])
        result.set(i, j, estimate)
        result.set(j, i, estimate)
      }
    }
    result.evaluations = counter.count
    return result
  }

  /// Entry by entry, ∂²f/∂xⱼ∂t along x + t v: n mixed second derivatives and no Hessian.
  ///
  /// Through the Hessian's rows where the coordinates' steps differ by more than 2¹⁰.
  public func hessianVectorProduct(
    of f: TargetFunction, at x: [Double], along v: [Double]
  ) throws -> DerivativeResult {
    try Requirements.layout(f, x)
    try Requirements.count(v, x.count, what: "the direction")
    guard let unit = unit(of: v, at: x) else { return combined(try hessian(of: f, at: x), v, count: x.count) }
    let counter = EvaluationCounter(f)
    let value = try counter.value(at: x)
    try Requirements.scalar(value, method: name, request: "a Hessian-vector product")
    var result = DerivativeResult.empty(method: name, value: value, columns: x.count)
    for j in x.indices where v.contains(where: { $0 != 0 }) {
      var estimate = try differentiateTwice(
        { s, t in
          if s == x[j], t == 0 { return value[0] }
          var point = x
          point[j] = s
          for k in x.indices where v[k] != 0 { point[k] += t * (v[k] * unit) }
          return try counter.value(at: point)[0]
        }, at: x[j], 0)
      estimate.derivative /= unit
      estimate.error = estimate.error.map { $0 / unit }
      result.set(0, j, estimate)
    }
    result.evaluations = counter.count
    return result
  }

  /// The length of t with which x + t v moves no coordinate by more than max(1, |xₖ|) for t = 1, or nil where some
  /// coordinate would then move by less than 2⁻¹⁰ of that.
  ///
  /// A method with a fixed step has no scale of its own: there the largest coordinate of the direction moves by t.
  private func unit(of v: [Double], at x: [Double]) -> Double? {
    let moving = v.indices.filter { v[$0] != 0 }
    guard !hasAbsoluteStep else { return 1 / (moving.map { v[$0].magnitude }.max() ?? 1) }
    let limits = moving.map { max(1, x[$0].magnitude) / v[$0].magnitude }
    guard let smallest = limits.min(), let largest = limits.max() else { return 1 }
    return largest <= 1024 * smallest && smallest > 0 && smallest.isFinite ? smallest.binade : nil
  }

  /// Σᵢ cᵢ rowᵢ, with errors that add.
  private func combined(_ full: DerivativeResult, _ c: [Double], count: Int) -> DerivativeResult {
    DerivativeResult(
      method: name, value: full.value, rows: [combine(full.rows, c, count: count)],
      errors: full.errors.map { [combine($0, c.map(\.magnitude), count: count)] },
      statuses: full.statuses.map { rows in [(0..<count).map { j in worst(rows.map { $0[j] }, c) }] },
      evaluations: full.evaluations)
  }
}

/// Σⱼ rowⱼ vⱼ, with 0 · ∞ = 0.
private func weighted(_ row: [Double], _ v: [Double]) -> Double {
  zip(row, v).reduce(0) { $0 + Double.chainProduct($1.1, $1.0) }
}

/// The worst of the statuses that have a weight: the one that a combination of the entries inherits.
private func worst(_ statuses: [ComponentStatus], _ weights: [Double]) -> ComponentStatus {
  let used = zip(statuses, weights).filter { $0.1 != 0 }.map(\.0)
  for status in [ComponentStatus.notFinite, .unreliable, .oneSided] where used.contains(status) { return status }
  return .ok
}
