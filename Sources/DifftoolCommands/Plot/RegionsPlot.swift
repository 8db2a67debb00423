// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Plotting
import Training

/// What a classifier with two inputs says of every place, with the line between the classes and the samples.
struct RegionsPlot {
  let plot: Plot

  /// How many samples are drawn at most: more are not told apart.
  private static let shownSamples = 3000

  /// - Parameters:
  ///   - predictor: of two inputs and two classes or more.
  ///   - samples: what to draw on it; nil for nothing.
  ///   - ranges: where, by input.
  ///   - counts: how many places of the grid, by input.
  ///   - isHard: whether the colours show the class alone.
  init(
    _ predictor: Predictor, samples: DataSet?, ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>),
    counts: (x: Int, y: Int), isHard: Bool
  ) throws {
    let saved = predictor.saved
    let names = saved.columns.classNames ?? []
    let (xs, ys) = (ranges.x.places(counts.x), ranges.y.places(counts.y))
    let found = try predictor(ys.flatMap { y in xs.map { [$0, y] } })
    func grid(_ values: [Double]) -> [[Double]] {
      ys.indices.map { row in Array(values[(row * xs.count)..<((row + 1) * xs.count)]) }
    }
    let classes = grid((found.classes ?? []).map(Double.init))
    let colours = Self.colours(names.count)
    var series: [PlotSeries] = []
    func field(_ values: [[Double]], _ meaning: PlotField.Meaning) -> PlotField {
      PlotField(x: ranges.x, y: ranges.y, values: values, meaning: meaning)
    }
    if names.count == 2 {
      let isSure = found.probabilities != nil
      let scores = found.probabilities.map { $0.map { $0[1] } } ?? found.values.map { $0[$0.count - 1] }
      let reach = max(scores.map(\.magnitude).max() ?? 1, 1e-9)
      let smooth = field(
        grid(scores),
        .number(isSure ? "probability of \(names[1])" : "score of \(names[1])", range: isSure ? 0...1 : -reach...reach))
      series.append(PlotSeries("", .field(isHard ? field(classes, .classes(colours)) : smooth)))
      series.append(
        PlotSeries(
          isSure ? "probability 0.5" : "score 0", colour: .black, .line(smooth.contour(at: isSure ? 0.5 : 0))))
    } else {
      series.append(PlotSeries("", .field(field(classes, .classes(colours)))))
    }
    series += Self.points(samples, names, colours, in: ranges)
    // A cell reaches half its width beyond its place.
    func whole(_ range: ClosedRange<Double>, _ count: Int) -> ClosedRange<Double> {
      let half = (range.upperBound - range.lowerBound) / Double(2 * max(1, count - 1))
      return (range.lowerBound - half)...(range.upperBound + half)
    }
    plot = Plot(
      title: "Decision regions of \(ModelFile.name(saved))",
      panels: [
        PlotPanel(
          x: PlotAxis(saved.columns.inputs[0], range: whole(ranges.x, counts.x)),
          y: PlotAxis(saved.columns.inputs[1], range: whole(ranges.y, counts.y)),
          series: series)
      ])
  }

  /// Of two classes those at the ends of the colours.
  private static func colours(_ count: Int) -> [PlotColour] {
    let palette: [PlotColour] = [.vermillion, .blue, .green, .orange, .sky, .purple, .yellow]
    return (0..<count).map { palette[$0 % palette.count] }
  }

  /// A series for each class with a mark of its own.
  private static func points(
    _ samples: DataSet?, _ names: [String], _ colours: [PlotColour],
    in ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  ) -> [PlotSeries] {
    guard let samples else { return [] }
    let inside = samples.inputs.indices.filter {
      ranges.x.contains(samples.inputs[$0][0]) && ranges.y.contains(samples.inputs[$0][1])
    }
    let stride = max(1, (inside.count + shownSamples - 1) / shownSamples)
    let shown = inside.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
    return names.indices.map { label in
      let points = shown.filter { Int(samples.targets[$0][0]) == label }
        .map { PlotPoint(samples.inputs[$0][0], samples.inputs[$0][1]) }
      let mark = PlotMark.allCases[label % PlotMark.allCases.count]
      return PlotSeries(names[label], colour: colours[label], mark: mark, .points(points))
    }
  }
}
