// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Training

/// `difftool plot regions`: the decision regions of a saved classifier.
struct PlotRegionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regions",
    abstract: "What a classifier with two inputs says of every place, with the samples.",
    usage: "difftool plot regions <model> [--data <data>] [<options>]",
    discussion: """
      Examples:
        difftool train --model mlp --data moons --save moons.json
        difftool plot regions moons.json --data moons --output regions.svg
        difftool plot regions moons.json --data moons --step 0.25 --margin 1
        difftool plot regions iris2.json --data iris.csv --hard
        difftool plot regions moons.json --x -2..3 --y -1.5..2

      Of two classes the colour is the probability of the second one, with a line
      at 0.5; --hard, and more classes, have a colour each. Generated data are those
      of the training unless --seed says otherwise.

      Exit codes: 0 drawn, 2 the file or gnuplot failed, 64 wrong usage, which a
      model without two inputs, or without classes, is.
      """)

  @OptionGroup var file: ModelFile

  @Option(parsing: .unconditional, help: ArgumentHelp("Where, by the first input: -1..1.", valueName: "low..high"))
  var x: PlotRange?

  @Option(parsing: .unconditional, help: ArgumentHelp("Where, by the second input.", valueName: "low..high"))
  var y: PlotRange?

  @Option(
    parsing: .unconditional, help: "How far beyond the samples, in the inputs' units (default: a twentieth).")
  var margin: Double?

  @Option(parsing: .unconditional, help: "The distance of the grid's places (default: 200 places an input).")
  var step: Double?

  @Flag(help: "Colour by the class alone.")
  var hard = false

  @OptionGroup var output: PlotOutput

  mutating func validate() throws {
    if let step, !(step > 0 && step.isFinite) { throw ValidationError("--step must be a number above 0") }
    if let margin, !(margin >= 0 && margin.isFinite) { throw ValidationError("--margin must be at least 0") }
    if margin != nil, x != nil, y != nil {
      throw ValidationError("--margin is around the samples, and --x and --y say where; drop one")
    }
    if file.data == nil, x == nil || y == nil {
      throw ValidationError("give the samples with --data, or say where with --x and --y: --x -1..1 --y -1..1")
    }
  }

  func run() throws {
    let predictor = try file.predictor()
    let columns = predictor.saved.columns
    guard columns.classNames != nil else {
      throw CommandError.usage(
        "'\(file.model)' predicts numbers (\(columns.targets.joined(separator: ", "))), and regions are of classes; "
          + (columns.inputs.count == 1
            ? "for one input there is: difftool plot curve \(file.model)" : "train it with --task classification"))
    }
    guard columns.inputs.count == 2 else {
      throw CommandError.usage(
        "'\(file.model)' has \(counted(columns.inputs.count, "input")) "
          + "(\(columns.inputs.prefix(8).joined(separator: ", "))), and a plane has two; train it with --inputs "
          + (columns.inputs.count > 2 ? columns.inputs.prefix(2).joined(separator: ",") : "A,B"))
    }
    let samples = try file.samples(for: predictor.saved)
    func range(_ given: PlotRange?, _ column: Int) -> ClosedRange<Double> {
      if let given { return given.range }
      let values = (samples?.inputs ?? []).map { $0[column] }
      guard let margin else { return ClosedRange(spanning: values, margin: 0.05) }
      let own = ClosedRange(spanning: values, margin: 0)
      return (own.lowerBound - margin)...(own.upperBound + margin)
    }
    let ranges = (x: range(x, 0), y: range(y, 1))
    let plot = try RegionsPlot(
      predictor, samples: samples, ranges: ranges, counts: (count(ranges.x), count(ranges.y)), isHard: hard)
    try output.draw(plot.plot, reading: [file.model, file.data])
  }

  /// How many places; a step that is far too small is one more than enough.
  private func count(_ range: ClosedRange<Double>) throws -> Int {
    guard let step else { return 200 }
    let count = ((range.upperBound - range.lowerBound) / step).rounded() + 1
    guard count >= 2, count <= 1000 else {
      throw CommandError.usage(
        "--step \(NumberText.short(step)) makes \(NumberText.value(count)) places an input, and 2 to 1000 can be drawn; "
          + "give about \(NumberText.value((range.upperBound - range.lowerBound) / 200, digits: 2))")
    }
    return Int(count)
  }
}
