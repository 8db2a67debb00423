// SPDX-License-Identifier: Apache-2.0

/// A series in gnuplot's language: its data under a name, and how they are drawn.
struct SeriesScript {
  let series: PlotSeries
  let name: String

  init(_ series: PlotSeries, _ name: String) {
    self.series = series
    self.name = name
  }

  /// The block of data.
  var data: [String] {
    func number(_ x: Double) -> String { GnuplotScript.number(x) }
    let rows: [String] =
      switch series.shape {
      case .points(let points): points.map { "\(number($0.x)) \(number($0.y)) \(number($0.error))" }
      case .line(let points), .steps(let points): points.map { "\(number($0.x)) \(number($0.y))" }
      case .band(let points): points.map { "\(number($0.x)) \(number($0.lower)) \(number($0.upper))" }
      case .histogram(let edges, let heights):
        zip(zip(edges, edges.dropFirst()), heights).map { edge, height in
          "\(number((edge.0 + edge.1) / 2)) \(number(height)) \(number(edge.1 - edge.0))"
        }
      case .field(let field):
        field.values.enumerated().flatMap { row, values in
          values.enumerated().map { column, value in
            "\(number(field.place(column: column))) \(number(field.place(row: row))) \(number(value))"
          } + [""]
        }
      }
    return ["\(name) << EOD"] + rows + ["EOD"]
  }

  /// The part of the command `plot`; nil where there is nothing to draw.
  ///
  /// - Parameters:
  ///   - number: which of the panel's lines it is, from 1.
  ///   - onField: whether it is drawn on a plane of colours, where marks need a rim to be seen.
  func drawing(_ format: PlotFormat, number: Int, onField: Bool) -> String? {
    let title = series.name.isEmpty ? "notitle" : "title \(GnuplotScript.quoted(series.name))"
    let colour = "lc rgb '#\(series.colour.hex)'"
    let dashes = series.isDashed ? " dt 2" : ""
    func drawn(_ style: String) -> String { "\(name) \(style)".replacing("TITLE", with: title) }
    switch series.shape {
    case .points(let points):
      guard !points.isEmpty else { return nil }
      if format.isText { return drawn("using 1:2 TITLE with points pt '\(series.mark.character)'") }
      let mark = "pt \(series.mark.number) ps"
      // Few marks can be larger than many; a size means more in a scalable picture than in one of points.
      let sizes = format == .svg ? (rim: "0.7", many: "0.4", few: "0.6") : (rim: "1.0", many: "0.6", few: "0.9")
      let size = onField ? (format == .svg ? "0.5" : "0.7") : (points.count <= 30 ? sizes.few : sizes.many)
      if points.contains(where: { $0.error > 0 }) {
        return drawn("using 1:2:3 TITLE with yerrorbars \(mark) \(size) \(colour)")
      }
      let rim = onField ? "\(name) using 1:2 notitle with points \(mark) \(sizes.rim) lc rgb '#FFFFFF', \\\n  " : ""
      return rim + drawn("using 1:2 TITLE with points \(mark) \(size) \(colour)")
    case .line(let points):
      guard !points.isEmpty else { return nil }
      return drawn(
        format.isText ? "using 1:2 TITLE with lines lt \(number)" : "using 1:2 TITLE with lines lw 2 \(colour)\(dashes)"
      )
    case .steps(let points):
      guard !points.isEmpty else { return nil }
      return drawn(
        format.isText ? "using 1:2 TITLE with steps lt \(number)" : "using 1:2 TITLE with steps lw 2 \(colour)\(dashes)"
      )
    case .band(let points):
      guard !points.isEmpty else { return nil }
      // Characters have no shades: there a band is its two edges.
      if format.isText {
        return "\(name) using 1:2 notitle with points pt '.', \(name) using 1:3 \(title) with points pt '.'"
      }
      return drawn("using 1:2:3 TITLE with filledcurves fs noborder lc rgb '#C0\(series.colour.hex)'")
    case .histogram(_, let heights):
      guard !heights.isEmpty else { return nil }
      return drawn(
        format.isText ? "using 1:2:3 TITLE with boxes" : "using 1:2:3 TITLE with boxes \(colour) fs solid 0.6 border")
    case .field(let field):
      guard !format.isText, field.values.contains(where: { !$0.isEmpty }) else { return nil }
      // An image of few cells is blurred by what shows it; so few can be drawn one by one.
      let isCoarse = field.values.count * (field.values.first?.count ?? 0) <= 2500
      return drawn("using 1:2:3 notitle with image\(isCoarse ? " pixels" : "")")
    }
  }
}
