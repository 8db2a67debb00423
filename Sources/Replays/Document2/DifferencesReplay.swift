// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// Derivatives and partial derivatives by one quotient with the step 10⁻¹², digit by digit.
///
/// At that step nearly all digits of f(x + h) - f(x) cancel: the document's partial derivatives are right to three
/// digits. A step that is searched for, and every exact method, gives them all.
public struct DifferencesReplay: Replay {
  /// The name.
  public var name: String { "differences" }
  /// What it shows.
  public var summary: String { "difference quotients with the step 1e-12, and what they should be" }
  /// Where it comes from.
  public var document: TeachingDocument { .scratch }
  /// Derivatives, and partial derivatives.
  public var systems: [String] { ["S2.2", "S2.3"] }

  /// Creates the replay.
  public init() {}

  /// Differentiates by the document's quotients, by a good step and by the method.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let diff = try TextbookQuotient.diff()
    var one = FigureList("S2.2")
    one.add("diff(sq, 2)", "4.0", python(try diff.slope(of: Square(), at: 2)))
    one.add("2*x at 2", "4", "\(2 * 2)")
    one.add("cb(10)", "1000", "\(10 * 10 * 10)")
    one.add("diff(cb, 2)", "12.0", python(try diff.slope(of: Cube(), at: 2)))
    one.add("3*x**2 at 2", "12", "\(3 * 2 * 2)")
    let exact = FigureList("S2.2", origin: .derived)
    var mendedOne = exact
    mendedOne.add("exact slope of sq at 2", "4.0", python(try settings.differentiator.slope(of: Square(), at: 2)))
    mendedOne.add("exact slope of cb at 2", "12.0", python(try settings.differentiator.slope(of: Cube(), at: 2)))

    let diffp = try TextbookQuotient.diffp()
    let fn = try diffp.gradient(of: FiveAndSquare(), at: [10, 20]).gradient
    let line = try diffp.gradient(of: LineOfThree(), at: [1, 2, 3]).gradient
    var several = FigureList("S2.3")
    several.add("df_dx1", "5.002220859751105", python(fn[0]))
    several.add("df_dx2", "39.960923459148034", python(fn[1]))
    several.add("diffp(line_y, 0, 1, 2, 3)", "3.000266701747023", python(line[0]))
    several.add("diffp(line_y, 1, 1, 2, 3)", "1.000088900582341", python(line[1]))
    several.add("diffp(line_y, 2, 1, 2, 3)", "1.000088900582341", python(line[2]))
    var mended = FigureList("S2.3", origin: .derived)
    let right = try settings.differentiator.gradient(of: FiveAndSquare(), at: [10, 20]).gradient
    let rightLine = try settings.differentiator.gradient(of: LineOfThree(), at: [1, 2, 3]).gradient
    mended.add("exact df_dx1, df_dx2", "5.0, 40.0", right.map(python).joined(separator: ", "), isMended: true)
    mended.add(
      "exact partials of line_y", "3.0, 1.0, 1.0", rightLine.map(python).joined(separator: ", "), isMended: true)

    let searched = try TextbookQuotient.searched().gradient(of: FiveAndSquare(), at: [10, 20]).gradient
    let error = zip(searched, [5, 40]).map { ($0 - $1).magnitude }.max() ?? .nan
    let documentError = zip(fn, [5, 40]).map { ($0 - $1).magnitude }.max() ?? .nan
    let good = ReplayFigure(
      "S2.3", "error of differences with a searched step", bound: 0...1e-9, stated: "at most 1e-9", computed: error,
      text: short(error), because: "a difference quotient is never exact; with a good step it nearly is",
      isMended: true)
    return ReplayResult(
      figures: one.figures + mendedOne.figures + several.figures + mended.figures + [good],
      traps: [
        ReplayTrap(
          "S2.3", "the step 1e-12",
          document: "df_dx1 = \(python(fn[0])), df_dx2 = \(python(fn[1]))",
          mended: "df_dx1 = \(python(right[0])), df_dx2 = \(python(right[1])) by \(settings.differentiator.name)",
          change: "the error falls from \(short(documentError)) to 0, and to \(short(error)) by differences "
            + "whose step is searched for: at 1e-12 only three digits survive the cancellation")
      ],
      remarks: ["error against step: difftool scan 'x1*5+x2*x2' --at x1=10,x2=20"])
  }
}

/// 5 x1 + x2².
private struct FiveAndSquare: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S { x[0] * 5 + x[1] * x[1] }
}
