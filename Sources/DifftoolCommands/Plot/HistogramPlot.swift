// SPDX-License-Identifier: Apache-2.0

import Plotting

/// Distributions below each other over one axis.
struct HistogramPlot {
  let plot: Plot

  init(title: String, axis: String, panels: [(name: String, values: [Double], remark: String)]) {
    let range = ClosedRange(spanning: panels.flatMap(\.values), margin: 0.02)
    var drawn = panels.enumerated().map { index, panel in
      let histogram = Histogram(of: panel.values, in: range)
      let top = Double(histogram.counts.max() ?? 1)
      return PlotPanel(
        x: PlotAxis("", range: range), y: PlotAxis("count", range: 0...max(2, top * 1.08)),
        series: [
          PlotSeries(colour: PlotColour.allCases[index % 3], histogram.shape)
        ], title: "\(panel.name): \(panel.remark)")
    }
    if let last = drawn.indices.last {
      drawn[last].x.label = axis
      // The last panel carries the axis' name below it.
      drawn[last].height = 1.12
    }
    plot = Plot(title: title, panels: drawn)
  }

  /// How many, and where about.
  static func summary(_ values: [Double]) -> String {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count, 1))
    return "\(counted(values.count, "value")), mean \(NumberText.value(mean, digits: 3))"
      + (values.count > 1 ? ", deviation \(NumberText.value(variance.squareRoot(), digits: 3))" : "")
  }
}
