// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Testing

/// An erased model, loss or penalty gives on every shipped scalar what the type itself gives, to the last bit; and the
/// scalars agree with each other.
@Suite struct ErasureTests {
  @Test(arguments: Catalogs.modelSpecifications)
  func models(specification: String) throws {
    let model = try Catalogs.models.make(specification)
    let x = spread(model.parameters.count + model.inputCount)
    try expectSame(
      ErasedModel(model: model), DirectModel(base: model.base, count: model.parameters.count), at: x)
  }

  @Test(arguments: Catalogs.losses.names)
  func losses(name: String) throws {
    let loss = try Catalogs.losses.make(name)
    let x = loss.acceptedOutputs == [.probability] ? [0.3, 0.8, 0.25, 1, 0, 0.5] : [0.3, -2.5, 1.7, 1, 0, 0.5]
    try expectSame(ErasedLoss(loss: loss), DirectLoss(base: loss.base), at: x)
  }

  @Test(arguments: ["l1", "l2", "l1:biases=false", "l2:weight=0.5,biases=false"])
  func penalties(specification: String) throws {
    let penalty = try Catalogs.penalties.make(specification)
    try expectSame(ErasedPenalty(penalty: penalty), DirectPenalty(base: penalty.base), at: spread(7))
  }

  /// The probe sees a derivative that is wrong: here the slope of a detached factor is missing.
  @Test func rejectsAWrongDerivative() throws {
    let wrong = try ScalarProbe(DetachedProduct(), at: [1.5, -2])
    let plain = try #require(wrong.slopes.first { $0.scalar == "Dual" })
    let exact = -2 * ScalarProbe.direction(0) + 1.5 * ScalarProbe.direction(1)
    #expect(!agrees(plain.slope, exact))
  }

  private func expectSame(_ erased: some VectorFunction, _ direct: some VectorFunction, at x: [Double]) throws {
    let first = try ScalarProbe(erased, at: x)
    let second = try ScalarProbe(direct, at: x)
    #expect(first.results.count == 9)
    for (a, b) in zip(first.results, second.results) {
      #expect(a.parts.map(\.bitPattern) == b.parts.map(\.bitPattern), "\(a.scalar)")
      #expect(a.parts.allSatisfy { $0.isFinite }, "\(a.scalar)")
    }
    for other in first.values { #expect(other.values == first.values[0].values, "\(other.scalar)") }
    for other in first.slopes {
      #expect(agrees(other.slope, first.slopes[0].slope, scale: 1), "\(other.scalar)")
    }
  }
}

private struct ErasedModel: VectorFunction {
  let model: AnyModel
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    try model(parameters: x[..<model.parameters.count], input: x[model.parameters.count...])
  }
}

private struct DirectModel: VectorFunction {
  let base: any Model
  let count: Int
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    try base(parameters: x[..<count], input: x[count...])
  }
}

private struct ErasedLoss: VectorFunction {
  let loss: AnyLoss
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    [try loss(prediction: x[..<3], target: x[3...])]
  }
}

private struct DirectLoss: VectorFunction {
  let base: any Loss
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] {
    [try base(prediction: x[..<3], target: x[3...])]
  }
}

private let roles = [true, true, false, true, false, false, true]

private struct ErasedPenalty: VectorFunction {
  let penalty: AnyPenalty
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] { [try penalty(x, isWeight: roles)] }
}

private struct DirectPenalty: VectorFunction {
  let base: any Penalty
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> [S] { [try base(x, isWeight: roles)] }
}

private struct DetachedProduct: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [x[0] * x[1].detached] }
}
