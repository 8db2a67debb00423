// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Synchronization

extension CatalogProbe where Product == any Differentiator {
  /// Derivatives, error estimates and the plain points at which a function was evaluated.
  public static var differentiators: CatalogProbe {
    CatalogProbe(specification: { $0.name }) { differentiator in
      let visited = Mutex<[Double]>([])
      let f = TargetFunction(.field(VisitedField { point in visited.withLock { $0 += point } }.erased))
      var numbers: [Double] = []
      for point in [[0.75, -1.5], [2, 40]] {
        var results = [try differentiator.jacobian(of: f, at: point)]
        if differentiator.traits.secondOrder { results.append(try differentiator.hessian(of: f, at: point)) }
        for result in results {
          numbers.append(Double(result.evaluations))
          for row in result.rows + (result.errors ?? []) { numbers += row }
        }
      }
      return numbers + visited.withLock { $0 }
    }
  }
}

extension CatalogProbe where Product == AnyModel {
  /// Counts, and outputs at fixed parameters and inputs.
  public static var models: CatalogProbe {
    CatalogProbe(
      specification: { $0.specification },
      words: ["activation": ["tanh", "relu", "sigmoid", "leaky-relu", "identity"]]
    ) { model in
      var numbers = [Double(model.parameters.count), Double(model.inputCount), Double(model.outputCount)]
      numbers += model.parameters.groups.flatMap { $0.shape.map { Double($0) } }
      for index in 0..<4 {
        var points = SuitePoints(index)
        let parameters = points.uniform(model.parameters.count, bound: 2)
        numbers += try model(parameters: parameters[...], input: points.uniform(model.inputCount, bound: 2)[...])
      }
      return numbers
    }
  }
}

extension CatalogProbe where Product == AnyLoss {
  /// Losses of predictions inside (0, 1), which every loss takes, and of numbers where it takes those.
  public static var losses: CatalogProbe {
    CatalogProbe(specification: { $0.specification }) { loss in
      let targets: [[Double]] = loss.targetEncoding == .sign ? [[1, -1], [-1, 1]] : [[1, 0], [0, 1]]
      let far = loss.acceptedOutputs.contains(.real) ? [[-2.5, 3.0], [40, -7]] : []
      return try targets.flatMap { target in
        try ([[0.25, 0.75], [0.625, 0.375]] + far).map { try loss(prediction: $0[...], target: target[...]) }
      }
    }
  }
}

extension CatalogProbe where Product == AnyPenalty {
  /// Penalties of weights and biases, one at a time and together.
  public static var penalties: CatalogProbe {
    CatalogProbe(specification: { $0.specification }) { penalty in
      try [[0.5, 0, 0], [0, -1.5, 0], [0, 0, 3], [0.5, -1.5, 3]].map {
        try penalty($0, isWeight: [true, true, false])
      }
    }
  }
}

/// A smooth function that reports where it is evaluated.
private struct VisitedField: ScalarField {
  let report: @Sendable ([Double]) -> Void

  init(_ report: @escaping @Sendable ([Double]) -> Void) { self.report = report }

  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    report(x.map(\.primal))
    return S.exp(x[0] * 0.25) * S.sin(x[1]) + x[0] * x[0] * x[1]
  }
}
