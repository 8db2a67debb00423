// SPDX-License-Identifier: Apache-2.0

// Calls of GSL whose results are taken as they are: nothing is kept of the values, and all components of a gradient share
// one place in memory.
//
// Unsafe. Invariant: the pointer that GSL hands back to the callback is that of a local variable, which lives as long as
// the call and which nothing else touches meanwhile; GSL neither keeps it nor calls from another thread. A class instead
// of a pointer would pay a check for exclusive access at each evaluation.

import CGSL
import DifferentiableScalars
import DifferentiationCore

extension FiniteDifference {
  /// One call of GSL's rule, and what it says.
  func single(
    _ f: (Double) throws -> Double, at x: Double, relativeStep: Double
  ) throws -> DerivativeEstimate {
    guard x.isFinite else { return .notFinite }
    return try withoutActuallyEscaping(f) { f in
      var line = Line(call: { try f($0[0]) }, point: [x])
      return try line.differentiate(side, relativeStep: relativeStep)
    }
  }

  /// Value and gradient of a scalar function, without a result for each evaluation.
  ///
  /// The numbers are those of `jacobian(of:at:)`; error estimates and statuses are left out.
  public func gradient(of f: AnyScalarField, at x: [Double], into gradient: inout [Double]) throws -> Double {
    let value = try f(x)
    if gradient.count != x.count { gradient = Array(repeating: 0, count: x.count) }
    if case .single(let relative) = step {
      var line = Line(call: { try f($0) }, point: x)
      for i in x.indices {
        line.coordinate = i
        gradient[i] = x[i].isFinite ? try line.differentiate(side, relativeStep: relative).derivative : .nan
      }
      return value
    }
    var point = x
    for i in x.indices {
      let center = x[i]
      gradient[i] =
        try differentiate(
          { t in
            if t.bitPattern == center.bitPattern { return value }
            point[i] = t
            return try f(point)
          }, at: center
        ).derivative
      point[i] = center
    }
    return value
  }

  /// GSL's rule for the scheme.
  private var side: Side {
    switch scheme {
    case .central: .central
    case .forward: .forward
    case .backward: .backward
    }
  }
}

/// A function along one coordinate of a point.
private struct Line {
  let call: ([Double]) throws -> Double
  var point: [Double]
  var coordinate = 0
  var error: (any Error)?

  init(call: @escaping ([Double]) throws -> Double, point: [Double]) {
    self.call = call
    self.point = point
  }

  /// The value with t for the coordinate; NaN after an error.
  mutating func value(at t: Double) -> Double {
    guard error == nil else { return .nan }
    point[coordinate] = t
    do {
      return try call(point)
    } catch {
      self.error = error
      return .nan
    }
  }

  /// The derivative by the coordinate, from a step relative to max(1, |x|).
  mutating func differentiate(_ side: Side, relativeStep: Double) throws -> DerivativeEstimate {
    let x = point[coordinate]
    var result = 0.0
    var roundoff = 0.0
    _ = GSLPass.errorHandlerIsOff
    unsafe withUnsafeMutablePointer(to: &self) { line in
      var function = unsafe gsl_function(
        function: { t, context in
          guard let context = unsafe context else { return .nan }
          return unsafe context.assumingMemoryBound(to: Line.self).pointee.value(at: t)
        }, params: UnsafeMutableRawPointer(line))
      unsafe side.differentiate(&function, x, relativeStep * max(1, x.magnitude), &result, &roundoff)
    }
    point[coordinate] = x
    if let error { throw error }
    guard result.isFinite, roundoff.isFinite else { return .notFinite }
    return DerivativeEstimate(
      derivative: result, error: roundoff, status: roundoff < result.magnitude || result == 0 ? .ok : .unreliable)
  }
}
