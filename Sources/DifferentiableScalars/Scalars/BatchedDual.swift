// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A dual number with several tangents, one a SIMD lane: as many directional derivatives in one pass.
///
/// The value is computed once for all lanes. A gradient of n inputs takes ⌈n / lanes⌉ passes.
public struct BatchedDual<Lanes: TangentLanes>: ChainRuleScalar, Sendable {
  /// The value.
  public var value: Double

  /// The tangents, one a lane.
  public var tangent: Lanes

  /// A number with given tangents.
  @inlinable @inline(__always)
  public init(_ value: Double, tangent: Lanes) {
    self.value = value
    self.tangent = tangent
  }

  /// A constant: all tangents 0.
  @inlinable @inline(__always)
  public init(_ constant: Double) {
    value = constant
    tangent = Lanes(repeating: 0)
  }

  /// The value.
  @inlinable @inline(__always) public var primal: Double { value }

  /// slope · tangent in each lane, with 0 · ∞ = 0: the slow path, taken where plain products may have come out NaN.
  @inlinable @inline(never)
  static func strongScaled(_ tangent: Lanes, by slope: Double) -> Lanes {
    var result = tangent
    for lane in tangent.indices { result[lane] = Double.chainProduct(slope, tangent[lane]) }
    return result
  }

  /// f(v) and f′(v) t in each lane.
  @inlinable @inline(__always)
  public static func apply<R: UnaryRule>(_ rule: R, _ x: BatchedDual) -> BatchedDual {
    let y = rule.value(x.value)
    let slope = rule.slope(x.value, value: y)
    let tangent = Lanes.scaled(x.tangent, by: slope)
    if _fastPath(!tangent.total.isNaN) { return BatchedDual(y, tangent: tangent) }
    return BatchedDual(y, tangent: strongScaled(x.tangent, by: slope))
  }

  /// f(v, w) and ∂f/∂v s + ∂f/∂w t in each lane.
  @inlinable @inline(__always)
  public static func apply<R: BinaryRule>(_ rule: R, _ x: BatchedDual, _ y: BatchedDual) -> BatchedDual {
    let z = rule.value(x.value, y.value)
    let (dx, dy) = rule.slopes(x.value, y.value, value: z)
    let tangent = Lanes.combined(x.tangent, dx, y.tangent, dy)
    if _fastPath(!tangent.total.isNaN) { return BatchedDual(z, tangent: tangent) }
    return BatchedDual(z, tangent: strongScaled(x.tangent, by: dx) + strongScaled(y.tangent, by: dy))
  }

  /// The sum; tangents add.
  @inlinable @inline(__always)
  public static func + (x: BatchedDual, y: BatchedDual) -> BatchedDual {
    BatchedDual(x.value + y.value, tangent: Lanes.sum(x.tangent, y.tangent))
  }

  /// The difference; tangents subtract.
  @inlinable @inline(__always)
  public static func - (x: BatchedDual, y: BatchedDual) -> BatchedDual {
    BatchedDual(x.value - y.value, tangent: Lanes.difference(x.tangent, y.tangent))
  }

  /// The negation of value and tangents.
  @inlinable @inline(__always)
  public static prefix func - (x: BatchedDual) -> BatchedDual {
    BatchedDual(-x.value, tangent: Lanes.difference(Lanes(repeating: 0), x.tangent))
  }

  /// x · y with 0 · ∞ = 0 in the value and, by the product rule, in each tangent.
  @inlinable @inline(__always)
  public static func chainProduct(_ x: BatchedDual, _ y: BatchedDual) -> BatchedDual {
    let value = Double.chainProduct(x.value, y.value)
    let tangent = Lanes.combined(y.tangent, x.value, x.tangent, y.value)
    if _fastPath(!tangent.total.isNaN) { return BatchedDual(value, tangent: tangent) }
    return BatchedDual(
      value, tangent: strongScaled(y.tangent, by: x.value) + strongScaled(x.tangent, by: y.value))
  }
}
