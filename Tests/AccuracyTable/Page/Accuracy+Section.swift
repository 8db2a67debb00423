// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import DifferentiationTesting
import Foundation

// What stands in the page.
extension Accuracy {
  /// The generated section.
  package var section: GeneratedSection {
    GeneratedSection([
      .prose(introduction), .prose("### Methods exact to roundoff"), .prose(aboutUnits), .table(exactMethods),
      .prose("### Differences"), .prose(aboutDifferences), .prose("First derivatives:"), .table(differences(first)),
      .prose("Second derivatives:"), .table(differences(second)), .prose("### Points outside"),
      .prose(aboutOutside), .table(outside), .prose("### Function by function, methods exact to roundoff"),
      .prose("Error of f′ in units, median · largest; the largest from 2⁻⁶⁹⁰ on."), .table(unitsOfFunctions),
      .prose("### Function by function, differences with a searched step"),
      .prose("Relative error of f′, median · largest. Columns are headed by the options of the method."),
      .table(errorsOfFunctions),
    ])
  }

  private var introduction: String {
    """
    Each method differentiates each of the \(functions.count) reference functions at all of its points, \
    \(first.first?.points.count ?? 0) in all. The
    exact derivative is known to 40 digits and held as the nearest `Double` and the remainder, so that errors are right to
    far below an ulp: a correctly rounded result has its half ulp and no more. Points without a finite result count as
    failed and take no part in the errors. Figures depend a little on the C library; `--check docs/numerics.md` allows for
    that and for nothing else.
    """
  }

  private var aboutUnits: String {
    """
    The error in units of the conditioned rounding, as on top of this page: half an ulp, or what the formula as written
    makes unavoidable. The largest is that of derivatives from 2⁻⁶⁹⁰ on; smaller ones are counted where they are off by
    more than the bound, 8 units for f′ and 16 for f″ (decision 29).
    """
  }

  private var aboutDifferences: String {
    """
    The relative error is |error| / max(|f′|, |f|/L) with L = max(1, |x|), and with L² for f″: values that are right to ε
    tell f′ to ε|f|/L at the best, so that in a far tail or at an extremum the derivative itself is no measure. Where f
    and f′ are both 0 it is the error itself. Beside it stands the median of |error| / |f′| alone. *Covered* are the
    results whose error is at most the method's own estimate, *estimate/error* is the median of that ratio. A step that
    does not change x, such as 10⁻¹² at x = 10⁵, is a failure of the plain quotients.
    """
  }

  private var aboutOutside: String {
    """
    Errors above the estimate where the step is searched for, and errors of exact methods above the bound from 2⁻⁶⁹⁰ on.
    Which points these are depends on the last bits of the values. Either the values have far less than 16 digits and do
    not show it (`oneMinusCosOverSquare`), or there is a kink just beyond or between the nodes (`relu`), or the rules
    whose difference is the estimate happen to agree better than they should.
    """
  }

  private func exact(_ list: [MethodMeasurement]) -> [MethodMeasurement] {
    list.filter { $0.method.traits.accuracy == .exact }
  }

  private func truncated(_ list: [MethodMeasurement]) -> [MethodMeasurement] {
    list.filter { $0.method.traits.accuracy != .exact }
  }

  private var exactMethods: FigureTable {
    var table = FigureTable([
      .init("Method", .text), .init("Order", .count), .init("Failed", .count), .init("Median", .unitsOfMany),
      .init("95 %", .units), .init("Largest", .units), .init("Off below 2⁻⁶⁹⁰", .count),
    ])
    for measurement in exact(all) {
      let statistics = Statistics(measurement.points)
      let resolvable = Statistics(measurement.points.filter(\.resolvable))
      let off = measurement.outside.count { !$0.resolvable }
      table.add(
        ["`\(measurement.method.specification)`"],
        [
          [Double(measurement.order)], [Double(statistics.failures)], [quantile(statistics.units, 0.5)],
          [quantile(statistics.units, 0.95)], [resolvable.units.last], [Double(off)],
        ])
    }
    return table
  }

  private func differences(_ list: [MethodMeasurement]) -> FigureTable {
    var table = FigureTable([
      .init("Method", .text), .init("Failed", .count), .init("Median", .relativeOfMany),
      .init("95 %", .relative), .init("Largest", .extreme), .init("Median of error/derivative", .relativeOfMany),
      .init("Covered", .share), .init("Estimate/error", .ratio), .init("Evaluations", .evaluations),
    ])
    for measurement in truncated(list) {
      let statistics = Statistics(measurement.points)
      table.add(
        ["`\(measurement.method.specification)`"],
        [
          [Double(statistics.failures)], [quantile(statistics.relative, 0.5)],
          [quantile(statistics.relative, 0.95)], [statistics.relative.last],
          [quantile(statistics.relativeToDerivative, 0.5)], [statistics.coverage], [statistics.medianRatio],
          [statistics.evaluations],
        ])
    }
    return table
  }

  private var outside: FigureTable {
    var table = FigureTable(
      [
        .init("Method", .text), .init("Order", .count), .init("Function", .text), .init("x", .text),
        .init("Exact", .relative), .init("Error", .relative), .init("Estimate", .relative),
      ], rowsVary: true)
    for measurement in all where measurement.method.searchesStep {
      let isExact = measurement.method.traits.accuracy == .exact
      for point in measurement.outside where point.resolvable || !isExact {
        table.add(
          [
            "`\(measurement.method.specification)`", "\(measurement.order)", point.function, "\(point.x)",
          ], [[point.exact.nearest], [point.error], [point.estimate]])
      }
    }
    return table
  }

  private var unitsOfFunctions: FigureTable {
    let list = exact(first)
    var table = FigureTable(
      [.init("Function", .text), .init("Formula", .text)]
        + list.map { .init("`\($0.method.specification)`", .units, .units) })
    for function in functions {
      let formula = function.formula.replacingOccurrences(of: "|", with: "\\|")
      table.add(
        [function.id, formula],
        list.map { measurement in
          let points = measurement.points(of: function.id)
          return [quantile(Statistics(points).units, 0.5), Statistics(points.filter(\.resolvable)).units.last]
        })
    }
    return table
  }

  private var errorsOfFunctions: FigureTable {
    let list = truncated(first).filter { $0.method.searchesStep }
    var table = FigureTable(
      [.init("Function", .text)] + list.map { .init($0.method.heading, .relative, .extreme) })
    for function in functions {
      table.add(
        [function.id],
        list.map { measurement in
          let errors = Statistics(measurement.points(of: function.id)).relative
          return [quantile(errors, 0.5), errors.last]
        })
    }
    return table
  }
}
