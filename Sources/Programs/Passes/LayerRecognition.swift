// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// Where the weights of a matrix are among the parameters: W[i][k] is parameter first + i · row + k · column.
struct WeightPlace: Sendable, Hashable {
  var first: Int
  var row: Int
  var column: Int

  /// Row by row without gaps.
  init(_ matrix: WeightMatrix) { self.init(first: matrix.first, row: matrix.columns, column: 1) }

  init(first: Int, row: Int, column: Int) {
    self.first = first
    self.row = row
    self.column = column
  }

  /// From the first parameter to the last, with whatever stands between.
  func range(_ matrix: WeightMatrix) -> Range<Int> {
    first..<(first + (matrix.rows - 1) * row + (matrix.columns - 1) * column + 1)
  }
}

/// A program in which layers were found that somebody wrote out neuron by neuron.
struct RecognizedLayers {
  /// The parameters are the original's, then the weights of the found matrices, each row by row.
  var program: Program
  /// Where the found matrices really are, by the position that they have in `program`.
  var places: [Int: WeightPlace] = [:]

  /// Where a matrix is among the original's parameters.
  func place(_ matrix: WeightMatrix) -> WeightPlace { places[matrix.first] ?? WeightPlace(matrix) }
}

extension Program {
  /// Matrix products of fewer weights run as fast row by row.
  static let recognitionLimit = 128

  /// Sums of products of parameters with the same numbers of the sample, where the parameters stand in even distances,
  /// become matrix products: a layer stored neuron by neuron with its bias between, or column by column.
  ///
  /// In each sum the longest run of evenly spaced parameters counts; what else it adds up becomes the bias. Rows must not
  /// share parameters, so that a convolution is none.
  func recognizingLayers() throws -> RecognizedLayers {
    var result = RecognizedLayers(program: self)
    // What is left of a sum may have another matrix in it.
    for _ in 0..<4 {
      let layers = LayerSearch(result.program).layers
      if layers.isEmpty { break }
      result = try result.replacing(layers)
    }
    return result
  }
}

/// Rows of one matrix product.
private struct FoundLayer {
  /// The operands.
  var inputs: [UInt32]
  var place: WeightPlace
  /// The sums, row by row.
  var sums: [RowSum]

  func hasShape(of other: FoundLayer) -> Bool { sums.count == other.sums.count && inputs.count == other.inputs.count }
}

/// A sum as a row of a matrix times numbers.
private struct RowSum {
  let node: Int
  /// The parameter of the first product.
  let first: Int
  /// The products that are the row's.
  let products: Set<Int>
}

private struct LayerSearch {
  private(set) var layers: [FoundLayer] = []

  private struct Key: Hashable {
    let inputs: [UInt32]
    let distance: Int
  }

  init(_ program: Program) {
    let varying = program.varying
    var order: [Key] = []
    var groups: [Key: [RowSum]] = [:]
    for (node, operation) in program.operations.enumerated() where operation.opcode == .accumulate && varying[node] {
      guard let (key, sum) = Self.row(node, program, varying) else { continue }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(sum)
    }
    for key in order { collect(key, groups[key, default: []].sorted { ($0.first, $0.node) < ($1.first, $1.node) }) }
  }

  /// The longest run of evenly spaced parameters among a sum's products; of equal ones the first.
  private static func row(_ node: Int, _ program: Program, _ varying: [Bool]) -> (Key, RowSum)? {
    let operation = program.operations[node]
    let p = Int(operation.payload)
    if p < 4 { return nil }
    let x = Array(program.operands(of: operation))
    var terms: [(parameter: Int, input: UInt32, product: Int)] = []
    for i in 0..<p {
      for (weight, input) in [(x[i], x[p + i]), (x[p + i], x[i])] {
        let leaf = program.operations[Int(weight)]
        guard leaf.opcode == .parameter, varying[Int(input)] else { continue }
        terms.append((Int(leaf.payload), input, i))
      }
    }
    terms.sort { ($0.parameter, $0.product) < ($1.parameter, $1.product) }
    var best = 0..<0
    var start = 0
    while start + 1 < terms.count {
      let distance = terms[start + 1].parameter - terms[start].parameter
      var end = start + 2
      while end < terms.count, terms[end].parameter - terms[end - 1].parameter == distance { end += 1 }
      if distance > 0, end - start > best.count { best = start..<end }
      start = end - 1
    }
    if best.count < 4 { return nil }
    let run = terms[best]
    let distance = run[best.lowerBound + 1].parameter - run[best.lowerBound].parameter
    return (
      Key(inputs: run.map(\.input), distance: distance),
      RowSum(node: node, first: run[best.lowerBound].parameter, products: Set(run.map(\.product)))
    )
  }

