// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationTesting

/// What is wrong with a spoilt dual number; the defaults are sound.
protocol ScalarFlaw: Sendable {
  static func round(_ value: Double) -> Double
  static func constantTangent() -> Double
  static func product(_ tangent: Double) -> Double
  static func isLess(_ x: Spoilt<Self>, _ y: Spoilt<Self>) -> Bool
  static func summed(_ x: ArraySlice<Spoilt<Self>>) -> ArraySlice<Spoilt<Self>>
  static func added(_ y: Spoilt<Self>) -> Spoilt<Self>
}

extension ScalarFlaw {
  static func round(_ value: Double) -> Double { value }
  static func constantTangent() -> Double { 0 }
  static func product(_ tangent: Double) -> Double { tangent }
  static func isLess(_ x: Spoilt<Self>, _ y: Spoilt<Self>) -> Bool { x.value < y.value }
  static func summed(_ x: ArraySlice<Spoilt<Self>>) -> ArraySlice<Spoilt<Self>> { x }
  static func added(_ y: Spoilt<Self>) -> Spoilt<Self> { y }
}

enum ComparesTangents: ScalarFlaw {
  static func isLess(_ x: Spoilt<Self>, _ y: Spoilt<Self>) -> Bool {
    x.value < y.value || (x.value == y.value && x.tangent < y.tangent)
  }
}

enum ConstantsVary: ScalarFlaw {
  static func constantTangent() -> Double { 1 }
}

enum RoundsToFloat: ScalarFlaw {
  static func round(_ value: Double) -> Double { Double(Float(value)) }
}

enum OneTangentLess: ScalarFlaw {
  static func product(_ tangent: Double) -> Double { tangent * (1 - 0x1p-40) }
}

enum SumSkipsTheLast: ScalarFlaw {
  static func summed(_ x: ArraySlice<Spoilt<Self>>) -> ArraySlice<Spoilt<Self>> { x.count > 8 ? x.dropLast() : x }
}

enum AddsTwice: ScalarFlaw {
  static func added(_ y: Spoilt<Self>) -> Spoilt<Self> { y + y }
}

/// A dual number with a flaw.
struct Spoilt<Flaw: ScalarFlaw>: ChainRuleScalar {
  let value: Double
  let tangent: Double

  static var suite: ScalarSuite<Self> { ScalarSuite(Self.self) { f, x in f(Self(x, tangent: 1)).tangent } }

  init(_ value: Double, tangent: Double) {
    self.value = Flaw.round(value)
    self.tangent = tangent
  }

  init(_ constant: Double) { self.init(constant, tangent: Flaw.constantTangent()) }

  var primal: Double { value }

  static func apply<R: UnaryRule>(_ rule: R, _ x: Self) -> Self {
    let y = rule.value(x.value)
    return Self(y, tangent: Double.chainProduct(rule.slope(x.value, value: y), x.tangent))
  }

  static func apply<R: BinaryRule>(_ rule: R, _ x: Self, _ y: Self) -> Self {
    let z = rule.value(x.value, y.value)
    let (dx, dy) = rule.slopes(x.value, y.value, value: z)
    return Self(
      z, tangent: Flaw.product(Double.chainProduct(dx, x.tangent)) + Double.chainProduct(dy, y.tangent))
  }

  static func + (x: Self, y: Self) -> Self { Self(x.value + y.value, tangent: x.tangent + y.tangent) }
  static func - (x: Self, y: Self) -> Self { Self(x.value - y.value, tangent: x.tangent - y.tangent) }
  static prefix func - (x: Self) -> Self { Self(-x.value, tangent: -x.tangent) }
  static func += (x: inout Self, y: Self) { x = x + Flaw.added(y) }
  static func < (x: Self, y: Self) -> Bool { Flaw.isLess(x, y) }

  static func chainProduct(_ x: Self, _ y: Self) -> Self {
    Self(
      Double.chainProduct(x.value, y.value),
      tangent: Double.chainProduct(x.value, y.tangent) + Double.chainProduct(y.value, x.tangent))
  }

  static func sum(_ x: ArraySlice<Self>) -> Self { Flaw.summed(x).reduce(0) { $0 + $1 } }
}
