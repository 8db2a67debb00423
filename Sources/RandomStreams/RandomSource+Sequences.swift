// SPDX-License-Identifier: Apache-2.0

extension RandomSource {
  /// Shuffles an array in place; every order is equally likely.
  ///
  /// The Fisher-Yates shuffle from the last element to the second: element i changes places with element j, j in
  /// `0...i`. n − 1 integers are drawn. NumPy's legacy `shuffle` and CPython's `random.shuffle` walk in this order.
  ///
  /// R. Durstenfeld, Algorithm 235: Random permutation, CACM 7 (1964), doi:10.1145/364520.364540.
  @inlinable
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in elements.indices.dropFirst().reversed() {
      elements.swapAt(last, Int(uniformInteger(upTo: UInt64(last))))
    }
  }

  /// The elements of an array in random order; the draws of ``shuffle(_:)``.
  @inlinable
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    shuffle(&result)
    return result
  }

  /// The numbers `0..<count` in random order; the draws of ``shuffle(_:)``. A negative count is taken as 0.
  @inlinable
  public mutating func permutation(_ count: Int) -> [Int] {
    shuffled(Array(0..<Swift.max(count, 0)))
  }

  /// `count` numbers of ``uniform(in:)``, in the order drawn. A negative count is taken as 0.
  @inlinable
  public mutating func uniforms(_ count: Int, in range: Range<Double> = 0..<1) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(Swift.max(count, 0))
    for _ in 0..<Swift.max(count, 0) {
      result.append(uniform(in: range))
    }
    return result
  }

  /// `count` numbers of ``normal(mean:standardDeviation:)``, in the order drawn. A negative count is taken as 0.
  @inlinable
  public mutating func normals(
    _ count: Int, mean: Double = 0, standardDeviation: Double = 1
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(Swift.max(count, 0))
    for _ in 0..<Swift.max(count, 0) {
      result.append(normal(mean: mean, standardDeviation: standardDeviation))
    }
    return result
  }
}
