// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Plotting

/// `difftool plot relu-sums`: rectified lines and their sum.
struct PlotReluSumsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relu-sums",
    abstract: "Rectified lines max(m x + b, 0) and their sum: what a layer of rectifiers can draw.",
    usage: "difftool plot relu-sums [--term <m,b> ...] [<options>]",
    discussion: """
      Examples:
        difftool plot relu-sums
        difftool plot relu-sums --term 1,2
        difftool plot relu-sums --term -1.5,-2 --term 1.5,1.7 --term -1.1,2
        difftool plot relu-sums --term 1,0 --term -1,0 --x -3..3 --output abs.svg

      Without --term, the three of the teaching document: -1.5,-2 and 1.5,1.7 and
      -1.1,2. Each term is dashed, with a kink where its line crosses 0.

      Exit codes: 0 drawn, 2 gnuplot failed, 64 wrong usage.
      """)

  /// A rectified line.
  struct Term: ExpressibleByArgument {
    let m: Double
    let b: Double

    init(m: Double, b: Double) {
      self.m = m
      self.b = b
    }

    init?(argument: String) {
      let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
      guard numbers.count == 2, let m = numbers[0], let b = numbers[1], m.isFinite, b.isFinite else { return nil }
      (self.m, self.b) = (m, b)
    }

    /// The value: a line, or nothing below zero.
    func callAsFunction(_ x: Double) -> Double { max(m * x + b, 0) }

    var text: String { "max(\(NumberText.short(m)) x \(b < 0 ? "-" : "+") \(NumberText.short(b.magnitude)), 0)" }
  }

  @Option(
    name: .customLong("term"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A rectified line max(m x + b, 0); may be repeated.", valueName: "m,b"))
  var terms: [Term] = []

  @Option(parsing: .unconditional, help: ArgumentHelp("Where (default: -5..5).", valueName: "low..high"))
  var x: PlotRange?

  @OptionGroup var output: PlotOutput

  mutating func validate() throws {
    if terms.count > 20 { throw ValidationError("20 terms can be told apart, and there are \(terms.count)") }
  }

  func run() throws {
    let terms = self.terms.isEmpty ? [Term(m: -1.5, b: -2), Term(m: 1.5, b: 1.7), Term(m: -1.1, b: 2)] : self.terms
    try output.draw(Self.plot(terms, in: x?.range ?? -5...5), reading: [])
  }

  static func plot(_ terms: [Term], in range: ClosedRange<Double>) -> Plot {
    // The kinks are places, too, so that no corner is cut.
    let kinks = terms.filter { $0.m != 0 }.map { -$0.b / $0.m }.filter(range.contains)
    let places = (range.places(401) + kinks).sorted()
    func line(_ f: (Double) -> Double) -> PlotSeries.Shape { .line(places.map { PlotPoint($0, f($0)) }) }
    let colours: [PlotColour] = [.blue, .green, .orange, .sky, .purple]
    var series =
      terms.count < 2
      ? []
      : terms.enumerated().map { index, term in
        PlotSeries(term.text, colour: colours[index % colours.count], isDashed: true, line(term.callAsFunction))
      }
    let sum: (Double) -> Double = { x in terms.reduce(0) { $0 + $1(x) } }
    series.append(PlotSeries(terms.count < 2 ? terms[0].text : "their sum", colour: .vermillion, line(sum)))
    let high = places.map(sum).max() ?? 1
    return Plot(
      title: terms.count < 2 ? "A rectified line" : "A sum of \(terms.count) rectified lines",
      panels: [
        PlotPanel(
          x: PlotAxis("x", range: range), y: PlotAxis("y", range: (-0.06 * max(high, 1))...(1.06 * max(high, 1))),
          series: series, marksZero: true)
      ])
  }
}
