// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// What every model has to keep.
public enum ModelRule: String, ConformanceRule {
  /// A specification is there.
  case specification
  /// Every parameter has a name of its own, every block a sensible shape.
  case parameters
  /// There are as many outputs as stated.
  case outputs
  /// Outputs are finite for parameters and inputs in [-1, 1].
  case finite
  /// Outputs are of the kind stated.
  case outputKind = "output-kind"
  /// Every scalar sees the same values.
  case scalars
  /// Derivatives get through, by parameters and by inputs.
  case derivative
  /// Every parameter has an effect at some point.
  case effect
  /// The same question has the same answer, bit for bit.
  case determinism

  /// The rule in a sentence, and where to look.
  public var explanation: String {
    switch self {
    case .specification: "The specification makes the model again: a saved model needs it."
    case .parameters: "Reports name parameters; two of one name, or a block of no extent, cannot be told apart."
    case .outputs: "outputCount is what a loss relies on."
    case .finite: "A model that is not finite at moderate numbers cannot be trained."
    case .outputKind: "A probability is in [0, 1]; a distribution also has the sum 1."
    case .scalars: "Compute with the scalar's own functions; do not branch on the type."
    case .derivative: "A number taken out by `primal` and put back as a constant has lost its derivative."
    case .effect: "A parameter without effect is never trained: is one skipped, or one used twice?"
    case .determinism: "Use no random numbers in the call; initialisers and generators have streams for that."
    }
  }
}

/// The contract of a ``/DifferentiationCore/Model``: run it on your own.
///
/// ```swift
/// #expect(ModelSuite(MyModel()).failures() == [])
/// ```
public struct ModelSuite: ConformanceSuite {
  /// The rules.
  public typealias Rule = ModelRule

  /// The model under test.
  public let model: AnyModel

  /// A suite for a model.
  public init(_ model: some Model) { self.model = model.erased }

  /// The specification.
  public var subject: String { model.specification }

  /// Runs all rules.
  public func failures() -> [ConformanceFailure] {
    var found = require(
      !model.specification.isEmpty && model.specification == model.specification, .specification, "specification",
      expected: "a specification", found: "'\(model.specification)'")
    found += checkLayout()
    var effects = Array(repeating: 0.0, count: model.parameters.count)
    for index in 0..<Self.draws {
      found += checking(.outputs, "draw \(index)") { try checkPoint(index, effects: &effects) }
    }
    // A model that could not be run has shown no effects either.
    guard found.isEmpty else { return found }
    for (index, effect) in effects.enumerated() where effect == 0 {
      found.append(
        failure(
          .effect, "\(Self.draws) random points", expected: "a derivative by \(model.parameters.name(of: index))",
          found: "0 at each of them"))
    }
    return found
  }

  private static let draws = 24

  private func checkLayout() -> [ConformanceFailure] {
    let layout = model.parameters
    let names = layout.names
    let extents = layout.groups.allSatisfy { group in
      !group.name.isEmpty && group.shape.allSatisfy { $0 > 0 } && group.fanIn > 0 && group.fanOut > 0
    }
    return require(
      Set(names).count == names.count && names.count == layout.count, .parameters, "layout",
      expected: "\(layout.count) names, each once", found: "\(Set(names).count) different ones of \(names.count)")
      + require(
        extents, .parameters, "blocks", expected: "names, positive extents, fan-in and fan-out",
        found: "\(layout.groups)")
      + require(
        model.inputCount >= 0 && model.outputCount > 0, .outputs, "counts", expected: "inputs and at least one output",
        found: "\(model.inputCount) inputs and \(model.outputCount) outputs")
  }

  private func checkPoint(_ index: Int, effects: inout [Double]) throws -> [ConformanceFailure] {
    var points = SuitePoints(index)
    let n = model.parameters.count
    let x = points.uniform(n + model.inputCount)
    let witness = FunctionWitness(ModelAsFunction(model: model))
    let y = try witness.function(x)
    let place = "random point \(index)"
    guard y.count == model.outputCount else {
      return [failure(.outputs, place, expected: "\(model.outputCount) outputs", found: "\(y.count)")]
    }
    // Where an answer is not finite, or another one each time, the rules below would only repeat it.
    guard y.allSatisfy(\.isFinite) else {
      return [failure(.finite, place, expected: "finite outputs", found: text(y))]
    }
    guard try sameBits(y, witness.function(x)) else {
      return [failure(.determinism, place, expected: text(y), found: "another answer")]
    }
    var found = checkKind(y, place)
    if let (scalar, expected, other) = try witness.scalarThatDisagrees(at: x) {
      found.append(failure(.scalars, "\(place), \(scalar)", expected: text(expected), found: text(other)))
    }
    for (what, range) in [("the parameters", 0..<n), ("the inputs", n..<x.count)] where !range.isEmpty {
      var d = Array(repeating: 0.0, count: x.count)
      d.replaceSubrange(range, with: points.uniform(range.count))
      if let slopes = try witness.slopes(at: x, along: d), !slopes.agree {
        found.append(
          failure(
            .derivative, "\(place), by \(what)", expected: "\(slopes.quotient), by quotients",
            found: "\(slopes.dual), by dual numbers"))
      }
    }
    for (j, slope) in try witness.gradient(at: x).prefix(n).enumerated() where slope != 0 { effects[j] = slope }
    return found
  }

  private func checkKind(_ y: [Double], _ place: String) -> [ConformanceFailure] {
    let inRange = y.allSatisfy { $0 >= 0 && $0 <= 1 }
    let sum = y.reduce(0, +)
    let roundoff = Double(y.count + 4) * .ulpOfOne
    return switch model.outputKind {
    case .real: []
    case .probability:
      require(inRange, .outputKind, place, expected: "numbers in [0, 1]", found: text(y))
    case .distribution:
      require(
        inRange && (sum - 1).magnitude <= roundoff, .outputKind, place, expected: "numbers in [0, 1] of sum 1",
        found: "\(text(y)) of sum \(sum)")
    }
  }
}

/// Parameters and inputs in a row as one argument.
private struct ModelAsFunction: VectorFunction {
  let model: AnyModel
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    let n = model.parameters.count
    return try model(parameters: x[..<n], input: x[n...])
  }
}
