// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

/// A sample's value and gradient, both times the sample's weight, and the matrices of weights with their derivatives.
struct WeightedPullback {
  /// Outputs: w f; its derivatives by the first parameters; the factors of the derivatives by matrices.
  var program: Program
  /// The number of outputs before the factors.
  var scalarOutputs: Int
  /// The derivatives by matrices, to be summed over samples.
  var matrices: [MatrixDerivative]
}

/// ∂(w f)/∂W = d xᵀ, where d and x are outputs of a program.
struct MatrixDerivative: Sendable {
  /// The matrix W.
  var matrix: WeightMatrix
  /// Where its weights are.
  var place: WeightPlace
  /// The outputs that are d: one a row of W.
  let rows: Range<Int>
  /// The outputs that are x: one a column of W.
  let columns: Range<Int>
}

extension Program {
  /// The program of a sample's weighted value and derivatives; the weight is data, after the program's own.
  ///
  /// All outputs are 0 for weight 0, except the factors x of derivatives by matrices.
  ///
  /// - Parameter scalars: the number of parameters at the front that have derivatives of their own; those behind them are
  ///   read by matrix products alone.
  func weightedPullback(scalars: Int) throws -> WeightedPullback {
    precondition(outputs.count == 1, "a sum over samples has one output")
    var rewriting = Rewriting(self)
    rewriting.run { _, operation, x, _ in operation.result(x) }
    let recorder = rewriting.recorder
    let values = rewriting.replacements
    let seed = recorder.data(dataCount, value: 1)
    copyGuards(values)
    let active = active()
    var adjoints = Array(repeating: Traced(0.0), count: scalars)
    var factors: [Traced] = []
    var derivatives: [MatrixDerivative] = []
    let before = 1 + scalars
    sweepBack(
      seeds: [seed], values: values, parameter: { adjoints[$0] = adjoints[$0] + $1 },
      layer: { node, elements in
        let operation = operations[node]
        precondition(operation.opcode == .layer, "only a pullback transposes a layer")
        let matrix = matrices[Int(operation.payload)]
        var d = Array(repeating: Traced(0.0), count: matrix.rows)
        for (index, adjoint) in elements { d[index] = d[index] + adjoint }
        let x = operands(of: operation).map { values[Int($0)] }
        let start = before + factors.count
        factors += d + x
        derivatives.append(
          MatrixDerivative(
            matrix: matrix, place: WeightPlace(matrix), rows: start..<(start + d.count),
            columns: (start + d.count)..<(start + d.count + x.count)))
        guard operands(of: operation).contains(where: { active[Int($0)] }) else { return [] }
        let product = recorder.layer(matrix, times: d, transposed: true)
        let numbers = d.map(\.recordedValue)
        return x.indices.map { k in
          let value = matrix.element(k, transposed: true, of: recordedParameters, times: numbers, plus: nil)
          return recorder.row(k, of: product, plus: nil, value: value)
        }
      })
    let program = try Program(
      recorder, outputs: [values[Int(outputs[0])] * seed] + adjoints + factors, parameters: recordedParameters,
      data: recordedData + [1])
    return WeightedPullback(program: program, scalarOutputs: before, matrices: derivatives)
  }
}
