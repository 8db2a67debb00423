// SPDX-License-Identifier: Apache-2.0

/// The program for gnuplot (5.2 or later) that draws a plot, with its data inside.
///
/// All of one style; names are in single quotes, in which gnuplot substitutes nothing. Names of curves stand above the
/// axes, never over the data.
public struct GnuplotScript: Sendable, Hashable {
  /// The program.
  public let text: String

  /// The program for a plot in a format.
  public init(_ plot: Plot, as format: PlotFormat) {
    var lines = ["set encoding utf8", Self.terminal(plot, format), "set style fill solid 1"]
    lines += ["set border 3 lc rgb '#404040'", "set tics nomirror\(format.isText ? "" : " out")", "set key noenhanced"]
    if !format.isText { lines.append("set grid lc rgb '#E0E0E0' lt 1 lw 1") }
    for (p, panel) in plot.panels.enumerated() {
      for (s, series) in panel.series.enumerated() { lines += SeriesScript(series, "$data_\(p)_\(s)").data }
    }
    // The title stands in a margin of its own; what is left is shared by the panels' heights.
    let title = Self.quoted(plot.title)
    lines.append("set multiplot\(plot.title.isEmpty ? "" : " title \(title)")")
    let total = plot.panels.reduce(0) { $0 + max($1.height, 0.01) }
    let room = plot.title.isEmpty ? 1.0 : (format.isText ? 0.92 : 1 - 32 / Double(Self.height(plot)))
    var top = room
    for (p, panel) in plot.panels.enumerated() {
      let share = room * max(panel.height, 0.01) / total
      lines.append("set size 1,\(Self.short(share))")
      lines.append("set origin 0,\(Self.short(top - share))")
      top -= share
      lines += Self.axes(panel, format, share: share, pictureHeight: Self.height(plot))
      lines += Self.margins(panel, of: plot, format)
      // Characters tell the lines of a panel apart by their number.
      var number = 0
      let parts = panel.series.enumerated().compactMap { s, series -> String? in
        switch series.shape {
        case .line, .steps: number += 1
        default: break
        }
        return SeriesScript(series, "$data_\(p)_\(s)").drawing(format, number: number, onField: panel.field != nil)
      }
      let zero = panel.marksZero ? ["0 notitle with lines lc rgb '#808080' lw 1 dt 2"] : []
      // Something has to be drawn for the axes to be.
      let all = zero + parts
      lines.append("plot " + (all.isEmpty ? "NaN notitle" : all.joined(separator: ", \\\n  ")))
    }
    lines.append("unset multiplot")
    text = lines.joined(separator: "\n") + "\n"
  }

  /// The height of a picture whose width is 800: so much a panel, a name of an axis, or a plane.
  private static func height(_ plot: Plot) -> Int {
    if let names = plot.panels.map({ $0.y.names.count }).max(), names > 0 { return 150 + 27 * max(names, 6) }
    if plot.panels.contains(where: { $0.field != nil }) { return 600 }
    if plot.panels.count < 3 { return plot.panels.count < 2 ? 520 : 640 }
    return 60 + Int(190 * plot.panels.reduce(0) { $0 + max($1.height, 0.01) })
  }

  private static func terminal(_ plot: Plot, _ format: PlotFormat) -> String {
    let height = height(plot)
    return switch format {
    case .svg:
      "set terminal svg size 800,\(height) noenhanced font 'Helvetica,Arial,sans-serif,14' background '#FFFFFF'"
    case .png:
      "set terminal pngcairo size 1600,\(2 * height) noenhanced font 'sans,14' fontscale 1.9 lw 2 "
        + "pointscale 1.6 background '#FFFFFF'"
    case .text(let columns, let lines): "set terminal dumb size \(columns),\(lines) noenhanced mono"
    }
  }

