// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Plotting
import Training

/// A model of one input as a curve, with the samples, and below what is left of them.
struct CurvePlot {
  let plot: Plot

  private static let curvePoints = 400
  private static let shownSamples = 5000

  /// - Parameters:
  ///   - predictor: of one input; a number, or two classes with probabilities.
  ///   - samples: nil for none.
  ///   - given: where the curve is drawn, broken into dashes beyond the samples; nil for where they are.
  init(_ predictor: Predictor, samples: DataSet?, range given: ClosedRange<Double>?) throws {
    let saved = predictor.saved
    let inputs = samples?.inputs.map { $0[0] }
    let own = inputs.map { ClosedRange(spanning: $0, margin: 0) }
    let range = given ?? ClosedRange(spanning: inputs ?? [], margin: 0.02)
    let places = (given ?? own ?? range).places(Self.curvePoints + 1)
    let values = try Self.values(predictor, places)
    var series: [PlotSeries] = []
    var residuals: [PlotPoint] = []
    if let samples {
      let stride = max(1, (samples.count + Self.shownSamples - 1) / Self.shownSamples)
      let rows = samples.inputs.indices.filter { $0.isMultiple(of: stride) }
      let points = rows.map { PlotPoint(samples.inputs[$0][0], samples.targets[$0][0]) }
      let fitted = try Self.values(predictor, points.map(\.x))
      residuals = zip(points, fitted).map { PlotPoint($0.x, $0.y - $1) }
      series.append(PlotSeries("data", colour: .black, .points(points)))
    }
    let curve = zip(places, values).map { PlotPoint($0, $1) }
    let inside = own.map { own in curve.filter { own.contains($0.x) } } ?? curve
    series.append(PlotSeries("model", colour: .vermillion, .line(inside)))
    if let own, given != nil, range.lowerBound < own.lowerBound || range.upperBound > own.upperBound {
      let beyond =
        curve.filter { $0.x <= own.lowerBound } + [PlotPoint(.nan, .nan)] + curve.filter { $0.x >= own.upperBound }
      series.append(PlotSeries("beyond the data", colour: .vermillion, isDashed: true, .line(beyond)))
    }
    let name = saved.columns.inputs[0]
    let isClass = saved.columns.classNames != nil
    let label = saved.columns.classNames.map { "probability of \($0[1])" } ?? saved.columns.targets[0]
    let hasResiduals = !residuals.isEmpty && !isClass
    var panels = [
      PlotPanel(
        x: PlotAxis(hasResiduals ? "" : name, range: range), y: PlotAxis(label), series: series, height: 2.2)
    ]
    if hasResiduals {
      panels.append(
        PlotPanel(
          x: PlotAxis(name, range: range), y: PlotAxis("residual"),
          series: [PlotSeries(colour: .black, .points(residuals))], marksZero: true))
    }
    plot = Plot(title: ModelFile.name(saved), panels: panels)
  }

  /// What the model says at places: a number, or the second class's probability.
  private static func values(_ predictor: Predictor, _ places: [Double]) throws -> [Double] {
    let found = try predictor(places.map { [$0] })
    if found.classes != nil { return (found.probabilities ?? []).map { $0[1] } }
    return found.values.map { $0[0] }
  }
}
