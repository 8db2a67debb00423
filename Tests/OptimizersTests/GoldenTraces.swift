// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import Optimizers
import Testing

/// Traces of torch.optim in float64, written by `Generators/optimizer_traces.py` (versions in the file).
struct GoldenTraces: Decodable {
  struct Problem: Decodable {
    let id: String
    let start: [Double]
  }

  struct Clip: Decodable {
    let kind: String
    let limit: Double
  }

  struct Case: Decodable, CustomTestStringConvertible {
    let id: String
    let optimizer: String
    let problem: String
    let options: [String: Double]
    let clip: Clip?
    let gradients: [[Double]]
    let clippedGradients: [[Double]]?
    let parameters: [[Double]]

    var testDescription: String { id }

    /// The same optimizer as this tool's users type it.
    var specification: String {
      let typed = options.filter { !Self.isDefaultMomentumOption($0.key, $0.value) }.sorted {
        $0.key < $1.key
      }
      .map { "\(Self.names[$0.key] ?? $0.key)=\(Self.typed($0.key, $0.value))" }
      let clipping = clip.map { ["clip-\($0.kind)=\($0.limit)"] } ?? []
      return optimizer.lowercased() + ":" + (typed + clipping).joined(separator: ",")
    }

    private static let names = [
      "weight_decay": "weight-decay", "lr_decay": "lr-decay",
      "initial_accumulator_value": "initial-accumulator",
    ]

    private static func typed(_ name: String, _ value: Double) -> String {
      ["nesterov", "centered", "amsgrad"].contains(name) ? (value == 0 ? "false" : "true") : "\(value)"
    }

    private static func isDefaultMomentumOption(_ name: String, _ value: Double) -> Bool {
      ["momentum", "dampening", "nesterov"].contains(name) && value == 0
    }
  }

  let steps: Int
  let problems: [Problem]
  let cases: [Case]

  static func load() throws -> GoldenTraces {
    let url = try #require(
      Bundle.module.url(forResource: "optimizer-traces", withExtension: "json", subdirectory: "Resources"))
    return try JSONDecoder().decode(GoldenTraces.self, from: try Data(contentsOf: url))
  }

  func start(_ problem: String) throws -> [Double] {
    try #require(problems.first { $0.id == problem }).start
  }

  func golden(_ id: String) throws -> Case { try #require(cases.first { $0.id == id }) }
}

/// Every optimizer of the plug-in.
func optimizerCatalog() -> Catalog<Optimizer> {
  var catalog = Catalog<Optimizer>(kind: "optimizer")
  for entry in [
    GradientDescent.entry, MomentumDescent.entry, NesterovDescent.entry, AdaGrad.entry, RMSProp.entry,
    Adam.entry,
    AdamW.entry, SignDescent.entry,
  ] {
    catalog.register(entry)
  }
  return catalog
}

/// The parameters after each step with the gradients given.
func parameterTrace(_ optimizer: Optimizer, start: [Double], gradients: [[Double]]) throws -> [[Double]] {
  var parameters = start
  var state = optimizer.initialState(parameterCount: start.count)
  return try gradients.map { gradient in
    try optimizer.step(&parameters, gradient: gradient, state: &state)
    return parameters
  }
}