  private static func axes(_ panel: PlotPanel, _ format: PlotFormat, share: Double, pictureHeight: Int) -> [String] {
    var lines: [String] = [panel.title.isEmpty ? "unset title" : "set title \(quoted(panel.title))"]
    // A low panel has room for few numbers, and gnuplot counts them for a whole picture.
    let intervals = max(2, Int(share * Double(pictureHeight) / 50))
    let step = share < 0.45 && !panel.y.isLogarithmic ? panel.tickStep(atMost: format.isText ? 2 : intervals) : nil
    for (letter, axis) in [("x", panel.x), ("y", panel.y)] {
      lines.append("set \(letter)label \(quoted(axis.text))")
      lines.append(axis.isLogarithmic ? "set logscale \(letter)" : "unset logscale \(letter)")
      // A range of one point is none.
      if let range = axis.range, range.lowerBound < range.upperBound {
        lines.append("set \(letter)range [\(range.lowerBound):\(range.upperBound)]")
      } else {
        lines.append("set autoscale \(letter)")
      }
      if axis.names.isEmpty {
        lines.append("set \(letter)tics \(letter == "y" ? step.map { "\($0)" } ?? "autofreq" : "autofreq")")
      } else {
        let names = axis.names.enumerated().map { "\(quoted($1)) \($0)" }
        lines.append("set \(letter)tics (\(names.joined(separator: ", ")))")
      }
    }
    // Above the axes the names lie on no curve.
    let isNamed = panel.series.contains { !$0.name.isEmpty }
    if format.isText {
      // One below the other, with room for each: gnuplot lets two columns of them run into the numbers.
      let names = panel.series.count { !$0.name.isEmpty }
      lines.append(isNamed ? "set tmargin \(names + 1)" : "unset tmargin")
    }
    lines.append(isNamed ? (format.isText ? "set key above" : "set key above Left reverse samplen 2") : "unset key")
    return lines + colours(panel.field, format)
  }

  /// One left margin for all panels, so that their axes stand below each other.
  private static func margins(_ panel: PlotPanel, of plot: Plot, _ format: PlotFormat) -> [String] {
    let longest = plot.panels.flatMap(\.y.names).map(\.count).max() ?? 0
    // In a terminal the axis' name lies beside its numbers.
    let label = plot.panels.map(\.y.text.count).max() ?? 0
    let bar = format.isText ? nil : panel.field.map { $0.label == nil ? "set rmargin 3" : "set rmargin 15" }
    let left = format.isText ? max(11, longest + 3, min(label, 20) + 8) : max(12, longest * 9 / 8 + 3)
    return ["set lmargin \(left)", bar ?? "unset rmargin"]
  }

  private static func colours(_ field: PlotField?, _ format: PlotFormat) -> [String] {
    guard let field, !format.isText else { return [] }
    switch field.meaning {
    case .number(let label, let range):
      return [
        "set palette defined (0 '#F0B27A', 1 '#FFFFFF', 2 '#7FB8DE')", "set cblabel \(quoted(label))",
        "set cbrange [\(range.lowerBound):\(range.upperBound)]",
      ]
    case .classes(let colours):
      let defined = colours.enumerated().map { "\($0) '#\($1.lightHex)'" }.joined(separator: ", ")
      return [
        "set palette maxcolors \(max(colours.count, 2)) defined (\(defined))",
        "set cbrange [-0.5:\(Double(max(colours.count, 2)) - 0.5)]", "unset colorbox",
      ]
    }
  }

  // MARK: Text

  /// A number; what is not finite is a gap.
  static func number(_ x: Double) -> String { x.isFinite ? "\(x)" : "NaN" }

  static func short(_ x: Double) -> String { "\((x * 1e4).rounded() / 1e4)" }

  /// A text in single quotes, without what would end its line.
  static func quoted(_ text: String) -> String {
    let safe = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
    return "'" + safe.replacing("'", with: "''") + "'"
  }
}

extension PlotField {
  /// What stands beside the colour bar; nil where there is none.
  var label: String? { if case .number(let label, _) = meaning { label } else { nil } }
}
