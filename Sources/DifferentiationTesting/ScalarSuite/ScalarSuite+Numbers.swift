// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Comparison, constants, literals and in-place operators.
extension ScalarSuite {
  func checkComparison() -> [ConformanceFailure] {
    var found: [ConformanceFailure] = []
    for x in [-1.0, 0, 2.5, .infinity] {
      for y in [-1.0, 0, 2.5, .nan] {
        let place = "comparing \(x) with \(y)"
        func compare(_ a: S) {
          let b = S(y)
          let same = (a == b) == (x == y) && (a < b) == (x < y) && (b < a) == (y < x) && (a <= b) == (x <= y)
          found += require(
            same, .comparison, place, expected: "==, <, <= as of Double", found: "\(a == b), \(a < b), \(a <= b)")
        }
        compare(S(x))
        if let slope, x.isFinite {
          _ = slope(
            { variable in
              compare(variable)
              return variable
            }, x)
        }
      }
    }
    return found
  }

  func checkConstants() -> [ConformanceFailure] {
    guard let slope else { return [] }
    let constants: [(name: String, f: (S) -> S, slope: Double)] = [
      ("a constant", { _ in S(3) }, 0), ("an integer literal", { _ in 3 }, 0), ("a literal", { _ in 0.1 }, 0),
      ("zero", { _ in S.zero }, 0), ("detached", { $0.detached }, 0),
      ("a detached factor", { $0.detached * $0 }, 1.5), ("a constant times a variable", { S(3) * $0 }, 3),
      ("a variable", { $0 }, 1), ("magnitude", { (-$0).magnitude }, 1),
      ("a choice of a constant", { S.select($0, isLessThan: 9, then: 4, else: $0) }, 0),
      ("0 times infinity", { S.chainProduct(0, S.log($0 - $0)) }, 0),
    ]
    return constants.flatMap { constant in
      let found = slope(constant.f, 1.5)
      return require(
        found == constant.slope, .constant, constant.name, expected: "the derivative \(constant.slope)",
        found: "\(found)")
    }
  }

  func checkConversions() -> [ConformanceFailure] {
    let literal: S = 0.1
    let integer: S = 7
    let pairs: [(name: String, found: Double?, expected: Double?)] = [
      ("init(0.1)", S(0.1).primal, 0.1), ("the literal 0.1", literal.primal, 0.1), ("the literal 7", integer.primal, 7),
      ("zero", S.zero.primal, 0), ("init(exactly: 3)", S(exactly: 3)?.primal, 3),
      ("init(exactly: 2⁵³ + 1)", S(exactly: (1 << 53) + 1)?.primal, Double(exactly: (1 << 53) + 1)),
      ("detached", S(0.1).detached.primal, 0.1), ("reciprocal of 4", S(4).reciprocal?.primal, 0.25),
      ("reciprocal of 0", S(0).reciprocal?.primal, .infinity),
      ("reciprocal of -0.0", S(-0.0).reciprocal?.primal, -.infinity),
      ("reciprocal of ∞", S(Double.infinity).reciprocal?.primal, 0),
      ("reciprocal of 1e308, which is subnormal", S(1e308).reciprocal?.primal, nil),
      ("reciprocal of 1e-310, which overflows", S(1e-310).reciprocal?.primal, nil),
    ]
    return pairs.flatMap { pair in
      require(
        pair.found == pair.expected, .conversion, pair.name, expected: "\(String(describing: pair.expected))",
        found: "\(String(describing: pair.found))")
    }
  }

  func checkAssignments() -> [ConformanceFailure] {
    let operators: [(name: String, inPlace: (inout S, S) -> Void, plain: (S, S) -> S)] = [
      ("+=", { $0 += $1 }, { $0 + $1 }), ("-=", { $0 -= $1 }, { $0 - $1 }), ("*=", { $0 *= $1 }, { $0 * $1 }),
      ("/=", { $0 /= $1 }, { $0 / $1 }), ("negate", { x, _ in x.negate() }, { x, _ in -x }),
    ]
    var found: [ConformanceFailure] = []
    for (name, inPlace, plain) in operators {
      func apply(_ x: S) -> S {
        var y = x
        inPlace(&y, x * 0.375)
        return y
      }
      let (value, expected) = (apply(S(2.5)).primal, plain(S(2.5), S(2.5) * 0.375).primal)
      found += require(value == expected, .assignment, name, expected: "\(expected)", found: "\(value)")
      guard let slope else { continue }
      let (mine, other) = (slope(apply, 2.5), slope({ plain($0, $0 * 0.375) }, 2.5))
      found += require(
        mine == other, .assignment, "\(name), derivative", expected: "\(other)", found: "\(mine)")
    }
    return found
  }
}
