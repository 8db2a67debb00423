// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A reproducible source of random numbers: the interface that initialisers, data generators and shuffles take.
///
/// A function that needs randomness takes `inout some RandomSource`, so the same code runs from the project's
/// default generator (``Xoshiro256``) and from the ones that repeat another system's numbers (``NumPyRandom``,
/// ``PythonRandom``, ``WorkloadGenerator``).
///
/// A conforming type supplies four primitives. All else is derived from them **in a fixed order of draws**, which is
/// part of the contract: a printed seed must give the same numbers in every later version. That order is also
/// the one of NumPy's legacy generator and of CPython, so those two types override primitives only.
///
/// Conforming to `RandomNumberGenerator` makes a source usable with the standard library as well, but the
/// library's algorithms (`shuffled(using:)`, `Double.random(in:using:)`) may change between Swift releases; the
/// methods here do not.
public protocol RandomSource: RandomNumberGenerator, Sendable {
  /// A number in [0, 1), a multiple of 2⁻⁵³.
  mutating func uniform() -> Double

  /// A number from the standard normal distribution (mean 0, standard deviation 1).
  mutating func normal() -> Double

  /// An integer in `0...maximum`, every one equally likely. A maximum of 0 gives 0.
  mutating func uniformInteger(upTo maximum: UInt64) -> UInt64
}

extension RandomSource {
  /// The top 53 bits of ``next()`` times 2⁻⁵³.
  @inlinable
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// An integer in `0...maximum` by multiplication and rejection; unbiased, one draw in nearly all cases.
  ///
  /// The draw x is mapped to the high half of x·n, n = maximum + 1. The first 2⁶⁴ mod n values of the low half are
  /// rejected, which leaves the same number of draws for every result.
  ///
  /// D. Lemire, Fast random integer generation in an interval, ACM TOMACS 29 (2019), doi:10.1145/3230636.
  @inlinable
  public mutating func uniformInteger(upTo maximum: UInt64) -> UInt64 {
    guard maximum < .max else { return next() }
    let count = maximum + 1
    var product = next().multipliedFullWidth(by: count)
    if product.low < count {
      let rejected = (0 &- count) % count
      while product.low < rejected {
        product = next().multipliedFullWidth(by: count)
      }
    }
    return product.high
  }

  /// A number a + (b − a)·u of the range a..<b, u being ``uniform()``.
  ///
  /// Rounding can give b itself when b − a is tiny beside b. A range wider than the largest finite number is taken as
  /// a·(1 − u) + b·u. The bounds must be finite.
  @inlinable
  public mutating func uniform(in range: Range<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    let fraction = uniform()
    guard width.isFinite else {
      return range.lowerBound * (1 - fraction) + range.upperBound * fraction
    }
    return range.lowerBound + width * fraction
  }

  /// A number μ + σ·z, z being ``normal()``.
  @inlinable
  public mutating func normal(mean: Double, standardDeviation: Double) -> Double {
    mean + standardDeviation * normal()
  }

  /// An integer in `0..<bound`, every one equally likely.
  ///
  /// A bound of 1 or less leaves nothing to choose: the answer is 0.
  @inlinable
  public mutating func below(_ bound: Int) -> Int {
    Int(uniformInteger(upTo: UInt64(Swift.max(bound, 1) - 1)))
  }

  /// An integer of `range`, every one equally likely (NumPy's `randint`, CPython's `randint`).
  @inlinable
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    let width = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound))
    return range.lowerBound &+ Int(truncatingIfNeeded: uniformInteger(upTo: width))
  }
}

/// Two independent standard normal numbers by Marsaglia's polar method.
///
/// A point (x, y) is drawn in [−1, 1)² until 0 < r² < 1, r² = x² + y²; then f = √(−2 ln r² / r²) makes f·x and f·y
/// independent standard normals. 4/π ≈ 1.27 points are drawn on average.
///
/// G. Marsaglia and T. A. Bray, A convenient method for generating normal variables, SIAM Review 6 (1964),
/// doi:10.1137/1006063.
///
/// - Returns: f·y to give out first and f·x to keep, in NumPy's order.
@inlinable
package func polarNormalPair(
  _ uniform: () -> Double
) -> (first: Double, second: Double) {
  while true {
    let x = 2 * uniform() - 1
    let y = 2 * uniform() - 1
    let squaredRadius = x * x + y * y
    if squaredRadius < 1 && squaredRadius != 0 {
      let factor = Double.sqrt(-2 * Double.log(squaredRadius) / squaredRadius)
      return (factor * y, factor * x)
    }
  }
}
