// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import RandomStreams
import Training

/// Fitting a parabola to twenty noisy points by the mean absolute error, from NumPy's seed 42.
///
/// The document's eight losses come out only if the gradients of all steps are added up: its program never sets them
/// to zero. That is momentum 1. With the gradient of each step alone the descent is slower and steady; both are shown.
public struct QuadraticReplay: Replay {
  /// The name.
  public var name: String { "quadratic" }
  /// What it shows.
  public var summary: String { "a parabola by mean absolute error, and what gradients that are never zeroed do" }
  /// Where it comes from.
  public var document: TeachingDocument { .quadratic }
  /// The function, its data, loss and gradient, the eight steps, and what it says of many.
  public var systems: [String] { ["S3.1", "S3.2", "S3.3", "S3.4", "S3.5"] }

  /// Creates the replay.
  public init() {}

  /// Computes the data, the losses, the gradient and both descents.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    let registry = Registry.standard
    let data = try registry.dataSets.make("document-003-quadratic").generate(streams: NamedStreams(seed: 0))
    let model = try registry.models.make("quadratic")
    let field = try Objective(
      model: model, loss: registry.losses.make("mean-absolute"), inputs: data.inputs, targets: data.targets
    ).erased
    func value(_ parameters: [Double], _ x: Double) throws -> String {
      python(try model(parameters: parameters[...], input: [x][...])[0])
    }
    var function = FigureList("S3.1")
    function.add("func_quadratic(3, 4, 5, 2.5)", "33.75", try value([3, 4, 5], 2.5))
    let made = [3.0, 4, 5]
    let fixed: (Double) throws -> String = { try value(made, $0) }
    function.add("mk_quad(3, 4, 5)(2.5)", "33.75", try fixed(2.5))

    var points = FigureList("S3.2")
    points.add(
      "x[:5]", "-2.0000, -1.7895, -1.5789, -1.3684, -1.1579", decimals(data.inputs.prefix(5).map { $0[0] }, 4))
    points.add("y[:5]", "12.9866, 6.6981, 7.8615, 6.1407, 3.1628", decimals(data.targets.prefix(5).map { $0[0] }, 4))

    var loss = FigureList("S3.3")
    loss.add("loss at 1.1, 1.1, 1.1", "4.6392", decimals(try field([1.1, 1.1, 1.1]), 4))
    var gradient: [Double] = []
    let first = try settings.differentiator.gradient(of: field, at: Self.start, into: &gradient)
    loss.add("loss at 1.1, 1.2, 1.3", "4.4666", decimals(first, 4))
    loss.add("gradient", "-1.4194, 0.0737, -0.9000", decimals(gradient, 4))
    let step = zip(Self.start, gradient).map { $0 - 0.01 * $1 }
    loss.add("loss after one step", "4.438", decimals(try field(step), 3))

    let added = try descend(field, "sgd:lr=0.01,momentum=1", steps: 9, settings.differentiator)
    let plain = try descend(field, "sgd:lr=0.01", steps: 9, settings.differentiator)
    var descents = FigureList("S3.4")
    for (i, document) in Self.printed.enumerated() {
      descents.add("step \(i), gradients added up", document, decimals(added.losses[i + 1], 2))
    }
    descents.add("parameters, gradients added up", "1.7387, 1.1668, 1.7050", decimals(added.parameters, 4))
    var mended = FigureList("S3.4", origin: .program)
    mended.add("parameters, gradients zeroed", "1.2277, 1.1934, 1.3810", decimals(plain.parameters, 4), isMended: true)
    let plainLoss = try field(plain.parameters)
    mended.add("loss, gradients zeroed", "4.2119", decimals(plainLoss, 4), isMended: true)
    let figures = function.figures + points.figures + loss.figures + descents.figures + mended.figures
    return ReplayResult(
      figures: figures + (try overshoot(field, settings.differentiator)),
      traps: [
        ReplayTrap(
          "S3.4", "gradients are never zeroed",
          document:
            "nine steps come to \(decimals(added.parameters, 4)), loss \(decimals(try field(added.parameters), 4))",
          mended: "nine steps come to \(decimals(plain.parameters, 4)), loss \(decimals(plainLoss, 4))",
          change:
            "abc.grad.zero_() after each step: without it each step takes the sum of all gradients so far, which is "
            + "momentum 1; it looks like speed, and cannot come to rest")
      ],
      remarks: [
        "the document's program never zeroes its gradients: its losses are those of momentum 1, a bug that looks like "
          + "speed",
        Replays.pictures["S3.1"] ?? "",
      ])
  }

  private static let start = [1.1, 1.2, 1.3]
  private static let printed = ["4.44", "4.38", "4.30", "4.18", "4.04", "3.87", "3.67", "3.45"]

  /// "If we keep running this loop for looooong time … the loss eventually starts increasing", and what a schedule does.
  private func overshoot(_ field: AnyScalarField, _ differentiator: any Differentiator) throws -> [ReplayFigure] {
    let steps = 400
    let added = try descend(field, "sgd:lr=0.01,momentum=1", steps: steps, differentiator).losses
    let plain = try descend(field, "sgd:lr=0.1", steps: 4000, differentiator).losses
    let decayed = try descend(
      field, "sgd:lr=0.1", schedule: "linear:start=0.1,end=0.0001,total=4000", steps: 4000, differentiator
    ).losses
    let turn = added.indices.min { added[$0] < added[$1] } ?? 0
    func rises(_ losses: [Double]) -> Int { zip(losses, losses.dropFirst()).count { $1 > $0 } }
    let reason = "the document says it in words and prints no number"
    let rise = (added.dropFirst(turn).max() ?? .nan) / added[turn]
    func jump(_ losses: [Double]) -> Double {
      zip(losses, losses.dropFirst()).suffix(100).map { ($1 - $0).magnitude }.max() ?? .nan
    }
    let jumps = (plain: jump(plain), decayed: jump(decayed))
    return [
      ReplayFigure(
        "S3.5", "the document's loop: the loss rises after step", bound: 1...Double(steps - 1),
        stated: "some step before \(steps)", computed: rise > 1 ? Double(turn) : .nan,
        text: "\(turn), from \(decimals(added[turn], 2)) to \(decimals(rise * added[turn], 2))", because: reason),
      ReplayFigure(
        "S3.5", "gradients zeroed, constant rate 0.1: steps that rise", bound: 1...4000, stated: "some of 4000",
        computed: Double(rises(plain)), text: "\(rises(plain)) of 4000", because: reason),
      ReplayFigure(
        "S3.5", "largest jump of the last hundred losses, rate falling to 0.0001 over constant rate", bound: 0...0.2,
        stated: "at most 0.2", computed: jumps.decayed / jumps.plain,
        text: "\(short(jumps.decayed)) over \(short(jumps.plain))",
        because: reason, isMended: true),
    ]
  }

  /// Steps from the document's start: the losses before each, and where they end.
  private func descend(
    _ field: AnyScalarField, _ specification: String, schedule: String = "constant", steps: Int,
    _ differentiator: any Differentiator
  ) throws -> (losses: [Double], parameters: [Double]) {
    var optimizer = try Registry.standard.optimizers.make(specification)
    optimizer.schedule = try Registry.standard.schedules.make(schedule)
    var state = optimizer.initialState(parameterCount: 3)
    var parameters = Self.start
    var gradient: [Double] = []
    var losses: [Double] = []
    for _ in 0..<steps {
      losses.append(try differentiator.gradient(of: field, at: parameters, into: &gradient))
      try optimizer.step(&parameters, gradient: gradient, state: &state)
    }
    return (losses, parameters)
  }
}
