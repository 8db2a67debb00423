// SPDX-License-Identifier: Apache-2.0

import RealModule

// Functions that every scalar gets from the primitives of the protocol.

extension DifferentiableScalar {
  /// It does.
  @inlinable @inline(__always) public static var carriesDerivatives: Bool { true }

  /// `a` where x < y by value, else `b`.
  @inlinable @inline(__always)
  public static func select(_ x: Self, isLessThan y: Self, then a: Self, else b: Self) -> Self {
    x < y ? a : b
  }

  /// x limited to [lower, upper]; the slope is 1 inside, ½ on a bound and 0 outside.
  @inlinable
  public static func clamp(_ x: Self, lower: Self, upper: Self) -> Self {
    min(max(x, lower), upper)
  }

  /// x for x > 0, else `negativeSlope` · x.
  @inlinable
  public static func leakyRelu(_ x: Self, negativeSlope: Self) -> Self {
    select(0, isLessThan: x, then: x, else: negativeSlope * x)
  }

  /// log(sigmoid(x)) = -softplus(-x), without overflow for |x| = 1000.
  @inlinable
  public static func logSigmoid(_ x: Self) -> Self { -softplus(-x) }

  /// Binary cross-entropy of a logit z for a target y in [0, 1]: softplus(z) - y z, written so that no two large
  /// numbers are subtracted.
  ///
  /// (1 - y) softplus(z) + y softplus(-z) is the same number; each term is at most as large as the loss. A target of 0
  /// or 1 leaves one term only, also where the other is infinite.
  @inlinable
  public static func logisticLoss(logit z: Self, target y: Self) -> Self {
    chainProduct(1 - y, softplus(z)) + chainProduct(y, softplus(-z))
  }

  /// x², as x · x.
  @inlinable @inline(__always)
  public static func square(_ x: Self) -> Self { x * x }
}

// Array kernels: default bodies in scalar operations. A scalar type may replace one by a single statement.
extension DifferentiableScalar {
  /// Σᵢ xᵢ, added in order.
  @inlinable
  public static func sum(_ x: ArraySlice<Self>) -> Self {
    guard var total = x.first else { return 0 }
    for element in x.dropFirst() { total += element }
    return total
  }

  /// Σᵢ xᵢ yᵢ, added in order.
  @inlinable
  public static func dot(_ x: ArraySlice<Self>, _ y: ArraySlice<Self>) -> Self {
    precondition(x.count == y.count, "dot: \(x.count) elements against \(y.count)")
    guard !x.isEmpty else { return 0 }
    var j = y.startIndex
    var total = x[x.startIndex] * y[j]
    for i in x.indices.dropFirst() {
      j += 1
      total += x[i] * y[j]
    }
    return total
  }

  /// W x + b, row by row; the bias is added first.
  @inlinable
  public static func affine(weights: ArraySlice<Self>, bias: ArraySlice<Self>, input: ArraySlice<Self>) -> [Self] {
    precondition(
      weights.count == bias.count * input.count,
      "affine: \(weights.count) weights for \(bias.count) outputs and \(input.count) inputs")
    var result: [Self] = []
    result.reserveCapacity(bias.count)
    var w = weights.startIndex
    for b in bias {
      var total = b
      for x in input {
        total += weights[w] * x
        w += 1
      }
      result.append(total)
    }
    return result
  }

  /// log Σᵢ exp(xᵢ) = m + log(1 + Σ exp(xᵢ - m)) with the largest element m left out of the sum.
  ///
  /// So neither the value nor a derivative, first or second, subtracts numbers that cancel: where one element
  /// dominates, the others' small shares keep all their digits. An infinite largest element is the answer itself, with
  /// slope 1; a NaN anywhere gives NaN.
  @inlinable
  public static func logSumExp(_ x: ArraySlice<Self>) -> Self { logSumExpByLargest(x) }

