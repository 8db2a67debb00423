// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import Formulas
import Plotting

/// The picture of a fit: data, curve and bands, and the residuals below.
struct FitPlot {
  let plot: Plot

  /// How many points the curve is drawn with, and how many data points at most: more are not told apart.
  private static let curvePoints = 400
  private static let dataPoints = 5_000

  init(_ plan: FitPlan, _ result: FitResult) throws {
    let curve = plan.fit.curve
    let data = plan.fit.data
    let rows = data.response.indices.filter { i in
      data.response[i].isFinite && data.predictors.allSatisfy { $0[i].isFinite }
    }
    let stride = max(1, (rows.count + Self.dataPoints - 1) / Self.dataPoints)
    let shown = rows.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
    let columns = data.predictors.map { column in shown.map { column[$0] } }
    let fitted = try curve.predictions(of: result, at: columns.isEmpty ? [shown.map { _ in 0 }] : columns)
    let errors = Self.errors(data.weighting, shown)
    let y = shown.map { data.response[$0] }
    // Of several predictors there is no curve to draw: observed against fitted.
    let isLine = data.predictors.count == 1
    let x = isLine ? columns[0] : fitted.map(\.value)
    let points = zip(x, zip(y, errors)).map { PlotPoint($0, $1.0, error: $1.1) }
    let residuals = zip(zip(x, y), zip(fitted, errors)).map { PlotPoint($0.0, $0.1 - $1.0.value, error: $1.1) }
    var series: [PlotSeries] = []
    let (low, high) = (x.min() ?? 0, x.max() ?? 1)
    let margin = high > low ? 0.02 * (high - low) : 1
    let range = (low - margin)...(high + margin)
    if isLine {
      let grid = (0...Self.curvePoints).map { low + (high - low) * Double($0) / Double(Self.curvePoints) }
      let line = try curve.predictions(of: result, at: [grid])
      let percent = NumberText.value(100 * result.confidence, digits: 4)
      func band(_ lower: (CurvePrediction) -> Double?, _ upper: (CurvePrediction) -> Double?) -> [PlotBandPoint] {
        zip(grid, line).compactMap { x, p in
          guard let lower = lower(p), let upper = upper(p) else { return nil }
          return PlotBandPoint(x, lower, upper)
        }
      }
      let next = band(\.predictionLower, \.predictionUpper)
      let own = band(\.confidenceLower, \.confidenceUpper)
      if !next.isEmpty { series.append(PlotSeries("\(percent) % of observations", colour: .sky, .band(next))) }
      if !own.isEmpty { series.append(PlotSeries("\(percent) % band of the curve", colour: .blue, .band(own))) }
      series.append(PlotSeries("data", colour: .black, .points(points)))
      series.append(PlotSeries("fit", colour: .vermillion, .line(zip(grid, line).map { PlotPoint($0, $1.value) })))
    } else {
      series.append(PlotSeries("data", colour: .black, .points(points)))
      series.append(PlotSeries("fit", colour: .vermillion, .line([PlotPoint(low, low), PlotPoint(high, high)])))
    }
    // A column's own name, without the quotes that it has in a formula.
    let response = plan.response.variable ?? curve.response
    let name = isLine ? curve.predictors[0] : "fitted \(response)"
    plot = Plot(
      title: plan.equation,
      panels: [
        PlotPanel(x: PlotAxis("", range: range), y: PlotAxis(response), series: series, height: 2.2),
        PlotPanel(
          x: PlotAxis(name, range: range), y: PlotAxis("residual"),
          series: [PlotSeries(colour: .black, .points(residuals))], marksZero: true),
      ])
  }

  private static func errors(_ weighting: Weighting, _ rows: [Int]) -> [Double] {
    if case .absoluteSigma(let sigma) = weighting { return rows.map { sigma[$0] } }
    return rows.map { _ in 0 }
  }
}
