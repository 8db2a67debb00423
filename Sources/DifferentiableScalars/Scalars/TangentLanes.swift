// SPDX-License-Identifier: Apache-2.0
//
// The standard library's operations on 32 and 64 lanes, and its comparison of any, are loops over single lanes through
// memory: a product of 32 lanes took 75 times as long as one of 16. So whatever has more than 16 lanes goes by halves
// here, and NaN is looked for in a sum.

/// The tangents of a batched dual number, one a lane: `SIMD2<Double>` to `SIMD64<Double>`.
public protocol TangentLanes: SIMD, Sendable where Scalar == Double {
  /// x · a + y · b in each lane.
  static func combined(_ x: Self, _ a: Double, _ y: Self, _ b: Double) -> Self

  /// x · a in each lane.
  static func scaled(_ x: Self, by a: Double) -> Self

  /// x + y in each lane.
  static func sum(_ x: Self, _ y: Self) -> Self

  /// x - y in each lane.
  static func difference(_ x: Self, _ y: Self) -> Self

  /// The sum of the lanes; NaN where a lane is NaN, and possibly where lanes are infinite.
  var total: Double { get }
}

extension TangentLanes {
  /// x · a + y · b in each lane.
  @inlinable @inline(__always)
  public static func combined(_ x: Self, _ a: Double, _ y: Self, _ b: Double) -> Self { x * a + y * b }

  /// x · a in each lane.
  @inlinable @inline(__always)
  public static func scaled(_ x: Self, by a: Double) -> Self { x * a }

  /// x + y in each lane.
  @inlinable @inline(__always)
  public static func sum(_ x: Self, _ y: Self) -> Self { x + y }

  /// x - y in each lane.
  @inlinable @inline(__always)
  public static func difference(_ x: Self, _ y: Self) -> Self { x - y }
}

extension SIMD2: TangentLanes where Scalar == Double {
  /// The sum of the lanes.
  @inlinable @inline(__always) public var total: Double { x + y }
}

extension SIMD4: TangentLanes where Scalar == Double {
  /// The sum of the lanes.
  @inlinable @inline(__always) public var total: Double { (lowHalf + highHalf).total }
}

extension SIMD8: TangentLanes where Scalar == Double {
  /// The sum of the lanes.
  @inlinable @inline(__always) public var total: Double { (lowHalf + highHalf).total }
}

extension SIMD16: TangentLanes where Scalar == Double {
  /// The sum of the lanes.
  @inlinable @inline(__always) public var total: Double { (lowHalf + highHalf).total }
}

extension SIMD32: TangentLanes where Scalar == Double {
  /// x · a + y · b in each lane.
  @inlinable @inline(__always)
  public static func combined(_ x: SIMD32, _ a: Double, _ y: SIMD32, _ b: Double) -> SIMD32 {
    SIMD32(
      lowHalf: .combined(x.lowHalf, a, y.lowHalf, b), highHalf: .combined(x.highHalf, a, y.highHalf, b))
  }

  /// x · a in each lane.
  @inlinable @inline(__always)
  public static func scaled(_ x: SIMD32, by a: Double) -> SIMD32 {
    SIMD32(lowHalf: .scaled(x.lowHalf, by: a), highHalf: .scaled(x.highHalf, by: a))
  }

  /// x + y in each lane.
  @inlinable @inline(__always)
  public static func sum(_ x: SIMD32, _ y: SIMD32) -> SIMD32 {
    SIMD32(lowHalf: .sum(x.lowHalf, y.lowHalf), highHalf: .sum(x.highHalf, y.highHalf))
  }

  /// x - y in each lane.
  @inlinable @inline(__always)
  public static func difference(_ x: SIMD32, _ y: SIMD32) -> SIMD32 {
    SIMD32(lowHalf: .difference(x.lowHalf, y.lowHalf), highHalf: .difference(x.highHalf, y.highHalf))
  }

  /// The sum of the lanes.
  @inlinable @inline(__always) public var total: Double { lowHalf.total + highHalf.total }
}

extension SIMD64: TangentLanes where Scalar == Double {
  /// x · a + y · b in each lane.
  @inlinable @inline(__always)
  public static func combined(_ x: SIMD64, _ a: Double, _ y: SIMD64, _ b: Double) -> SIMD64 {
    SIMD64(
      lowHalf: .combined(x.lowHalf, a, y.lowHalf, b), highHalf: .combined(x.highHalf, a, y.highHalf, b))
  }

  /// x · a in each lane.
  @inlinable @inline(__always)
  public static func scaled(_ x: SIMD64, by a: Double) -> SIMD64 {
    SIMD64(lowHalf: .scaled(x.lowHalf, by: a), highHalf: .scaled(x.highHalf, by: a))
  }

  /// x + y in each lane.
  @inlinable @inline(__always)
  public static func sum(_ x: SIMD64, _ y: SIMD64) -> SIMD64 {
    SIMD64(lowHalf: .sum(x.lowHalf, y.lowHalf), highHalf: .sum(x.highHalf, y.highHalf))
  }

  /// x - y in each lane.
  @inlinable @inline(__always)
  public static func difference(_ x: SIMD64, _ y: SIMD64) -> SIMD64 {
    SIMD64(lowHalf: .difference(x.lowHalf, y.lowHalf), highHalf: .difference(x.highHalf, y.highHalf))
  }

  /// The sum of the lanes.
  @inlinable @inline(__always) public var total: Double { lowHalf.total + highHalf.total }
}
