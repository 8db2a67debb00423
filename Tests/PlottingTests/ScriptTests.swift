// SPDX-License-Identifier: Apache-2.0

import Foundation
import Plotting
import Testing

/// The scripts word for word, and what they draw.
@Suite struct ScriptTests {
  static let plot = Plot(
    title: "It's a fit",
    panels: [
      PlotPanel(
        x: PlotAxis("", range: 0...2), y: PlotAxis("y", unit: "mV"),
        series: [
          PlotSeries("95 % band", .band([PlotBandPoint(0, -1, 1), PlotBandPoint(2, 0, 3)])),
          PlotSeries("curve_1", .line([PlotPoint(0, 0), PlotPoint(1, .infinity), PlotPoint(2, 2)])),
          PlotSeries("data", colour: .black, .points([PlotPoint(0, 0.5, error: 0.1), PlotPoint(2, 1.5)])),
        ], height: 3),
      PlotPanel(
        x: PlotAxis("x", unit: "s", range: 0...2), y: PlotAxis("residual"),
        series: [PlotSeries(colour: .black, .points([PlotPoint(0, 0.5), PlotPoint(2, -0.5)]))], marksZero: true),
    ])

  @Test func theScriptOfAFit() {
    #expect(
      GnuplotScript(Self.plot, as: .svg).text == """
        set encoding utf8
        set terminal svg size 800,640 noenhanced font 'Helvetica,Arial,sans-serif,14' background '#FFFFFF'
        set style fill solid 1
        set border 3 lc rgb '#404040'
        set tics nomirror out
        set key noenhanced
        set grid lc rgb '#E0E0E0' lt 1 lw 1
        $data_0_0 << EOD
        0.0 -1.0 1.0
        2.0 0.0 3.0
        EOD
        $data_0_1 << EOD
        0.0 0.0
        1.0 NaN
        2.0 2.0
        EOD
        $data_0_2 << EOD
        0.0 0.5 0.1
        2.0 1.5 0.0
        EOD
        $data_1_0 << EOD
        0.0 0.5 0.0
        2.0 -0.5 0.0
        EOD
        set multiplot title 'It''s a fit'
        set size 1,0.7125
        set origin 0,0.2375
        unset title
        set xlabel ''
        unset logscale x
        set xrange [0.0:2.0]
        set xtics autofreq
        set ylabel 'y (mV)'
        unset logscale y
        set autoscale y
        set ytics autofreq
        set key above Left reverse samplen 2
        set lmargin 12
        unset rmargin
        plot $data_0_0 using 1:2:3 title '95 % band' with filledcurves fs noborder lc rgb '#C00072B2', \\
          $data_0_1 using 1:2 title 'curve_1' with lines lw 2 lc rgb '#0072B2', \\
          $data_0_2 using 1:2:3 title 'data' with yerrorbars pt 7 ps 0.6 lc rgb '#000000'
        set size 1,0.2375
        set origin 0,0.0
        unset title
        set xlabel 'x (s)'
        unset logscale x
        set xrange [0.0:2.0]
        set xtics autofreq
        set ylabel 'residual'
        unset logscale y
        set autoscale y
        set ytics 0.5
        unset key
        set lmargin 12
        unset rmargin
        plot 0 notitle with lines lc rgb '#808080' lw 1 dt 2, \\
          $data_1_0 using 1:2 notitle with points pt 7 ps 0.6 lc rgb '#000000'
        unset multiplot

        """)
  }

  @Test func otherShapesAndAxes() {
    let plot = Plot(panels: [
      PlotPanel(
        x: PlotAxis("step", isLogarithmic: true), y: PlotAxis("count"),
        series: [
          PlotSeries("h", colour: .orange, .histogram(edges: [1, 2, 4], heights: [3, 5])),
          PlotSeries("s", colour: .green, .steps([PlotPoint(1, 1), PlotPoint(2, 4)])),
          PlotSeries("nothing", .points([])),
        ])
    ])
    let text = GnuplotScript(plot, as: .png).text
    #expect(text.contains("set logscale x\n"))
    #expect(text.contains("1.5 3.0 1.0\n3.0 5.0 2.0\nEOD"))
    #expect(text.contains("using 1:2:3 title 'h' with boxes lc rgb '#E69F00' fs solid 0.6 border, \\\n"))
    #expect(text.contains("using 1:2 title 's' with steps lw 2 lc rgb '#009E73'\n"))
    #expect(!text.contains("title 'nothing'"))
    #expect(GnuplotScript(Plot(panels: []), as: .svg).text.hasSuffix("set multiplot\nunset multiplot\n"))
  }

  @Test func namesCannotBecomeCommands() {
    let hostile = "'; system \"touch /tmp/x\"\n!ls `ls`"
    let plot = Plot(
      title: hostile,
      panels: [PlotPanel(x: PlotAxis(hostile), y: PlotAxis(hostile), series: [PlotSeries(hostile, .line([]))])])
    for line in GnuplotScript(plot, as: .svg).text.split(separator: "\n") {
      #expect(!line.hasPrefix("!") && !line.hasPrefix("system"))
      // Quotes are closed on their own line.
      #expect(line.count(where: { $0 == "'" }).isMultiple(of: 2), "\(line)")
    }
  }

  @Test func theFormatFollowsTheName() {
    #expect(PlotFormat(path: "a/b.SVG") == .svg && PlotFormat(path: "b.png") == .png)
    #expect(PlotFormat(path: "b.pdf") == nil && PlotFormat(path: "svg") == nil)
  }

  @Test func withoutGnuplotTheErrorHasTheLineThatInstallsIt() {
    let folder = FileManager.default.temporaryDirectory.path
    for path in ["", folder + "/nowhere:" + folder + "/neither", nil] {
      #expect(throws: PlotError.gnuplotMissing) { try PlotRenderer(searchPath: path) }
    }
    #expect(PlotError.gnuplotMissing.description.contains("apt-get install gnuplot-nox"))
  }

  /// Draws where gnuplot is; where it is not, the error is what is tested.
  @Test func draws() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let renderer: PlotRenderer
    do {
      renderer = try PlotRenderer()
    } catch {
      #expect(error == .gnuplotMissing)
      return
    }
    let svg = folder.appending(path: "plot.svg").path
    try renderer.write(Self.plot, to: svg)
    let drawing = try String(contentsOfFile: svg, encoding: .utf8)
    #expect(drawing.contains("<svg") && drawing.contains("curve_1") && drawing.contains("s a fit"))
    let png = folder.appending(path: "plot.png").path
    try renderer.write(Self.plot, to: png)
    #expect(try Data(contentsOf: URL(filePath: png)).prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    let text = try renderer.text(of: Self.plot, columns: 79, lines: 24)
    #expect(text.contains("residual") && text.split(separator: "\n").allSatisfy { $0.count <= 79 })
    #expect(throws: PlotError.unknownFormat(path: "plot.pdf")) { try renderer.write(Self.plot, to: "plot.pdf") }
    #expect(throws: (any Error).self) { try renderer.write(Self.plot, to: folder.path + "/no/plot.svg") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["plot.png", "plot.svg"])
  }
}
