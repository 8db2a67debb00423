// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Programs

/// What the units of one layer answer to samples.
public struct UnitActivations: Sendable, Equatable {
  /// The activation: `relu`, `tanh`, `sigmoid`, …
  public let operation: String
  /// Each unit's answers, one a sample.
  public let units: [[Double]]

  /// The layers of a function of its inputs, from the inputs on.
  ///
  /// A unit is an operation that is an activation; its layer is the number of activations on the longest way to it. Two
  /// kinds of activation in one layer are two layers here. The last of them may be the output's.
  ///
  /// Cost: one recording a sample.
  ///
  /// - Throws: `RecordingObstacle` for code that cannot be recorded, and what the function throws.
  public static func layers(of f: some VectorFunction, samples: [[Double]]) throws -> [UnitActivations] {
    var layers: [(depth: Int, opcode: Opcode, units: [[Double]])] = []
    for sample in samples {
      let program = try Program.recording(parameters: sample, limit: 1 << 22) { p, _ in try f.erased(p) }
      var values: [Double] = []
      var depths: [Int] = []
      var positions: [Int] = Array(repeating: 0, count: layers.count)
      for (node, operation) in program.operations.enumerated() {
        let x = program.operands(at: node).map(Int.init)
        switch operation.opcode {
        case .parameter: values.append(program.recordedParameters[Int(operation.payload)])
        case .data: values.append(program.recordedData[Int(operation.payload)])
        case .constant: values.append(program.constants[Int(operation.payload)])
        default: values.append(operation.result(x.map { values[$0] }))
        }
        let depth = (x.map { depths[$0] }.max() ?? 0) + (operation.opcode.isActivation ? 1 : 0)
        depths.append(depth)
        guard operation.opcode.isActivation else { continue }
        let layer =
          layers.firstIndex { $0.depth == depth && $0.opcode == operation.opcode }
          ?? {
            layers.append((depth, operation.opcode, []))
            positions.append(0)
            return layers.count - 1
          }()
        if positions[layer] == layers[layer].units.count { layers[layer].units.append([]) }
        layers[layer].units[positions[layer]].append(values[node])
        positions[layer] += 1
      }
    }
    return layers.enumerated().sorted { ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset) }
      .map { UnitActivations(operation: $0.element.opcode.name, units: $0.element.units) }
  }
}

extension Opcode {
  /// Whether it is what a unit does to its sum.
  fileprivate var isActivation: Bool {
    switch self {
    case .relu, .leakyRelu, .tanh, .sigmoid, .softplus: true
    default: false
    }
  }
}
