// SPDX-License-Identifier: Apache-2.0

import Explanations
import Plotting

/// A scan for people.
struct ScanText {
  let scan: StepScan
  let adaptive: AdaptiveQuotient
  let formula: String
  let variable: String
  /// Where, all variables in the order given: `x = 2, y = 3`.
  let place: String

  private var floor: Double { 0x1p-53 * max(scan.derivative.magnitude, .leastNormalMagnitude) }

  /// A row a step.
  var exactTable: TextTable {
    TextTable(
      [">step"] + scan.curves.map { ">\($0.quotient.title)" },
      rows: scan.steps.indices.map { i in
        [NumberText.exact(scan.steps[i])] + scan.curves.map { NumberText.exact($0.errors[i]) }
      })
  }

  private var summary: TextTable {
    TextTable(
      ["quotient", ">order", ">measured", ">best h", ">error", ">h in theory", ">at h=1e-12"],
      rows: scan.curves.map { curve in
        [
          curve.quotient.title, "\(curve.quotient.order)",
          curve.measuredOrder.map { NumberText.value($0, digits: 3) } ?? "",
          NumberText.error(curve.bestStep), NumberText.error(curve.bestError),
          curve.theoreticalStep.map(NumberText.error) ?? "", NumberText.error(curve.errorAtDocumentStep),
        ]
      })
  }

  var line: String {
    let best = scan.curves.filter { $0.quotient != .complexStep }.min { $0.bestError < $1.bestError }
    return "d/d\(variable) = \(NumberText.value(scan.derivative, digits: 12)); best quotient "
      + (best.map {
        "\($0.quotient.title) with step \(NumberText.error($0.bestStep)), error \(NumberText.error($0.bestError))"
      } ?? "")
      + "; searched step: error \(NumberText.error(adaptive.error)), estimated \(NumberText.error(adaptive.estimate))"
  }

  func text(_ drawn: String?, picture: String?, again: CommandLineText, style: TextStyle, width: Int) -> String {
    var lines = wrapped(
      "d/d\(variable) of \(formula) at \(place): "
        + "\(NumberText.value(scan.derivative, digits: 12)) by dual numbers", width: width, indent: 0
    ).map(style.heading)
    lines += ["", summary.text(width: width, style: style), ""]
    lines += wrapped(
      "the step searched for (finite-difference): error \(NumberText.error(adaptive.error)), its own estimate "
        + "\(NumberText.error(adaptive.estimate)), \(counted(adaptive.evaluations, "evaluation")) for all variables",
      width: width, indent: 0)
    lines += wrapped(
      "rounding: the values carry about \(NumberText.error(scan.noise)), so a quotient with step h about that divided by h",
      width: width, indent: 0)
    if let drawn { lines += ["", drawn] }
    if let picture { lines.append("  wrote \(picture)") }
    lines.append(style.faint(again.lines("again:", width: width)))
    return lines.joined(separator: "\n")
  }

  /// Errors over steps, both logarithmic; an error of 0 is drawn at the derivative's last place.
  var plot: Plot {
    let colours: [PlotColour] = [.vermillion, .blue, .green, .purple]
    var series = zip(scan.curves, colours).map { curve, colour in
      PlotSeries(
        curve.quotient.title, colour: colour,
        .line(zip(scan.steps, curve.errors).map { PlotPoint($0, max($1, floor)) }))
    }
    let mark = scan.curves[0].errorAtDocumentStep
    series.append(
      PlotSeries(
        "forward, h = 1e-12", colour: .black, .points([PlotPoint(StepScan.documentStep, max(mark, floor))])))
    series.append(
      PlotSeries(
        "searched step", colour: .orange,
        .line([scan.steps.first ?? 1e-16, scan.steps.last ?? 1].map { PlotPoint($0, max(adaptive.error, floor)) })))
    return Plot(
      title: "d/d\(variable) of \(formula) at \(place)",
      panels: [
        PlotPanel(
          x: PlotAxis("step h", isLogarithmic: true), y: PlotAxis("error of the derivative", isLogarithmic: true),
          series: series)
      ])
  }
}
