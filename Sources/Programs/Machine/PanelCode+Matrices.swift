// SPDX-License-Identifier: Apache-2.0

import CPanelKernels
import DifferentiableScalars

extension Program {
  /// Data that stand in consecutive operations and columns, where they are many: such are loaded sample by sample. The
  /// last column is the sample's weight, and no sample has it.
  func dataBlocks() -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var node = 0
    while node < operations.count {
      let first = node
      while node < operations.count, operations[node].opcode == .data, Int(operations[node].payload) < dataCount - 1,
        Int(operations[node].payload) == Int(operations[first].payload) + node - first
      {
        node += 1
      }
      if node - first >= 16 { blocks.append(first..<node) }
      node = max(node, first + 1)
    }
    return blocks
  }
}

// Matrix products over the samples of a panel. With one sample a column:
//
//     Y = W X  and  Wᵀ D  for layers;  ∂/∂W = D Xᵀ, summed over the panel's samples by the product itself
extension PanelCodeBuilder {
  /// Elements of one matrix product, with what is added to them.
  mutating func emitProduct(_ nodes: [UInt32]) {
    guard let one = nodes.first else { return }
    let layer = Int(program.operands[Int(program.operations[Int(one)].start)])
    let operation = program.operations[layer]
    let weights = body.weights[Int(operation.payload)]
    let inputs = consecutiveRows(Array(program.operands(at: layer)))
    let sorted = nodes.sorted { program.operations[Int($0)].payload < program.operations[Int($1)].payload }
    var start = 0
    while start < sorted.count {
      let index = Int(program.operations[Int(sorted[start])].payload)
      var end = start + 1
      while end < sorted.count, Int(program.operations[Int(sorted[end])].payload) == index + end - start { end += 1 }
      let part = Array(sorted[start..<end])
      let dest = allocate(part)
      emitStart(of: part)
      let factor: InstructionList.Matrix =
        operation.opcode == .layer
        ? .init(place: weights.first + index * weights.row, row: weights.row, column: weights.column)
        : .init(place: weights.first + index * weights.column, row: weights.column, column: weights.row)
      list.emitProduct(
        part.count, lanes, terms: Int(operation.count), factor, weights: true, .init(place: inputs, row: lanes),
        .init(place: dest, row: lanes), sums: false)
      start = end
    }
  }

  /// What the products are added to.
  private mutating func emitStart(of nodes: [UInt32]) {
    let biases = nodes.map { node -> UInt32? in
      let x = program.operands(at: Int(node))
      return x.count == 2 ? x.last : nil
    }
    var start = 0
    while start < nodes.count {
      let isCopied = biases[start].map { isRow[Int($0)] } ?? false
      var end = start
      while end < nodes.count, (biases[end].map { isRow[Int($0)] } ?? false) == isCopied { end += 1 }
      let places = biases[start..<end].map { bias in bias.map { place[Int($0)] } ?? zeroPlace }
      list.emit(
        isCopied ? PK_COPY : PK_BROADCAST, n: end - start, w: lanes, dest: place[Int(nodes[start])],
        a: list.list(places))
      start = end
    }
  }

  /// Adds D Xᵀ to the sums; where these stand column by column, its transpose X Dᵀ.
  mutating func emit(_ derivative: MatrixDerivative) {
    let place = derivative.place
    let isByRows = place.column == 1
    let rows = Array(program.outputs[derivative.rows])
    let columns = Array(program.outputs[derivative.columns])
    let left = consecutiveRows(isByRows ? rows : columns)
    let right = transposed(isByRows ? columns : rows)
    list.emitProduct(
      isByRows ? rows.count : columns.count, isByRows ? columns.count : rows.count, terms: lanes,
      .init(place: left, row: lanes), weights: false, right,
      .init(place: place.first, row: isByRows ? place.row : place.column), sums: true)
  }

  /// The place of these operations' rows, one behind the other; they are copied where they do not stand so.
  private mutating func consecutiveRows(_ nodes: [UInt32]) -> Int {
    let isInPlace = nodes.indices.allSatisfy { k in
      isRow[Int(nodes[k])] && place[Int(nodes[k])] == place[Int(nodes[0])] + k * lanes
    }
    if isInPlace { return place[Int(nodes[0])] }
    let dest = list.allocate(nodes.count * lanes)
    for (k, node) in nodes.enumerated() {
      let number = place[Int(node)]
      if isRow[Int(node)] {
        list.emit(PK_COPY, n: 1, w: lanes, dest: dest + k * lanes, a: list.list([number]))
      } else {
        prologue.emit(PK_BROADCAST, n: 1, w: lanes, dest: dest + k * lanes, a: prologue.list([number]))
      }
    }
    return dest
  }

  /// The transpose of these operations' rows: one row a sample.
  mutating func transposed(_ nodes: [UInt32]) -> InstructionList.Matrix {
    let rows = consecutiveRows(nodes)
    for known in transposes where known.place <= rows && rows + nodes.count * lanes <= known.place + known.count * lanes
    {
      return .init(place: known.matrix.place + (rows - known.place) / lanes, row: known.matrix.row)
    }
    let width = (nodes.count + 7) / 8 * 8
    let result = InstructionList.Matrix(place: list.allocate(lanes * width), row: width)
    list.emitTransposition(width, lanes, .init(place: rows, row: lanes), to: result)
    transposes.append((rows, nodes.count, result))
    return result
  }
}
