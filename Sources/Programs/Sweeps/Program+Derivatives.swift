// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// Derivatives of a program as programs. Matrix products are expanded first, except for sums over samples.
extension Program {
  /// The program of outputs and Σ seedᵢ ∂outputᵢ/∂parameterⱼ.
  ///
  /// The seeds are data: they follow the program's own. Outputs: the program's own, then one a parameter.
  public func pullback() throws -> Program {
    if operations.contains(where: \.opcode.isLayer) { return try expandingLayers().pullback() }
    let recorder = Recorder()
    let parameters = recordedParameters.enumerated().map { recorder.parameter($0, value: $1) }
    let data = recordedData.enumerated().map { recorder.data($0, value: $1) }
    let seeds = outputs.indices.map { recorder.data(dataCount + $0, value: 1) }
    let values = evaluate(parameters: parameters, data: data)
    copyGuards(values)
    let adjoints = adjoints(seeds: seeds, values: values)
    return try Program(
      recorder, outputs: outputs.map { values[Int($0)] } + adjoints, parameters: recordedParameters,
      data: recordedData + outputs.map { _ in 1 })
  }

  /// The program of the outputs and their directional derivatives along `width` directions.
  ///
  /// The directions are data, after the program's own: parameter by parameter for the first, then for the next.
  public func pushforward(width: Int = 1) throws -> Program {
    if operations.contains(where: \.opcode.isLayer) { return try expandingLayers().pushforward(width: width) }
    let recorder = Recorder()
    let parameters = recordedParameters.enumerated().map { recorder.parameter($0, value: $1) }
    let data = recordedData.enumerated().map { recorder.data($0, value: $1) }
    var outputs: [Traced] = []
    for k in 0..<width {
      let tangents = parameterDirections(k, recorder)
      let values = evaluate(
        parameters: zip(parameters, tangents).map { Dual($0, tangent: $1) }, data: data.map { Dual(constant: $0) })
      if k == 0 {
        copyGuards(values.map(\.value))
        outputs = self.outputs.map { values[Int($0)].value }
      }
      outputs += self.outputs.map { values[Int($0)].tangent }
    }
    return try Program(
      recorder, outputs: outputs, parameters: recordedParameters,
      data: recordedData + Array(repeating: 1, count: width * parameterCount)
    ).optimized()
  }

  /// The program of output, gradient and Hessian-vector product of a program with one output: forward over reverse.
  ///
  /// The direction is data, after the program's own. Outputs: value, gradient, product.
  public func hessianVectorProduct() throws -> Program {
    precondition(outputs.count == 1, "a Hessian is of one output, and the program has \(outputs.count)")
    if operations.contains(where: \.opcode.isLayer) { return try expandingLayers().hessianVectorProduct() }
    let recorder = Recorder()
    let parameters = recordedParameters.enumerated().map { recorder.parameter($0, value: $1) }
    let data = recordedData.enumerated().map { recorder.data($0, value: $1) }
    let tangents = parameterDirections(0, recorder)
    let values = evaluate(
      parameters: zip(parameters, tangents).map { Dual($0, tangent: $1) }, data: data.map { Dual(constant: $0) })
    copyGuards(values.map(\.value))
    let adjoints = adjoints(seeds: [1], values: values)
    return try Program(
      recorder, outputs: [values[Int(outputs[0])].value] + adjoints.map(\.value) + adjoints.map(\.tangent),
      parameters: recordedParameters, data: recordedData + recordedParameters.map { _ in 1 }
    ).optimized()
  }

  private func parameterDirections(_ k: Int, _ recorder: Recorder) -> [Traced] {
    (0..<parameterCount).map { recorder.data(dataCount + k * parameterCount + $0, value: 1) }
  }

  /// Takes the decisions again, so that they are recorded with the new program.
  func copyGuards(_ values: [Traced]) {
    for g in guards {
      let x = values[Int(g.left)]
      let y = values[Int(g.right)]
      switch g.relation {
      case .less: _ = x < y
      case .equal: _ = x == y
      case .identical: _ = x.primal
      }
    }
  }
}
