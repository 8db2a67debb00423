// SPDX-License-Identifier: Apache-2.0

import RealModule

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
// Complex arithmetic. The product of two imaginary parts, h² ≈ 10⁻²⁰⁰, is below the real part's last digit wherever
// that is above 10⁻¹⁸⁴; dropping it keeps the real part equal to the plain value.
extension ComplexStep {
  @inlinable @inline(__always)
  public static func + (x: Self, y: Self) -> Self { Self(x.real + y.real, imaginary: x.imaginary + y.imaginary) }
  @inlinable @inline(__always)
  public static func - (x: Self, y: Self) -> Self { Self(x.real - y.real, imaginary: x.imaginary - y.imaginary) }
  @inlinable @inline(__always)
  public static prefix func - (x: Self) -> Self { Self(-x.real, imaginary: -x.imaginary) }
  @inlinable @inline(__always) public static prefix func + (x: Self) -> Self { x }
  @inlinable
  public static func * (x: Self, y: Self) -> Self {
    Self(
      x.real * y.real,
      imaginary: Double.chainProduct(x.real, y.imaginary) + Double.chainProduct(x.imaginary, y.real))
  }
  @inlinable
  public static func / (x: Self, y: Self) -> Self {
    let quotient = x.real / y.real
    return Self(
      quotient,
      imaginary: Double.chainProduct(1 / y.real, x.imaginary) - Double.chainProduct(quotient / y.real, y.imaginary))
  }
  @inlinable @inline(__always) public static func += (x: inout Self, y: Self) { x = x + y }
  @inlinable @inline(__always) public static func -= (x: inout Self, y: Self) { x = x - y }
  @inlinable @inline(__always) public static func *= (x: inout Self, y: Self) { x = x * y }
  @inlinable @inline(__always) public static func /= (x: inout Self, y: Self) { x = x / y }
  @inlinable @inline(__always) public mutating func negate() { self = -self }

  @inlinable @inline(__always) public init(floatLiteral value: Double) { self.init(value) }
  @inlinable @inline(__always) public init(integerLiteral value: Int) { self.init(Double(value)) }
  @inlinable public init?<T: BinaryInteger>(exactly source: T) {
    guard let value = Double(exactly: source) else { return nil }
    self.init(value)
  }
  @inlinable public static var zero: Self { Self(0.0) }
  @inlinable public var detached: Self { Self(real) }
  @inlinable public var magnitude: Self { Self.abs(self) }
  @inlinable public var reciprocal: Self? { real.reciprocal == nil ? nil : 1 / self }
  @inlinable @inline(__always) public static func == (x: Self, y: Self) -> Bool { x.real == y.real }
  @inlinable @inline(__always) public static func < (x: Self, y: Self) -> Bool { x.real < y.real }
  // The defaults of `Comparable` are negations, true for NaN; these are those of `Double`.
  @inlinable @inline(__always) public static func <= (x: Self, y: Self) -> Bool { x.real <= y.real }
  @inlinable @inline(__always) public static func > (x: Self, y: Self) -> Bool { x.real > y.real }
  @inlinable @inline(__always) public static func >= (x: Self, y: Self) -> Bool { x.real >= y.real }
}
