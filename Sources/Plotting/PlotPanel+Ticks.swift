// SPDX-License-Identifier: Apache-2.0

extension PlotPanel {
  /// The plane of colours, where there is one.
  var field: PlotField? {
    series.lazy.compactMap { if case .field(let field) = $0.shape { field } else { nil } }.first
  }

  /// The smallest round step that parts the vertical axis into no more than so many intervals; nil where there is no range.
  func tickStep(atMost intervals: Int) -> Double? {
    var values: [Double] = y.range.map { [$0.lowerBound, $0.upperBound] } ?? []
    for series in series where y.range == nil {
      switch series.shape {
      case .points(let points): values += points.flatMap { [$0.y - $0.error, $0.y + $0.error] }
      case .line(let points), .steps(let points): values += points.map(\.y)
      case .band(let points): values += points.flatMap { [$0.lower, $0.upper] }
      case .histogram(_, let heights): values += [0] + heights
      case .field(let field): values += [field.y.lowerBound, field.y.upperBound]
      }
    }
    values.removeAll { !$0.isFinite }
    guard let low = values.min(), let high = values.max(), low < high, (high - low).isFinite else { return nil }
    let rough = (high - low) / Double(intervals)
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    guard power > 0, power.isFinite else { return nil }
    // A hundredth more than fits is not worth half as many numbers.
    return power * (rough < 1.01 * power ? 1 : rough < 2.02 * power ? 2 : rough < 5.05 * power ? 5 : 10)
  }
}
