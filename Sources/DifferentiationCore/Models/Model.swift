// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// What a model's outputs are, so that a loss can say whether it takes them.
public enum OutputKind: String, Sendable, Codable {
  /// Any real numbers: predictions or logits.
  case real
  /// Each in (0, 1).
  case probability
  /// Each in (0, 1), together 1.
  case distribution
}

/// A function of parameters and inputs, written once for every scalar.
///
/// Parameters, inputs and outputs are of the same scalar type: a model can be differentiated by any of them.
public protocol Model: Sendable {
  /// The specification that makes it again: `mlp:inputs=2,hidden=16x16`.
  var specification: String { get }

  /// The names and shapes of the parameters.
  var parameters: ParameterLayout { get }

  /// The number of inputs.
  var inputCount: Int { get }

  /// The number of outputs.
  var outputCount: Int { get }

  /// What the outputs are.
  var outputKind: OutputKind { get }

  /// The outputs for one sample. `parameters` and `input` have the lengths stated above; callers check.
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) throws -> [S]

  /// The model with its call compiled for each shipped scalar. Do not implement it: the default is right.
  var erased: AnyModel { get }
}

/// How a loss wants its targets.
public enum TargetEncoding: String, Sendable, Codable {
  /// Real numbers.
  case real
  /// 0 or 1 (or a probability) an output.
  case probability
  /// -1 or 1 an output.
  case sign
  /// One output a class: 1 for the class of the sample, else 0.
  case oneHot
}

/// The loss of one sample, written once for every scalar.
public protocol Loss: Sendable {
  /// The specification that makes it again: `huber:delta=1`.
  var specification: String { get }

  /// How the targets are to be given.
  var targetEncoding: TargetEncoding { get }

  /// Which outputs it takes.
  var acceptedOutputs: Set<OutputKind> { get }

  /// The smallest number of outputs that it says anything about; 1 unless stated.
  var minimumOutputs: Int { get }

  /// The loss of one sample: `prediction` and `target` have the same length.
  func callAsFunction<S: DifferentiableScalar>(prediction: ArraySlice<S>, target: ArraySlice<S>) throws -> S

  /// The loss with its call compiled for each shipped scalar. Do not implement it: the default is right.
  var erased: AnyLoss { get }
}

/// A term on the parameters alone, added to a loss.
public protocol Penalty: Sendable {
  /// The specification that makes it again: `l2:weight=1e-4`.
  var specification: String { get }

  /// The penalty; `isWeight` tells weights from biases.
  func callAsFunction<S: DifferentiableScalar>(_ parameters: [S], isWeight: [Bool]) throws -> S

  /// The penalty with its call compiled for each shipped scalar. Do not implement it: the default is right.
  var erased: AnyPenalty { get }
}

extension Loss {
  /// One output is enough.
  public var minimumOutputs: Int { 1 }
}
