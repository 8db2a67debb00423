// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Training

/// Where document 003's functions have no derivative: max(x, 0) at 0, and the mean absolute error at zero residuals.
///
/// The check takes the slopes on both sides from the function's own values, and accepts any derivative between them.
public struct KinksReplay: Replay {
  /// The name.
  public var name: String { "kinks" }
  /// What it shows.
  public var summary: String { "relu at 0 and the mean absolute error at zero residuals: kinks, and so called" }
  /// Where it comes from.
  public var document: TeachingDocument { .quadratic }
  /// The kinks.
  public var systems: [String] { ["S3.6"] }

  /// Creates the replay.
  public init() {}

  /// Checks both kinks by the method and by differences to the right.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    // From the right, where exact methods give the slope of the left: only at a kink is that no mistake.
    let right = try Registry.standard.differentiators.make("finite-difference:scheme=forward")
    let check = ConsensusCheck(methods: [settings.differentiator, right])
    var figures = FigureList("S3.6", origin: .derived)
    let relu = try check.run(TargetFunction(Rectifier()), at: [0])
    figures.add("relu at 0: verdict", "agree, kink", verdict(relu))
    figures.add("relu at 0: slopes left and right", "0.0, 1.0", slopes(relu, of: relu.findings.first?.parameter))
    // Three points of 3x² + 4x + 5: every residual is zero at 3, 4, 5.
    let objective = try Objective(
      model: Registry.standard.models.make("quadratic"), loss: Registry.standard.losses.make("mean-absolute"),
      inputs: [[1], [2], [3]], targets: [[12], [25], [44]])
    let absolute = try check.run(objective.target, at: [3, 4, 5])
    figures.add("mean absolute error at zero residuals: verdict", "agree, kink, kink, kink", verdict(absolute))
    figures.add("by c: slopes left and right", "-1.0, 1.0", slopes(absolute, of: "c"))
    let method = settings.differentiator
    let atKink = [
      try method.slope(of: Rectifier(), at: 0), try method.gradient(of: objective, at: [3, 4, 5]).gradient[2],
    ]
    let lies = (0...1).contains(atKink[0]) && (-1...1).contains(atKink[1])
    return ReplayResult(
      figures: figures.figures + [
        ReplayFigure(
          "S3.6", "what \(method.name) gives at both", bound: 1...1, stated: "in [0, 1] and in [-1, 1]",
          computed: lies ? 1 : 0, text: atKink.map(python).joined(separator: ", "),
          because: "at a kink every slope between the two sides is right")
      ],
      remarks: ["a check says so: difftool check --formula 'max(x,0)' --at x=0"])
  }

  /// The verdict, and why each component did not simply agree.
  private func verdict(_ report: CheckReport) -> String {
    ([report.verdict.rawValue] + report.findings.map { $0.cause.rawValue }).joined(separator: ", ")
  }

  /// The slopes of a finding, rounded: they are measured.
  private func slopes(_ report: CheckReport, of parameter: String?) -> String {
    guard let slopes = report.findings.first(where: { $0.parameter == parameter })?.slopes else { return "none" }
    return slopes.map { python(($0 * 1e4).rounded() / 1e4) }.joined(separator: ", ")
  }
}
