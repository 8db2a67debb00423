// SPDX-License-Identifier: Apache-2.0

/// How often values fall between edges.
public struct Histogram: Sendable, Hashable {
  /// The edges, one more than there are bins, at equal distances.
  public let edges: [Double]
  /// The number of values in each bin; the last one has its upper edge, too.
  public let counts: [Int]

  /// Counts values; those that are not finite, and those outside the range, are left out.
  ///
  /// The width is that of D. Freedman and P. Diaconis (1981), twice the interquartile range over the cube root of the
  /// number, within 5 to `most` bins.
  ///
  /// - Parameters:
  ///   - values: any numbers.
  ///   - range: where to count; nil for that of the values.
  ///   - most: the largest number of bins.
  public init(of values: [Double], in range: ClosedRange<Double>? = nil, most: Int = 40) {
    let sorted = values.filter(\.isFinite).sorted()
    let (low, high) = (range?.lowerBound ?? sorted.first ?? 0, range?.upperBound ?? sorted.last ?? 1)
    guard low < high, (high - low).isFinite, !sorted.isEmpty else {
      // Of one value alone there is one bar.
      let half = max(0.5, low.magnitude * 0.05)
      edges = [low - half, low + half]
      counts = [sorted.count { $0 >= low - half && $0 <= low + half }]
      return
    }
    let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
    var root = 1.0
    while root * root * root < Double(sorted.count) { root += 1 }
    let wanted = spread > 0 ? (high - low) * root / (2 * spread) : root
    let bins = max(min(5, most), min(most, Int(min(wanted, 1e6).rounded(.up))))
    let width = (high - low) / Double(bins)
    edges = (0...bins).map { $0 == bins ? high : low + Double($0) * width }
    var counts = Array(repeating: 0, count: bins)
    for value in sorted where value >= low && value <= high {
      counts[min(bins - 1, max(0, Int((value - low) / width)))] += 1
    }
    self.counts = counts
  }

  /// The bars.
  public var shape: PlotSeries.Shape { .histogram(edges: edges, heights: counts.map(Double.init)) }
}
