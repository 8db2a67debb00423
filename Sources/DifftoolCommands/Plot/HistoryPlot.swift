// SPDX-License-Identifier: Apache-2.0

import Plotting
import Training

/// The curves of a training: losses, how good it is, and the learning rate, over the epochs.
struct HistoryPlot {
  let plot: Plot

  /// - Parameters:
  ///   - title: what was trained, where that is known.
  init(_ records: [EpochRecord], title: String = "Training") {
    func points(_ value: (EpochRecord) -> Double?) -> [PlotPoint] {
      records.compactMap { record in value(record).map { PlotPoint(Double(record.epoch), $0) } }
    }
    let training = points(\.trainingLoss)
    let validation = points { $0.validation?.loss }
    var series = [PlotSeries("training", colour: .blue, .line(training))]
    if !validation.isEmpty {
      series.append(PlotSeries("validation", colour: .vermillion, .line(validation)))
      if let best = validation.filter(\.y.isFinite).min(by: { $0.y < $1.y }) {
        let text = "lowest, epoch \(Int(best.x))"
        series.append(PlotSeries(text, colour: .black, .points([best])))
      }
    }
    // Two decades and more are seen only by their logarithm.
    let losses = (training + validation).map(\.y).filter(\.isFinite)
    let isWide = losses.allSatisfy { $0 > 0 } && (losses.max() ?? 1) > 50 * (losses.min() ?? 1)
    let epochs =
      Double(
        records.first?.epoch ?? 0)...max(
        Double(records.last?.epoch ?? 1), Double(records.first?.epoch ?? 0) + 1)
    func axis(_ label: String) -> PlotAxis { PlotAxis(label, range: epochs) }
    var panels = [
      PlotPanel(x: axis("epoch"), y: PlotAxis("loss", isLogarithmic: isWide), series: series, height: 2)
    ]
    let figures: [(label: String, values: [PlotPoint])] = [
      ("accuracy", points { $0.validation?.accuracy }), ("R²", points { $0.validation?.r2 }),
    ]
    for (label, values) in figures where !values.isEmpty {
      let baseline = label == "accuracy" ? points { $0.validation?.baselineAccuracy } : []
      var series: [PlotSeries] = []
      if !baseline.isEmpty {
        series.append(PlotSeries("most frequent class", colour: .black, isDashed: true, .line(baseline)))
      }
      series.append(PlotSeries("validation", colour: .vermillion, .line(values)))
      let high = label == "accuracy" ? 1.0 : max(1, values.map(\.y).filter(\.isFinite).max() ?? 1)
      let low = max(-1, (values + baseline).map(\.y).filter(\.isFinite).min() ?? 0)
      let range = (low - 0.05 * (high - low))...(high + 0.05 * max(high - low, 0.1))
      panels.append(PlotPanel(x: axis("epoch"), y: PlotAxis(label, range: range), series: series))
    }
    let rates = points(\.learningRate)
    if Set(rates.map(\.y)).count > 1 {
      let top = rates.map(\.y).filter(\.isFinite).max() ?? 1
      panels.append(
        PlotPanel(
          x: axis("epoch"), y: PlotAxis("learning rate", range: 0...(top * 1.05)),
          series: [PlotSeries(colour: .green, .steps(rates))]))
    }
    for index in panels.indices.dropLast() { panels[index].x.label = "" }
    plot = Plot(title: title, panels: panels)
  }
}
