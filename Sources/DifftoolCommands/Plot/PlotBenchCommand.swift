// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Plotting
import TabularData

/// `difftool plot bench`: a benchmark's ratios.
struct PlotBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "What a gradient costs by every method on every workload, in plain evaluations.",
    usage: "difftool plot bench <report> [<options>]",
    discussion: """
      Examples:
        difftool bench --format json --output bench.json
        difftool plot bench bench.json --output bench.svg
        difftool bench moons rosen_1000 --format json | difftool plot bench -

      A ratio is the time of one gradient over that of one plain evaluation of the
      function, the shortest of each; only ratios of one run can be compared.

      Exit codes: 0 drawn, 2 the file or gnuplot failed, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp("The report, as of bench --format json; - is standard input.", valueName: "report"),
    completion: .file())
  var file: String

  @OptionGroup var output: PlotOutput

  /// What is needed of a report.
  struct Payload: Decodable {
    struct Row: Decodable {
      let workload: String
      let method: String
      let ratio: Double?
    }
    let rows: [Row]
  }

  func run() throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let data = try Table.contents(ofFile: file)
    guard let report = try? decoder.decode(Payload.self, from: data) else {
      throw CommandError.runtime(
        "'\(file)' is no report of a benchmark; make one: difftool bench --format json --output bench.json")
    }
    guard report.rows.contains(where: { $0.ratio?.isFinite == true }) else {
      throw CommandError.runtime(
        "'\(file)' has no ratio: none of its results was right, or it was made with --repetitions, which times no plain "
          + "evaluation; make it anew without")
    }
    try output.draw(Self.plot(report.rows), reading: [file])
  }

  static func plot(_ rows: [Payload.Row]) -> Plot {
    var workloads: [String] = []
    var methods: [String] = []
    for row in rows where row.ratio?.isFinite == true {
      if !workloads.contains(row.workload) { workloads.append(row.workload) }
      if !methods.contains(row.method) { methods.append(row.method) }
    }
    // The first on top.
    let names = Array(workloads.reversed())
    let series = methods.enumerated().map { index, method in
      let points = rows.filter { $0.method == method }.compactMap { row -> PlotPoint? in
        guard let ratio = row.ratio, let place = names.firstIndex(of: row.workload) else { return nil }
        return PlotPoint(ratio, Double(place))
      }
      return PlotSeries(
        method, colour: PlotColour.allCases[index % PlotColour.allCases.count],
        mark: PlotMark.allCases[index % PlotMark.allCases.count], .points(points))
    }
    let ratios = rows.compactMap(\.ratio).filter { $0.isFinite && $0 > 0 }
    let (low, high) = (ratios.min() ?? 1, ratios.max() ?? 10)
    return Plot(
      title: "The cost of a gradient",
      panels: [
        PlotPanel(
          x: PlotAxis(
            "time of a gradient", unit: "plain evaluations", isLogarithmic: true,
            range: (low / 1.5)...(high * 1.5)),
          y: PlotAxis("", range: -0.5...(Double(names.count) - 0.5), names: names), series: series)
      ])
  }
}
