// SPDX-License-Identifier: Apache-2.0
//
// Dense layers: one operation for the matrix product and one for each of its elements, instead of a sum of products a
// row. The weights leave no trace but their position.

extension Recorder {
  /// W x or, where `transposed`, Wᵀ x: an operation to be read by ``row(_:of:plus:value:)``.
  public func layer(_ matrix: WeightMatrix, times x: [Traced], transposed: Bool) -> Traced {
    precondition(x.count == (transposed ? matrix.rows : matrix.columns), "a matrix product of \(x.count) numbers")
    let position = position(of: matrix)
    let nodes = x.map { node(of: $0) }
    let opcode: Opcode = transposed ? .transposedLayer : .layer
    return Traced(0, node: append(opcode, payload: position, nodes, 0), recorder: self)
  }

  /// An element of a matrix product, plus a number where one is given.
  ///
  /// - Parameters:
  ///   - index: which element.
  ///   - layer: the matrix product.
  ///   - bias: the number to add; nil for none.
  ///   - value: what that is at the recorded point.
  public func row(_ index: Int, of layer: Traced, plus bias: Traced?, value: Double) -> Traced {
    let product = node(of: layer)
    if let bias {
      return Traced(value, node: append(.row, payload: index, [product, node(of: bias)], value), recorder: self)
    }
    return Traced(value, node: append(.row, payload: index, product, value), recorder: self)
  }
}

extension Traced {
  /// Products with fewer weights than this are recorded row by row: they run as fast that way.
  static let layerLimit = 512

  /// W x + b as a matrix product; nil where the weights are no consecutive parameters or too few.
  static func layer(
    weights: ArraySlice<Traced>, bias: ArraySlice<Traced>, input: ArraySlice<Traced>
  ) -> [Traced]? {
    guard weights.count >= layerLimit, bias.count >= 4, input.count >= 8, let recorder = weights.first?.recorder,
      let first = recorder.parameterPosition(weights)
    else { return nil }
    let matrix = WeightMatrix(first: first, rows: bias.count, columns: input.count)
    let product = recorder.layer(matrix, times: Array(input), transposed: false)
    var weight = weights.startIndex
    return bias.enumerated().map { index, b in
      var value = b.value
      for x in input {
        value += weights[weight].value * x.value
        weight += 1
      }
      return recorder.row(index, of: product, plus: b.isRecorded || b.value != 0 ? b : nil, value: value)
    }
  }
}
