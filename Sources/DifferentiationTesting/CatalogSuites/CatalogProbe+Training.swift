// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import RandomStreams

extension CatalogProbe where Product == Optimizer {
  /// Parameters after each of twelve steps.
  public static var optimizers: CatalogProbe {
    CatalogProbe(specification: { $0.specification }) { optimizer in
      var run = OptimizerSuite.Run(optimizer, from: OptimizerSuite.start)
      var numbers: [Double] = []
      for k in 0..<12 {
        try run.steps(k..<(k + 1))
        numbers += run.parameters
      }
      return numbers
    }
  }
}

extension CatalogProbe where Product == any Schedule {
  /// Rates of many steps for two base rates; the training is said to have 120 steps.
  public static var schedules: CatalogProbe {
    CatalogProbe(specification: { $0.specification }, suggestions: ["total": .integer(120)]) { schedule in
      [0.1, 0.3].flatMap { base in
        (Array(0..<260) + [1000, 10_000]).map { schedule.learningRate(at: $0, base: base) }
      }
    }
  }
}

extension CatalogProbe where Product == any Initializer {
  /// Numbers for a matrix and a bias.
  public static var initializers: CatalogProbe {
    CatalogProbe(specification: { $0.specification }) { initializer in
      let layout = ParameterLayout([
        ParameterGroup("weight", shape: [4, 3], role: .weight, fanIn: 3, fanOut: 4),
        ParameterGroup("bias", shape: [4], role: .bias, fanIn: 3, fanOut: 4),
      ])
      var random: any RandomSource = NamedStreams(seed: 7).generator(for: .initialization)
      return initializer.values(for: layout, random: &random)
    }
  }
}

extension CatalogProbe where Product == any DataGenerator {
  /// All inputs and targets for one seed.
  public static var dataSets: CatalogProbe {
    CatalogProbe(specification: { $0.specification }) { generator in
      let data = try generator.generate(streams: NamedStreams(seed: 7))
      return (data.inputs + data.targets).flatMap { $0 }
    }
  }
}
