// SPDX-License-Identifier: Apache-2.0

import Plotting
import Testing

/// Colours over a plane, the lines of a level, distributions.
@Suite struct FieldTests {
  /// x² + y² over [-1, 1]², on 41 by 21 places.
  static let bowl = PlotField(
    x: -1...1, y: -1...1,
    values: (0...20).map { row in
      (0...40).map { column in
        let (x, y) = (-1 + Double(column) / 20, -1 + Double(row) / 10)
        return x * x + y * y
      }
    }, meaning: .number("height", range: 0...2))

  @Test func aLevelOfABowlIsOneClosedCircle() {
    let points = Self.bowl.contour(at: 0.49)
    #expect(points.allSatisfy { $0.x.isFinite } && points.first == points.last && points.count > 40)
    for point in points {
      // Linear along an edge of length h: off by h²/4 at most, over the slope 2r.
      #expect(abs((point.x * point.x + point.y * point.y).squareRoot() - 0.7) < 0.01 / 8 / 0.7 + 1e-12)
    }
    #expect(Self.bowl.contour(at: -1).isEmpty && Self.bowl.contour(at: 3).isEmpty)
  }

  @Test func aLevelThatLeavesThePlaneEndsAtItsEdge() throws {
    let slope = PlotField(
      x: 0...1, y: 0...2, values: [[0, 1], [0, 1], [0, 1]], meaning: .number("", range: 0...1))
    let points = slope.contour(at: 0.25)
    #expect(points.map(\.x) == [0.25, 0.25, 0.25] && points.map(\.y).sorted() == [0, 1, 2])
    // Two lines, with a gap between them; a value that is not a number is a hole.
    let saddle = PlotField(x: 0...1, y: 0...1, values: [[1, 0], [0, 1]], meaning: .number("", range: 0...1))
    #expect(saddle.contour(at: 0.6).count { !$0.x.isFinite } == 1 && saddle.contour(at: 0.6).count == 5)
    let hole = PlotField(x: 0...1, y: 0...1, values: [[1, .nan], [0, 1]], meaning: .number("", range: 0...1))
    #expect(hole.contour(at: 0.5).isEmpty)
  }

  @Test func theScriptHasColoursABarAndRimsAroundMarks() {
    let points = PlotSeries("inside", colour: .blue, mark: .triangle, .points([PlotPoint(0, 0), PlotPoint(0.5, 0)]))
    let plot = Plot(
      title: "Bowl",
      panels: [
        PlotPanel(
          x: PlotAxis("a", range: -1...1), y: PlotAxis("b", range: -1...1),
          series: [PlotSeries("", .field(Self.bowl)), points])
      ])
    let script = GnuplotScript(plot, as: .svg).text
    for line in [
      "set cblabel 'height'", "set cbrange [0.0:2.0]", "set rmargin 15", "set key above Left reverse samplen 2",
      "plot $data_0_0 using 1:2:3 notitle with image pixels, \\",
      "  $data_0_1 using 1:2 notitle with points pt 9 ps 0.7 lc rgb '#FFFFFF', \\",
      "  $data_0_1 using 1:2 title 'inside' with points pt 9 ps 0.5 lc rgb '#0072B2'",
    ] { #expect(script.contains(line + "\n"), "\(line)") }
    #expect(script.contains("-1.0 -1.0 2.0\n-0.95 -1.0 "))
    let classes = PlotField(
      x: 0...1, y: 0...1, values: [[0, 1], [2, 0]], meaning: .classes([.blue, .green, .orange]))
    let hard = GnuplotScript(
      Plot(panels: [PlotPanel(x: PlotAxis(""), y: PlotAxis(""), series: [PlotSeries("", .field(classes))])]), as: .png
    ).text
    #expect(hard.contains("set palette maxcolors 3 defined (0 '#99C7E1'") && hard.contains("set cbrange [-0.5:2.5]"))
    #expect(hard.contains("unset colorbox"))
    // Characters have no colours: what is left is the marks, and that they differ.
    let text = GnuplotScript(plot, as: .text(columns: 80, lines: 24)).text
    #expect(!text.contains("with image") && text.contains("with points pt 'x'"))
  }

  @Test func linesInATerminalHaveCharactersOfTheirOwn() {
    let series = (0..<3).map { i in PlotSeries("line \(i)", .line([PlotPoint(0, Double(i)), PlotPoint(1, 3)])) }
    let panel = PlotPanel(x: PlotAxis("x"), y: PlotAxis("y", names: ["low", "it's"]), series: series)
    let script = GnuplotScript(Plot(panels: [panel]), as: .text(columns: 80, lines: 24)).text
    for i in 0..<3 { #expect(script.contains("title 'line \(i)' with lines lt \(i + 1)")) }
    #expect(script.contains("set ytics ('low' 0, 'it''s' 1)"))
  }

  @Test func aHistogramCountsEveryValueOnce() {
    let values = (0..<1000).map { Double($0 % 97) / 10 } + [.nan, .infinity]
    let histogram = Histogram(of: values)
    #expect(histogram.counts.reduce(0, +) == 1000 && histogram.edges.count == histogram.counts.count + 1)
    #expect(histogram.edges.first == 0 && histogram.edges.last == 9.6 && (5...40).contains(histogram.counts.count))
    #expect(Histogram(of: values, in: 2...4).counts.reduce(0, +) == values.count { $0 >= 2 && $0 <= 4 })
    for same in [[], [3.0], [3, 3, 3], [.nan]] {
      let one = Histogram(of: same)
      #expect(one.counts == [same.count(where: \.isFinite)] && one.edges[0] < one.edges[1])
    }
    #expect(Histogram(of: [0, 1, 1e300]).counts.reduce(0, +) == 3)
  }
}
