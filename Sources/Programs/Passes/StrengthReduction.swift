// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// Cheaper operations with the same result to roundoff: small integer powers as products, division by a power of two
  /// as a product, neutral elements and double negations left out.
  ///
  /// x · 0 stays: it is NaN at ∞ and NaN.
  public func reducingStrength() throws -> Program {
    var rewriting = Rewriting(self)
    let recorder = rewriting.recorder
    rewriting.run { _, operation, x, _ in reduced(operation, x, recorder) }
    return try rewriting.finish()
  }

  /// The cheapest form of one operation.
  func reduced(_ operation: Operation, _ x: [Traced], _ recorder: Recorder) -> Traced {
    func constant(_ i: Int) -> Double? { x[i].isRecorded ? nil : x[i].recordedValue }
    /// The operand of x[i] where that is a negation.
    func negated(_ i: Int) -> Traced? {
      guard x[i].isRecorded else { return nil }
      return recorder.negationOperand(of: x[i])
    }
    switch operation.opcode {
    case .add:
      if constant(0) == 0 { return x[1] }
      if constant(1) == 0 { return x[0] }
      if let y = negated(1) { return x[0] - y }
      if let y = negated(0) { return x[1] - y }
    case .subtract:
      if constant(1) == 0 { return x[0] }
      if constant(0) == 0 { return -x[1] }
      if let y = negated(1) { return x[0] + y }
    case .negate:
      if let y = negated(0) { return y }
      if let (inner, y) = recorder.constantFactor(of: x[0]) { return multiplied(y, by: -inner) }
    case .accumulate: return Self.mergingEqualProducts(x, products: Int(operation.payload))
    case .multiply, .chainProduct:
      // A constant factor goes into the constant factor of the other.
      for (i, j) in [(0, 1), (1, 0)] {
        if let c = constant(i), let (inner, y) = recorder.constantFactor(of: x[j]), (c * inner).isNormal {
          return multiplied(y, by: c * inner)
        }
      }
      if constant(0) == 1 { return x[1] }
      if constant(1) == 1 { return x[0] }
      if constant(0) == -1 { return -x[1] }
      if constant(1) == -1 { return -x[0] }
    case .divide:
      if let c = constant(1) {
        if c == 1 { return x[0] }
        if c == -1 { return -x[0] }
        if c.isNormal, c.significand == 1, (1 / c).isNormal { return x[0] * Traced(1 / c) }
      }
    case .integerPower:
      switch operation.payload {
      case 0: return 1
      case 1: return x[0]
      case 2: return x[0] * x[0]
      case 3: return x[0] * x[0] * x[0]
      case 4:
        let square = x[0] * x[0]
        return square * square
      case -1: return 1 / x[0]
      default: break
      }
    default: break
    }
    return operation.result(x)
  }

  private func multiplied(_ x: Traced, by factor: Double) -> Traced {
    factor == 1 ? x : (factor == -1 ? -x : Traced(factor) * x)
  }

  /// u v + u v as u (2 v): the second factor is an adjoint that many products share.
  static func mergingEqualProducts(_ x: [Traced], products p: Int) -> Traced {
    var counts: [[Traced.Identity]: Int] = [:]
    var order: [(Traced, Traced)] = []
    for (u, v) in zip(x[..<p], x[p..<(2 * p)]) {
      let key = [u.identity, v.identity]
      if counts[key] == nil { order.append((u, v)) }
      counts[key, default: 0] += 1
    }
    let addends = Array(x[(2 * p)...])
    if order.count == p { return Traced.accumulate(addends: addends, Array(x[..<p]), Array(x[p..<(2 * p)])) }
    let right = order.map { pair in
      let count = counts[[pair.0.identity, pair.1.identity]] ?? 1
      return count == 1 ? pair.1 : Traced(Double(count)) * pair.1
    }
    if addends.isEmpty, order.count == 1 { return order[0].0 * right[0] }
    return Traced.accumulate(addends: addends, order.map(\.0), right)
  }
}
