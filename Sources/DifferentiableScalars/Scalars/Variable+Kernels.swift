// SPDX-License-Identifier: Apache-2.0

// `sum`, `dot` and `affine` as one statement of the tape each: half a node an operand, where the operations one by one
// take a node for each product and each addition, 12 and 16 bytes for a product with a constant instead of 48. Values and
// adjoints are those of the operations one by one, to the last bit: the operands stand in the order in which those would
// be swept.

extension Variable {
  /// Σᵢ xᵢ, added in order.
  @inlinable
  public static func sum(_ x: ArraySlice<Variable>) -> Variable {
    guard let first = x.first else { return 0 }
    if x.count == 1 { return first }
    var value = first.value
    for element in x.dropFirst() { value += element.value }
    guard var statement = StatementWriter(x.first { $0.isRecorded }, operands: x.count) else {
      return Variable(value)
    }
    for element in x { statement.append(element, 1) }
    return statement.finish(value)
  }

  /// Σᵢ xᵢ yᵢ, added in order.
  @inlinable
  public static func dot(_ x: ArraySlice<Variable>, _ y: ArraySlice<Variable>) -> Variable {
    precondition(x.count == y.count, "dot: \(x.count) elements against \(y.count)")
    guard let first = x.first, let other = y.first else { return 0 }
    var value = first.value * other.value
    let shift = y.startIndex - x.startIndex
    for i in x.indices.dropFirst() { value += x[i].value * y[i + shift].value }
    let owner = x.first { $0.isRecorded } ?? y.first { $0.isRecorded }
    guard var statement = StatementWriter(owner, operands: 2 * x.count) else { return Variable(value) }
    for i in x.indices { statement.appendProduct(x[i], y[i + shift]) }
    return statement.finish(value)
  }

  /// W x + b, one statement a row; the bias is added first.
  @inlinable
  public static func affine(
    weights: ArraySlice<Variable>, bias: ArraySlice<Variable>, input: ArraySlice<Variable>
  ) -> [Variable] {
    precondition(
      weights.count == bias.count * input.count,
      "affine: \(weights.count) weights for \(bias.count) outputs and \(input.count) inputs")
    if input.isEmpty { return Array(bias) }
    var result: [Variable] = []
    result.reserveCapacity(bias.count)
    // Positions instead of slices: a slice a row would be counted in and out.
    let count = input.count
    let origin = input.startIndex
    let known = input.first { $0.isRecorded }
    var start = weights.startIndex
    for b in bias {
      var value = b.value
      for j in 0..<count { value += weights[start + j].value * input[origin + j].value }
      var owner = known ?? b
      if !owner.isRecorded, let j = (0..<count).first(where: { weights[start + $0].isRecorded }) {
        owner = weights[start + j]
      }
      guard var statement = StatementWriter(owner, operands: 2 * count + 1) else {
        result.append(Variable(value))
        start += count
        continue
      }
      statement.appendProduct(weights[start], input[origin])
      // The bias and the first product have a common node, one by one, which comes to the bias first.
      statement.append(b, 1)
      for j in 1..<count { statement.appendProduct(weights[start + j], input[origin + j]) }
      result.append(statement.finish(value))
      start += count
    }
    return result
  }
}
