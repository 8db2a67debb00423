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
    for (a, b) in zip(x, y).dropFirst() { value += a.value * b.value }
    let owner = x.first(where: { $0.isRecorded }) ?? y.first(where: { $0.isRecorded })
    guard var statement = StatementWriter(owner, operands: 2 * x.count) else { return Variable(value) }
    for (a, b) in zip(x, y) { statement.appendProduct(a, b) }
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
    let known = input.first(where: { $0.isRecorded })
    var start = weights.startIndex
    for b in bias {
      let row = weights[start..<start + input.count]
      start += input.count
      var value = b.value
      for (w, x) in zip(row, input) { value += w.value * x.value }
      let owner = known ?? (b.isRecorded ? b : row.first(where: { $0.isRecorded }))
      guard var statement = StatementWriter(owner, operands: 2 * input.count + 1) else {
        result.append(Variable(value))
        continue
      }
      // The bias and the first product have a common node, one by one, which comes to the bias first.
      for (i, (w, x)) in zip(row, input).enumerated() {
        statement.appendProduct(w, x)
        if i == 0 { statement.append(b, 1) }
      }
      result.append(statement.finish(value))
    }
    return result
  }
}
