// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Every function against `Double` and `Dual<Double>`.
extension ScalarSuite {
  func checkUnary() -> [ConformanceFailure] {
    let references = zip(ScalarOperation<Double>.unary, ScalarOperation<Dual<Double>>.unary)
    return zip(ScalarOperation<S>.unary, references).flatMap { operation, reference in
      Self.points.flatMap { x in
        checkValue(operation, reference.0, x, 1, place: "\(operation.name) at \(x)")
          + checkSlope("\(operation.name) at \(x)", x, { operation.call($0, 1) }, { reference.1.call($0, 1) })
      }
    }
  }

  func checkBinary() -> [ConformanceFailure] {
    let points: [Double] = [-2.5, -1, 0, 0.375, 1, 3, 1e200]
    let references = zip(ScalarOperation<Double>.binary, ScalarOperation<Dual<Double>>.binary)
    return zip(ScalarOperation<S>.binary, references).flatMap { operation, reference in
      points.flatMap { x in
        points.flatMap { y in
          let place = "\(operation.name) at (\(x), \(y))"
          return checkValue(operation, reference.0, x, y, place: place)
            + checkSlope(
              "\(place), by the first", x, { operation.call($0, S(y)) }, { reference.1.call($0, Dual(y)) })
            + checkSlope(
              "\(place), by the second", y, { operation.call(S(x), $0) }, { reference.1.call(Dual(x), $0) })
            + (x == y
              ? checkSlope("\(place), by both", x, { operation.call($0, $0) }, { reference.1.call($0, $0) }) : [])
        }
      }
    }
  }

  private func checkValue(
    _ operation: ScalarOperation<S>, _ reference: ScalarOperation<Double>, _ x: Double, _ y: Double, place: String
  ) -> [ConformanceFailure] {
    let expected = reference.call(x, y)
    var found = operation.call(S(x), S(y)).primal
    var result = require(
      ulps(between: found, and: expected) <= valueTolerance, .value, place, expected: "\(expected)", found: "\(found)")
    guard let slope, result.isEmpty else { return result }
    // A number with a derivative has the same value as a constant.
    _ = slope(
      { variable in
        let y = operation.call(variable, S(y))
        found = y.primal
        return y
      }, x)
    result += require(
      ulps(between: found, and: expected) <= valueTolerance, .value, "\(place), of a variable",
      expected: "\(expected)", found: "\(found)")
    return result
  }

  func checkSlope(
    _ place: String, _ x: Double, rule: ScalarRule = .slope, size: Double = 0, _ f: (S) -> S,
    _ reference: (Dual<Double>) -> Dual<Double>
  ) -> [ConformanceFailure] {
    guard let slope else { return [] }
    let exact = reference(Dual(x, tangent: 1))
    // Where the function has no finite value there is nothing to agree on.
    guard exact.value.isFinite, x.isFinite else { return [] }
    let found = slope(f, x)
    return require(
      slopeAgrees(found, exact.tangent, size: size), rule, place, expected: "the derivative \(exact.tangent)",
      found: "\(found)")
  }
}
