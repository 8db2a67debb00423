// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Plotting

/// Where a picture goes, and what is written on it.
struct PlotOutput: ParsableArguments {
  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("The picture: a file (.svg, .png), or - for the terminal (default).", valueName: "file"),
    completion: .file())
  var output = "-"

  @Option(help: "What stands above the picture.")
  var title: String?

  @Option(help: ArgumentHelp("The name of the horizontal axis, such as 'time (s)'.", valueName: "text"))
  var xLabel: String?

  @Option(help: ArgumentHelp("The name of the vertical axis.", valueName: "text"))
  var yLabel: String?

  @Flag(name: .long, help: "Write ASCII characters only.")
  var ascii = false

  @Flag(name: .shortAndLong, help: "Say nothing of the file.")
  var quiet = false

  mutating func validate() throws { try Self.validate(output, option: "--output") }

  /// Refuses a file whose name says no format.
  static func validate(_ path: String, option: String) throws {
    if path != "-", PlotFormat(path: path) == nil {
      throw ValidationError("\(option): \(PlotError.unknownFormat(path: path).description); - is the terminal")
    }
  }

  /// The renderer; asked for before what takes long.
  static func renderer(option: String) throws -> PlotRenderer {
    do { return try PlotRenderer() } catch { throw CommandError.runtime("\(option): \(error.description)") }
  }

  /// Draws, and says of a file that it was written.
  ///
  /// - Parameters:
  ///   - reading: the files that the picture is made of, which it must not replace.
  ///   - remarks: what to say below a picture in the terminal, and to standard error beside a file.
  func draw(_ plot: Plot, reading: [String?], remarks: [String] = []) throws {
    try WrittenFiles(output: output == "-" ? nil : output).requireApart(from: reading)
    var plot = plot
    if let title { plot.title = title }
    if let xLabel, let last = plot.panels.indices.last { plot.panels[last].x.label = xLabel }
    if let yLabel, !plot.panels.isEmpty { plot.panels[0].y.label = yLabel }
    let renderer = try Self.renderer(option: "plot")
    guard output == "-" else {
      try Self.failing { try renderer.write(plot, to: output) }
      if !quiet { remarks.forEach { Terminal.note($0) } }
      if !quiet { try Terminal.writeOutput("wrote \(output)\n") }
      return
    }
    let text = try Self.failing { try Self.text(of: plot, renderer, width: Terminal.width(of: .output)) }
    let below = remarks.flatMap { wrapped($0, width: Terminal.width(of: .output), indent: 0) }
    let all = ([text] + (quiet ? [] : below)).joined(separator: "\n") + "\n"
    try Terminal.writeOutput(ascii ? asciiOnly(all) : all)
  }

  /// In characters: lines enough for every panel.
  static func text(of plot: Plot, _ renderer: PlotRenderer, width: Int) throws -> String {
    let names = plot.panels.map(\.y.names.count).max() ?? 0
    return try renderer.text(
      of: plot, columns: min(width, 100), lines: max(26, 14 * plot.panels.count, names > 0 ? names * 2 + 8 : 0))
  }

  private static func failing<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as PlotError { throw CommandError.runtime(error.description) }
  }
}

/// A range as typed: `-1..1`.
struct PlotRange: ExpressibleByArgument {
  let range: ClosedRange<Double>

  init?(argument: String) {
    // `-1.5..2.5` has dots of its own: the two that stand together part the ends.
    guard let middle = argument.firstRange(of: ".."),
      let low = Double(argument[..<middle.lowerBound]), let high = Double(argument[middle.upperBound...]),
      low.isFinite, high.isFinite, low < high
    else { return nil }
    range = low...high
  }

  /// As it is typed.
  var text: String { "\(NumberText.short(range.lowerBound))..\(NumberText.short(range.upperBound))" }
}

extension ClosedRange<Double> {
  /// The range of values with a margin on both sides; 1 around a single value.
  init(spanning values: some Sequence<Double>, margin: Double) {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let extra = high > low ? margin * (high - low) : 0.5
    self = (low - extra)...(high + extra)
  }

  /// So many places, the ends included.
  func places(_ count: Int) -> [Double] {
    (0..<count).map { lowerBound + (upperBound - lowerBound) * Double($0) / Double(Swift.max(1, count - 1)) }
  }
}