  /// The default of ``logSumExp(_:)``.
  @inlinable
  static func logSumExpByLargest(_ x: ArraySlice<Self>) -> Self {
    guard var largest = x.first else { return Self(-Double.infinity) }
    var position = x.startIndex
    for i in x.indices.dropFirst() where largest < x[i] {
      largest = x[i]
      position = i
    }
    guard largest < Self(Double.infinity), Self(-Double.infinity) < largest else {
      return x.first { !($0 == $0) } ?? largest
    }
    var others: Self = 0
    for i in x.indices where i != position { others += exp(x[i] - largest) }
    return largest + log(onePlus: others)
  }

  /// Σᵢ tᵢ (logSumExp(z) - zᵢ), where tᵢ = 0 leaves its term out, also at zᵢ = -∞.
  @inlinable
  public static func softmaxCrossEntropy(logits: ArraySlice<Self>, target: ArraySlice<Self>) -> Self {
    let normalizer = logSumExp(logits)
    precondition(logits.count == target.count, "cross-entropy: \(logits.count) logits, \(target.count) targets")
    var total: Self = 0
    for (z, t) in zip(logits, target) { total += chainProduct(t, normalizer - z) }
    return total
  }

  /// The probabilities exp(zᵢ) / Σⱼ exp(zⱼ), computed as exp(zᵢ - logSumExp(z)).
  @inlinable
  public static func softmax(_ logits: ArraySlice<Self>) -> [Self] {
    let normalizer = logSumExp(logits)
    return logits.map { exp($0 - normalizer) }
  }
}

/// exp(xᵢ) / Σⱼ exp(xⱼ), the slopes of log Σ exp, without a decision about which is the largest.
@inlinable
package func softmaxShares<S: DifferentiableScalar>(_ x: [S]) -> [S] {
  var largest = x[0].detached
  for element in x.dropFirst() { largest = S.max(largest, element.detached) }
  let shares = x.map { S.exp($0 - largest) }
  let sum = S.sum(shares[...])
  return shares.map { $0 / sum }
}

/// The shares with their tangents: pᵢ Σⱼ pⱼ (ẋᵢ - ẋⱼ), in which nothing cancels where one share is nearly 1.
///
/// That takes n² operations; beyond 64 shares it is pᵢ (ẋᵢ - Σⱼ pⱼ ẋⱼ).
package func softmaxShares(_ x: [Dual<Traced>]) -> [Dual<Traced>] {
  let shares = softmaxShares(x.map(\.value))
  let tangents = x.map(\.tangent)
  if x.count > 64 {
    let mean = Traced.dot(shares[...], tangents[...])
    return shares.indices.map { Dual(shares[$0], tangent: shares[$0] * (tangents[$0] - mean)) }
  }
  return shares.indices.map { i in
    let others = shares.indices.filter { $0 != i }
    let differences = others.map { tangents[i] - tangents[$0] }
    return Dual(shares[i], tangent: shares[i] * Traced.dot(others.map { shares[$0] }[...], differences[...]))
  }
}

// The same kernels for whole arrays.
extension DifferentiableScalar {
  /// Σᵢ xᵢ.
  @inlinable public static func sum(_ x: [Self]) -> Self { sum(x[...]) }

  /// Σᵢ xᵢ yᵢ.
  @inlinable public static func dot(_ x: [Self], _ y: [Self]) -> Self { dot(x[...], y[...]) }

  /// log Σᵢ exp(xᵢ).
  @inlinable public static func logSumExp(_ x: [Self]) -> Self { logSumExp(x[...]) }

  /// Softmax probabilities.
  @inlinable public static func softmax(_ logits: [Self]) -> [Self] { softmax(logits[...]) }

  /// Softmax cross-entropy of logits against target probabilities.
  @inlinable
  public static func softmaxCrossEntropy(logits: [Self], target: [Self]) -> Self {
    softmaxCrossEntropy(logits: logits[...], target: target[...])
  }

  /// W x + b.
  @inlinable
  public static func affine(weights: [Self], bias: [Self], input: [Self]) -> [Self] {
    affine(weights: weights[...], bias: bias[...], input: input[...])
  }
}
