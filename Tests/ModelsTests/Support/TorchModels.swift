// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `Resources/torch-models.json`, written by `Generators/torch_models.py`: networks, losses and penalties by PyTorch.
struct TorchModels: Decodable {
  /// A block of the flat parameters.
  struct Block: Decodable {
    let name: String
    let offset: Int
    let shape: [Int]
  }

  /// A number with its gradient.
  struct ValueAndGradient: Decodable {
    let value: Double
    let gradient: [Double]
  }

  /// A loss over all samples, by both reductions.
  struct Loss: Decodable {
    let loss: String
    let target: String
    let sum: ValueAndGradient
    let mean: ValueAndGradient
  }

  /// A network of the common sizes and parameters with its activations.
  struct Network: Decodable {
    let id: String
    let hidden: String
    let output: String
    let outputs: [[Double]]
    let losses: [Loss]
  }

  /// A penalty on the common parameters.
  struct Penalty: Decodable {
    let penalty: String
    let scope: String
    let factor: Double
    let value: Double
    let gradient: [Double]
  }

  /// The loss of one prediction, exact to the last digit.
  struct Elementwise: Decodable {
    let loss: String
    let prediction: [Double]
    let target: Double
    let value: Double
    let gradient: [Double]
  }

  /// The targets in each encoding.
  struct Targets: Decodable {
    let real: [[Double]]
    let binary: [[Double]]
    let sign: [[Double]]
    let classes: [Int]

    enum CodingKeys: String, CodingKey {
      case real, binary, sign
      case classes = "class"
    }

    /// The rows of one encoding, classes as one-hot rows.
    subscript(name: String) -> [[Double]]? {
      switch name {
      case "real": real
      case "binary": binary
      case "sign": sign
      case "class": classes.map { label in (0..<2).map { $0 == label ? 1 : 0 } }
      default: nil
      }
    }
  }

  let sizes: [Int]
  let leakySlope: Double
  let layout: [Block]
  let parameters: [Double]
  let inputs: [[Double]]
  let targets: Targets
  let models: [Network]
  let penalties: [Penalty]
  let elementwise: [Elementwise]

  /// Reads the file.
  static func load() throws -> TorchModels {
    guard
      let url = Bundle.module.url(forResource: "torch-models", withExtension: "json", subdirectory: "Resources")
    else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(TorchModels.self, from: Data(contentsOf: url))
  }
}