  /// Sums with the same operands, in runs of evenly spaced rows.
  private mutating func collect(_ key: Key, _ sums: [RowSum]) {
    var start = 0
    while start + 1 < sums.count {
      let distance = sums[start + 1].first - sums[start].first
      var end = start + 2
      while end < sums.count, sums[end].first - sums[end - 1].first == distance { end += 1 }
      let isByRows = key.distance == 1 && distance >= key.inputs.count
      let isByColumns = distance == 1 && key.distance > 1
      // Column by column, the next column begins where the rows end.
      if isByColumns { end = Swift.min(end, start + key.distance) }
      let rows = end - start
      if isByRows || isByColumns, rows >= 4, rows * key.inputs.count >= Program.recognitionLimit {
        let place = WeightPlace(first: sums[start].first, row: distance, column: key.distance)
        layers.append(FoundLayer(inputs: key.inputs, place: place, sums: Array(sums[start..<end])))
        start = end
      } else {
        start = Swift.max(end - 1, start + 1)
      }
    }
  }
}

extension RecognizedLayers {
  /// The program with matrix products in place of the sums.
  fileprivate func replacing(_ layers: [FoundLayer]) throws -> RecognizedLayers {
    var result = self
    var source = program
    var matrices: [WeightMatrix] = []
    var position: [Int: (layer: Int, row: Int)] = [:]
    for (index, layer) in layers.enumerated() {
      let (rows, columns) = (layer.sums.count, layer.inputs.count)
      var first = source.parameterCount
      // Weights that are used twice are one matrix.
      if let known = layers[..<index].firstIndex(where: { $0.place == layer.place && $0.hasShape(of: layer) }) {
        first = matrices[known].first
      } else {
        for i in 0..<rows {
          for k in 0..<columns {
            source.recordedParameters.append(
              source.recordedParameters[layer.place.first + i * layer.place.row + k * layer.place.column])
          }
        }
        source.parameterCount = source.recordedParameters.count
      }
      result.places[first] = layer.place
      matrices.append(WeightMatrix(first: first, rows: rows, columns: columns))
      for (row, sum) in layer.sums.enumerated() { position[sum.node] = (index, row) }
    }
    var products: [Traced?] = layers.map { _ in nil }
    var rewriting = Rewriting(source)
    let recorder = rewriting.recorder
    rewriting.run { node, operation, x, value in
      guard let (index, row) = position[node] else { return operation.result(x) }
      let layer = layers[index]
      let inputs = layer.inputs.map(value)
      let product = products[index] ?? recorder.layer(matrices[index], times: inputs, transposed: false)
      products[index] = product
      let p = Int(operation.payload)
      let rest = (0..<p).filter { !layer.sums[row].products.contains($0) }
      let addends = Array(x[(2 * p)...])
      let bias: Traced?
      switch (addends.count, rest.count) {
      case (0, 0): bias = nil
      case (1, 0): bias = addends[0]
      case (0, 1): bias = x[rest[0]] * x[p + rest[0]]
      default: bias = Traced.accumulate(addends: addends, rest.map { x[$0] }, rest.map { x[p + $0] })
      }
      let sum = matrices[index].element(
        row, transposed: false, of: source.recordedParameters, times: inputs.map(\.recordedValue),
        plus: bias?.recordedValue)
      return recorder.row(row, of: product, plus: bias, value: sum)
    }
    result.program = try rewriting.finish().removingDeadCode()
    return result
  }
}
