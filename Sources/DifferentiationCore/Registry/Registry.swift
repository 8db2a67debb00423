// SPDX-License-Identifier: Apache-2.0

/// What a program knows by name: a value to copy, add to and pass down.
///
/// ```swift
/// var registry = Registry.standard
/// registry.differentiators.register(CatalogEntry("mine", summary: "my own") { _ in Mine() })
/// ```
public struct Registry: Sendable {
  /// Methods of differentiation.
  public var differentiators = Catalog<any Differentiator>(kind: "differentiator")
  /// Models.
  public var models = Catalog<AnyModel>(kind: "model")
  /// Losses.
  public var losses = Catalog<AnyLoss>(kind: "loss")
  /// Penalties on the parameters.
  public var penalties = Catalog<AnyPenalty>(kind: "penalty")
  /// Rules for the parameters before training.
  public var initializers = Catalog<any Initializer>(kind: "initializer")
  /// Optimizers; their schedule is the constant one and is replaced by the caller's.
  public var optimizers = Catalog<Optimizer>(kind: "optimizer")
  /// Schedules of the learning rate.
  public var schedules = Catalog<any Schedule>(kind: "schedule")
  /// Generated data sets.
  public var dataSets = Catalog<any DataGenerator>(kind: "data set")

  /// Curves to fit, with rules that guess a start.
  public var curves = Catalog<Curve>(kind: "curve")

  /// A registry with nothing in it.
  public init() {}
}
